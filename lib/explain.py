"""Sentences that say what the figures say: why an occurrence has its state, and what a table or a plan comes to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.schema import UNASSIGNED, Report
from lib.words import MODEL_STATE_LABELS, Look, ModelState, State, day, number


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; `tone` is "" for plain words, "strong" for a figure, "alert" for one that is overdue."""

    text: str
    tone: str = ""


def sentence(parts: list[Part]) -> str:
    """The parts as plain text."""
    return "".join(part.text for part in parts)


def why(occurrence: pd.Series) -> str:
    """Why a row of `status.occurrences` has its state, with the dates it rests on."""
    return f"{_verdict(occurrence)}: {_due_clause(occurrence)}{_report_clause(occurrence)}."


def _verdict(occurrence: pd.Series) -> str:
    state, days_left = occurrence["state"], int(occurrence["days_left"])
    if state == State.OVERDUE:
        return f"Quá hạn {number(occurrence['days_overdue'])} ngày"
    if state == State.DONE_LATE:
        return f"Hoàn thành quá hạn {number(occurrence['late_days'])} ngày"
    if state == State.WITHIN:
        return "Đến hạn đúng ngày chốt số liệu" if days_left == 0 else f"Trong hạn, còn {number(days_left)} ngày"
    if state == State.UPCOMING:
        return f"Chưa đến kỳ, lượt của năm {occurrence['year']}"
    return words.STATE_LABELS[state]


def _due_clause(occurrence: pd.Series) -> str:
    due, planned = occurrence["due_on"], occurrence["planned_due_on"]
    if due == planned:
        return f"hạn {day(due)} {occurrence['basis']}"
    return f"hạn {day(due)} theo trang Tiến độ (kế hoạch: {day(planned)} {occurrence['basis']})"


def _report_clause(occurrence: pd.Series) -> str:
    report, updated = occurrence["report"], occurrence["updated_on"]
    if occurrence["state"] in (State.DONE_ON_TIME, State.DONE_LATE):
        return f", hoàn thành ngày {day(occurrence['completed_on'])}"
    if report == Report.NONE:
        return ", chưa có báo cáo"
    if report == Report.SUSPENDED:
        document = occurrence["document"]
        return f", tạm hoãn theo {document}" if document else ", tạm hoãn nhưng chưa ghi văn bản cho phép"
    if report == Report.DONE:
        return f", đã báo hoàn thành ngày {day(occurrence['completed_on'])} (sau ngày chốt số liệu)"
    last = f" {day(updated)}" if not pd.isna(updated) else " (không ghi ngày)"
    return f", báo cáo gần nhất{last}: {words.REPORT_LABELS[Report(report)]}"


def headline(figures: dict, as_of: dt.date, unassigned: int) -> list[Part]:
    """The plan in one or two sentences; `figures` as `summary.counts` gives, `unassigned` tasks nobody leads."""
    if not figures["total"]:
        return [Part("Chưa có nhiệm vụ nào trong phạm vi đang xem.")]
    done = figures["done_on_time"] + figures["done_late"]
    come_due = done + figures["overdue"]
    parts = [Part("Đến "), Part(day(as_of), "strong")]
    if not come_due:
        return [*parts, Part(", chưa có lượt nào đến hạn"), *_nobodys(unassigned, "; còn ")]
    parts += [
        Part(", đã hoàn thành "),
        Part(f"{number(done)}/{number(come_due)}", "strong"),
        Part(" lượt đến hạn ("),
        Part(words.rate(figures["completion_rate"]), "strong"),
        Part("). "),
    ]
    return [*parts, *_remaining(figures, unassigned)]


def _remaining(figures: dict, unassigned: int) -> list[Part]:
    if not figures["overdue"]:
        return [Part("Không có lượt nào quá hạn"), *_nobodys(unassigned, "; còn ")]
    return [
        Part("Còn "),
        Part(f"{number(figures['overdue'])} lượt quá hạn", "alert"),
        Part(", lâu nhất "),
        Part(f"{number(figures['longest_overdue_days'])} ngày", "alert"),
        *_nobodys(unassigned, "; "),
    ]


def _nobodys(unassigned: int, joint: str) -> list[Part]:
    if not unassigned:
        return [Part(".")]
    return [Part(joint), Part(f"{number(unassigned)} nhiệm vụ", "strong"), Part(" chưa giao phòng nào.")]


def department_finding(departments: pd.DataFrame) -> str:
    """What `summary.by_department` shows first: who has most overdue, and what is nobody's."""
    assigned = departments.drop(index=UNASSIGNED, errors="ignore")
    nobodys = int(departments["overdue"].get(UNASSIGNED, 0))
    said = []
    if worst := _worst(assigned):
        who = f"{number(len(worst))} phòng" if len(worst) > NAMED else _listed(worst)
        said.append(f"{who} {'đều ' if len(worst) > 1 else ''}còn {number(assigned['overdue'].max())} lượt quá hạn")
    if nobodys:
        said.append(f"{number(nobodys)} lượt quá hạn chưa giao phòng nào")
    return "; ".join(said) or "Không phòng nào có lượt quá hạn"


def section_finding(sections: pd.DataFrame) -> str:
    """What `summary.by_section` shows first: the section with most overdue."""
    worst = _worst(sections)
    if not worst:
        return "Không mục nào có lượt quá hạn"
    most = number(sections["overdue"].max())
    if len(worst) > NAMED:
        return f"{number(len(worst))} mục đều có {most} lượt quá hạn"
    if len(worst) > 1:
        return f"Các mục {_listed(worst)} đều có {most} lượt quá hạn"
    return f"Mục {worst[0]} có nhiều lượt quá hạn nhất: {most}"


def year_finding(years: pd.DataFrame) -> str:
    """What `summary.by_year` shows first: the year with most overdue."""
    worst = _worst(years)
    if not worst:
        return "Không năm nào có lượt quá hạn"
    most = number(years["overdue"].max())
    if len(worst) > NAMED:
        return f"{number(len(worst))} năm đều có {most} lượt quá hạn"
    if len(worst) > 1:
        return f"Các năm {_listed(worst)} đều có {most} lượt quá hạn"
    if (years["overdue"] > 0).sum() == 1:
        return f"Chỉ năm {worst[0]} có lượt quá hạn: {most}"
    return f"Năm {worst[0]} có nhiều lượt quá hạn nhất: {most}"


def map_finding(sections: pd.DataFrame, years: pd.DataFrame) -> str:
    """Where in the map of the plan the overdue are: tables of `summary.by_section` and `summary.by_year`."""
    overdue = int(sections["overdue"].sum())
    if not overdue:
        return "Không có lượt nào quá hạn"
    at, when = _worst(sections), _worst(years)
    if max(len(at), len(when)) > NAMED:
        late = [number((table["overdue"] > 0).sum()) for table in (sections, years)]
        return f"{number(overdue)} lượt quá hạn ở {late[0]} mục, trong {late[1]} năm"
    where = f"mục {_listed(at)}, năm {_listed(when)}"
    return f"Lượt quá hạn duy nhất ở {where}" if overdue == 1 else f"Quá hạn nhiều nhất ở {where}"


NAMED = 3
"""So many rows are named one by one; more are counted."""


def _worst(table: pd.DataFrame) -> list[str]:
    """The rows with most overdue, in the table's order; none where nothing is overdue."""
    most = table["overdue"].max() if len(table) else 0
    return [str(row) for row in table.index[table["overdue"] == most]] if most > 0 else []


def _listed(names: list[str]) -> str:
    """`2.1`, `2.1 và 2.4`, `2.1, 2.2 và 2.4`."""
    return " và ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def list_finding(looks: Mapping[Look, int]) -> str:
    """What a list of occurrences holds: how many, done, overdue, soon due; `looks` as `summary.looks` gives it."""
    total = sum(looks.values())
    parts = {
        "đã hoàn thành": looks[Look.DONE_ON_TIME] + looks[Look.DONE_LATE],
        "quá hạn": looks[Look.OVERDUE],
        "sắp đến hạn": looks[Look.DUE_SOON],
    }
    said = [f"{number(count)} {words}" for words, count in parts.items() if count]
    return f"{number(total)} lượt: {', '.join(said)}" if said else f"{number(total)} lượt, chưa lượt nào hoàn thành"


def course_finding(rates: pd.Series) -> str:
    """Where the completion rate went from the first to the last of several versions; rates without value are none."""
    known = rates.dropna()
    if len(known) < 2:
        return "Chưa đủ hai phiên bản có lượt đến hạn để so tỷ lệ hoàn thành"
    first, last = words.rate(known.iloc[0]), words.rate(known.iloc[-1])
    through = f"qua {number(len(known))} phiên bản"
    if first == last:
        stayed = known.nunique() == 1
        return f"Tỷ lệ hoàn thành {'giữ nguyên' if stayed else 'trở lại'} {last} {through}"
    moved = "tăng" if known.iloc[-1] > known.iloc[0] else "giảm"
    return f"Tỷ lệ hoàn thành {moved} từ {first} {'lên' if moved == 'tăng' else 'xuống'} {last} {through}"


def registered_finding(models: pd.DataFrame) -> str:
    """What was registered and evaluated in the years of `summary.dan_van_kheo` that have come, against the target."""
    come = models[models["state"] != ModelState.UPCOMING]
    if come.empty:
        return "Chưa đến năm nào phải đăng ký mô hình"
    registered, target = int(come["registered"].sum()), int(come["target"].sum())
    against = f"so với chỉ tiêu {number(target)}"
    if not registered:
        return f"Chưa đăng ký mô hình nào, {against}"
    evaluated = int(come["evaluated"].sum())
    judged = f"đã đánh giá {number(evaluated)}" if evaluated else "chưa đánh giá mô hình nào"
    return f"Đã đăng ký {number(registered)} mô hình {against}; {judged}"


def share_finding(column: pd.Series, kind: str) -> str:
    """Which value of a column most of the models have; `kind` is what the column holds (`lĩnh vực`)."""
    counts = column.value_counts()
    if counts.empty:
        return f"Chưa có mô hình nào để xếp theo {kind}"
    total, most = int(counts.sum()), int(counts.iloc[0])
    top = [_value(name, kind) for name in counts.index[counts == most]]
    if len(counts) == 1:
        return f"{'Mô hình duy nhất' if total == 1 else f'Cả {number(total)} mô hình'}: {top[0]}"
    if len(top) > 1:
        return f"Không {kind} nào nhiều hơn hẳn: {number(len(top))} {kind} đều có {number(most)} mô hình"
    return f"Nhiều nhất: {top[0]}, {number(most)}/{number(total)} mô hình"


def _value(name: str, kind: str) -> str:
    return name or f"chưa ghi {kind}"


def models_finding(models: pd.DataFrame) -> str:
    """The years of `summary.dan_van_kheo` that fell short, in words."""
    short = [ModelState.MISSED, ModelState.REGISTERED_LATE, ModelState.NOT_EVALUATED]
    said = [
        f"năm {_years(models.index[models['state'] == state])} {MODEL_STATE_LABELS[state].lower()}"
        for state in short
        if (models["state"] == state).any()
    ]
    if said:
        return f"“Dân vận khéo”: {', '.join(said)}"
    met = int((models["state"] == ModelState.MET).sum())
    return f"“Dân vận khéo”: {met} năm đạt chỉ tiêu" if met else "“Dân vận khéo”: chưa có năm nào đến kỳ đánh giá"


def _years(years: pd.Index) -> str:
    """`2022, 2024`; `2022 đến 2026` for three and more in a row."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]} đến {years[-1]}"
    return ", ".join(str(year) for year in years)
