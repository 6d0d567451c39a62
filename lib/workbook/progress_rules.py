"""Every rule about a row of `Tiến độ`, one function each.

The rules are in docs/quy-tac-tinh.md, "Tiến độ".
"""

from collections.abc import Callable, Iterator

from lib import schema
from lib.schema import Report
from lib.text import fold, suggest
from lib.workbook import cells, columns
from lib.workbook.kept_rows import Rows
from lib.workbook.problems import Severity
from lib.workbook.tables import Table

Finding = tuple[Severity, str, str, int, str]
"""Severity, rule, column, position, message."""
Rule = Callable[[Rows], Iterator[Finding]]

ALLOWED = ", ".join(words[0] for words in schema.STATUS_WORDS.values())
_SUGGESTIONS = 20


def unknown_task(read_rows: Rows) -> Iterator[Finding]:
    """A code that is no task of the plan."""
    suggested = 0
    unknown = read_rows.distinct("task") - read_rows.promises.due_on.keys() - {None, ""}
    for position, task in read_rows.of("task") if unknown else ():
        if task not in unknown:
            continue
        suggested += 1
        meant = suggest(task, sorted(read_rows.promises.due_on)) if suggested <= _SUGGESTIONS else None
        advice = f" Có phải “{meant}”?" if meant else ""
        message = f"Không có nhiệm vụ “{task}” trong trang Nhiệm vụ.{advice} Sửa lại mã."
        yield Severity.ERROR, "unknown-task", "task", position, message


def year_without_occurrence(read_rows: Rows) -> Iterator[Finding]:
    """A year in which the plan has nothing to be done for the task."""
    planned_of = read_rows.promises.due_on.get
    strays = [
        (position, task, year, planned)
        for position, task, year in read_rows.of("task", "year")
        if (planned := planned_of(task)) and year not in planned and year is not None
    ]
    for position, task, year, planned in strays:
        years = ", ".join(map(str, planned))
        message = f"Nhiệm vụ {task} không có lượt trong năm {year} (kế hoạch: {years}). Sửa năm, hoặc xóa dòng."
        yield Severity.ERROR, "year-without-occurrence", "year", position, message


def blank_status(read_rows: Rows) -> Iterator[Finding]:
    """No `Trạng thái` beside 100 %, a completion date or a result."""
    if "status" not in read_rows.table.columns or "" not in read_rows.distinct("status_text"):
        return
    for position, said, percent, completed, result in read_rows.of("status_text", "percent", "completed_on", "result"):
        if said or not (percent == 100 or completed or result):
            continue
        beside = "Tỷ lệ 100%" if percent == 100 else "Ngày hoàn thành" if completed else "Kết quả, sản phẩm"
        message = f"Có {beside} nhưng để trống Trạng thái. Ghi một trong: {ALLOWED}."
        yield Severity.ERROR, "blank-status", "status", position, message


def done_without_date(read_rows: Rows) -> Iterator[Finding]:
    """`Hoàn thành` without `Ngày hoàn thành`: `Ngày cập nhật` stands for it; neither is an error."""
    undated = [
        (position, updated)
        for position, completed, report, updated in read_rows.of("completed_on", "status", "updated_on")
        if not completed and report == Report.DONE
    ]
    for position, updated in undated:
        if not cells.is_blank(read_rows.table.value("completed_on", position).raw):
            continue
        if updated:
            message = (
                f"Hoàn thành nhưng chưa ghi Ngày hoàn thành; đang lấy Ngày cập nhật {updated:%d/%m/%Y} thay. "
                "Ghi ngày hoàn thành thật."
            )
            yield Severity.WARNING, "done-date-assumed", "completed_on", position, message
        else:
            message = "Hoàn thành nhưng không có Ngày hoàn thành. Ghi ngày/tháng/năm hoàn thành, ví dụ: 05/12/2026."
            yield Severity.ERROR, "done-without-date", "completed_on", position, message


def status_against_dates(read_rows: Rows) -> Iterator[Finding]:
    """`Hoàn thành đúng hạn` (`trước hạn`, `quá hạn`) where the dates say otherwise: the dates decide."""
    on_time, late = {fold(word) for word in schema.SAYS_ON_TIME}, {fold(word) for word in schema.SAYS_LATE}
    claims = {said for said in read_rows.distinct("status_text") if fold(said) in on_time | late}
    columns_needed = ("status_text", "task", "year", "completed_on", "updated_on", "due_on")
    for position, said, task, year, completed, updated, moved in read_rows.of(*columns_needed) if claims else ():
        if said not in claims:
            continue
        due, done = moved or read_rows.promises.due(task, year), completed or updated
        if due and done and (done > due) != (fold(said) in late):
            truth = "quá hạn" if done > due else "đúng hạn"
            message = f"Ghi “{said}” nhưng xong ngày {done:%d/%m/%Y}, hạn {due:%d/%m/%Y}: đang tính là {truth}."
            yield Severity.WARNING, "status-against-dates", "status", position, f"{message} Kiểm tra lại ngày."


def completed_but_open(read_rows: Rows) -> Iterator[Finding]:
    """A completion date beside a state that is not done counts for nothing."""
    done = Report.DONE
    dated = [
        position
        for position, report, completed in read_rows.of("status", "completed_on")
        if completed and report and report != done
    ]
    for position in dated:
        message = "Có Ngày hoàn thành nhưng Trạng thái chưa là Hoàn thành nên chưa tính là xong. Sửa một trong hai."
        yield Severity.WARNING, "completed-but-open", "completed_on", position, message


def suspended_without_document(read_rows: Rows) -> Iterator[Finding]:
    """`Tạm hoãn` hides late work unless a document allows it."""
    if Report.SUSPENDED not in read_rows.values["status"]:
        return
    for position, report, document in read_rows.of("status", "document"):
        if report == Report.SUSPENDED and not document:
            message = "Tạm hoãn nhưng chưa ghi Văn bản minh chứng. Ghi số, ngày văn bản cho phép tạm hoãn."
            yield Severity.WARNING, "suspended-without-document", "document", position, message


def moved_without_document(read_rows: Rows) -> Iterator[Finding]:
    """A deadline later than the plan's hides late work unless a document allows it."""
    if not any(read_rows.values["due_on"]):
        return
    for position, task, year, moved, document in read_rows.of("task", "year", "due_on", "document"):
        if not moved or document:
            continue
        planned = read_rows.promises.due(task, year)
        if planned and moved > planned:
            message = (
                f"Hạn hoàn thành {moved:%d/%m/%Y} muộn hơn hạn của kế hoạch ({planned:%d/%m/%Y}) nhưng chưa ghi "
                "Văn bản minh chứng. Ghi số, ngày văn bản cho phép lùi hạn."
            )
            yield Severity.WARNING, "moved-without-document", "due", position, message


def percent_below_one(read_rows: Rows) -> Iterator[Finding]:
    """A plain `0,5` is half a percent, which is seldom what was meant."""
    table = read_rows.table
    for position, percent in read_rows.of("percent"):
        if percent and percent < 1 and cells.looks_like_half(table.value("percent", position)):
            shown = f"{percent:g}".replace(".", ",")
            message = f"Tỷ lệ đang đọc là {shown}%. Nếu là {percent * 100:g}% thì ghi {percent * 100:g}."
            yield Severity.WARNING, "percent-below-one", "percent", position, message


def swapped_days(read_rows: Rows) -> Iterator[Finding]:
    """A date column in which an American Excel has probably swapped day and month."""
    yield from swapped_in(read_rows.table, ("due", "completed_on", "updated_on"), read_rows.kept)


def swapped_in(table: Table, names: tuple[str, ...], kept: list[int]) -> Iterator[Finding]:
    """The finding of `columns.swapped_days` for each of the named columns."""
    for name in names:
        position = columns.swapped_days(table, name, kept)
        if position is not None:
            message = (
                f"Cột {table.form.column(name).header} lẫn ngày thật (từ ngày 12 trở xuống) và ngày gõ dạng chữ (sau "
                "ngày 12); có thể Excel kiểu Mỹ đã đảo ngày và tháng của vài ô. Kiểm tra lại các ngày thật trong cột."
            )
            yield Severity.WARNING, "swapped-days", name, position, message


RULES: tuple[Rule, ...] = (
    unknown_task,
    year_without_occurrence,
    blank_status,
    done_without_date,
    status_against_dates,
    completed_but_open,
    suspended_without_document,
    moved_without_document,
    percent_below_one,
    swapped_days,
)
