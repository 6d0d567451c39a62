"""Sheets `Mục` and `Nhiệm vụ` -> sections, tasks and the years and days the plan itself promises.

The rules are in docs/quy-tac-tinh.md, "Mục", "Nhiệm vụ" and "Thời gian thực hiện".
"""

from lib.calendar_days import EARLIEST_YEAR, LATEST_YEAR
from lib.schedule import Overrides, Schedule, schedule
from lib.text import shorten, suggest
from lib.workbook import cells, columns, rows
from lib.workbook.kept_rows import Promises
from lib.workbook.plan import Plan
from lib.workbook.problems import Problems
from lib.workbook.shape import TABLES, Columns, joined
from lib.workbook.tables import Table
from lib.workbook.unit_column import read_units
from lib.workbook.units import UnitNames

SHORT_NAME_LIMIT = 60
_NO_YEARS = Schedule((), "", ())


def read_sections(table: Table | None, problems: Problems) -> Columns:
    """Sections in sheet order: section, name."""
    if table is None or "section" not in table.columns:
        return joined("sections", [])
    kept = rows.counted(table, set(), problems)
    codes = columns.read(table, "section", kept, cells.code, problems, blank="")
    names = columns.texts(table, "name", kept)
    report_duplicates(table, "section", kept, codes, "duplicate-section", "Mã mục", problems)
    return {"section": codes, "name": names}


def report_duplicates(
    table: Table, column: str, kept: list[int], keys: list[str], rule: str, what: str, problems: Problems
) -> None:
    """A key that must be unique, at every place but its first."""
    if len(set(keys)) == len(keys):
        return
    first: dict[str, int] = {}
    for position, key in zip(kept, keys, strict=True):
        if not key:
            continue
        if key in first:
            message = f"{what} “{key}” đã có ở ô {table.cell(column, first[key])}. Mỗi mã chỉ một dòng; sửa lại mã."
            problems.error(rule, table.title, table.cell(column, position), message)
        first.setdefault(key, position)


def read_tasks(
    table: Table | None, plan: Plan | None, sections: list[str], names: UnitNames, problems: Problems
) -> tuple[Columns, Columns, Promises]:
    """The tasks in sheet order, the times they share, and what they promise."""
    if table is None or "task" not in table.columns:
        return joined("tasks", []), joined("timings", []), Promises()
    kept = rows.counted(table, set(sections), problems)
    if not kept:
        message = (
            "Trang Nhiệm vụ chưa có nhiệm vụ nào nên mọi con số là 0. Ghi các nhiệm vụ của kế hoạch, mỗi dòng một mã."
        )
        problems.warning("no-tasks", table.title, table.cell("task", 0), message)
    tasks = _columns(table, kept, names, problems)
    report_duplicates(table, "task", kept, tasks["task"], "duplicate-task", "Mã nhiệm vụ", problems)
    _check_sections(table, kept, tasks["section"], sections, problems)
    _check_words(table, kept, tasks, problems)
    schedules = _schedules(table, kept, tasks, plan, problems)
    as_typed = {name: columns.texts(table, name, kept) for name in ("schedule", "due")}
    timing, timings = _timings(schedules)
    return tasks | as_typed | {"timing": timing}, timings, _promises(tasks["task"], schedules)


def _columns(table: Table, kept: list[int], names: UnitNames, problems: Problems) -> Columns:
    content = columns.texts(table, "content", kept)
    short_names = columns.texts(table, "short_name", kept)
    executing, lead = (columns.texts(table, name, kept) for name in ("executing_units", "lead_units"))
    return {
        "task": columns.read(table, "task", kept, cells.code, problems, blank=""),
        "section": columns.read(table, "section", kept, cells.code, problems),
        "content": content,
        "short_name": short_names,
        "label": [short or shorten(words) for short, words in zip(short_names, content, strict=True)],
        "executing_text": executing,
        "lead_text": lead,
        "executing_units": read_units(table, "executing_units", kept, executing, names, problems),
        "lead_units": read_units(table, "lead_units", kept, lead, names, problems),
        "schedule": columns.read(table, "schedule", kept, cells.time_words, problems, blank=""),
        "due": columns.read(table, "due", kept, cells.due, problems),
        "from_year": columns.read(table, "from_year", kept, cells.year, problems),
        "to_year": columns.read(table, "to_year", kept, cells.year, problems),
    }


def _check_sections(
    table: Table, kept: list[int], codes: list[str | None], sections: list[str], problems: Problems
) -> None:
    if "section" not in table.columns:
        if kept:
            message = "Không có cột Mã mục nên không biết nhiệm vụ thuộc mục nào. Thêm cột Mã mục."
            problems.error("blank-section", table.title, table.cell("task", kept[0]), message)
        return
    known = set(sections)
    for position, code in zip(kept, codes, strict=True):
        if code in known:
            continue
        where = table.cell("section", position)
        if code is None and cells.is_blank(table.value("section", position).raw):
            problems.error("blank-section", table.title, where, "Nhiệm vụ chưa ghi Mã mục. Ghi một mã có ở trang Mục.")
        elif code is not None:
            meant = suggest(code, sections)
            advice = f" Có phải “{meant}”?" if meant else ""
            message = f"Không có mục “{code}” trong trang Mục.{advice} Sửa mã, hoặc thêm mục vào trang Mục."
            problems.error("unknown-section", table.title, where, message)


def _check_words(table: Table, kept: list[int], tasks: Columns, problems: Problems) -> None:
    for position, content, short in zip(kept, tasks["content"], tasks["short_name"], strict=True):
        if not content:
            message = "Nhiệm vụ chưa ghi Nội dung. Ghi nguyên văn nội dung trong kế hoạch."
            problems.warning("blank-content", table.title, table.cell("content", position), message)
        if len(short) >= SHORT_NAME_LIMIT:
            message = f"Tên ngắn dài {len(short)} ký tự. Rút xuống dưới {SHORT_NAME_LIMIT} ký tự."
            problems.warning("long-short-name", table.title, table.cell("short_name", position), message)


def _schedules(table: Table, kept: list[int], tasks: Columns, plan: Plan | None, problems: Problems) -> list[Schedule]:
    """Each task's occurrences; reports what its time leaves to mend at the cell it is about."""
    first, last = (plan.first_year, plan.last_year) if plan else (EARLIEST_YEAR, LATEST_YEAR)
    found = []
    reported = problems if "schedule" in table.columns else Problems()
    timed = zip(kept, tasks["schedule"], tasks["from_year"], tasks["to_year"], tasks["due"], strict=True)
    for position, words, start, end, due in timed:
        result = schedule(words, first, last, Overrides(start, end, due))
        found.append(result if plan else _NO_YEARS)
        for finding in result.findings:
            report = reported.error if finding.blocks else reported.warning
            report(finding.rule, table.title, table.cell(finding.column, position), finding.message)
    return found


def _timings(schedules: list[Schedule]) -> tuple[list[int], Columns]:
    """Tasks mostly share their times: which schedule each task has, and each distinct schedule's years once."""
    numbers: dict[int, int] = {}
    chosen = [numbers.setdefault(id(result), len(numbers)) for result in schedules]
    distinct = dict(zip(chosen, schedules, strict=True))
    records = [
        (number, year, due, result.basis) for number, result in distinct.items() for year, due in result.occurrences
    ]
    return chosen, {name: [record[index] for record in records] for index, name in enumerate(TABLES["timings"])}


def _promises(codes: list[str], schedules: list[Schedule]) -> Promises:
    years = {id(result): dict(result.occurrences) for result in schedules}
    return Promises({code: years[id(result)] for code, result in zip(codes, schedules, strict=True)})
