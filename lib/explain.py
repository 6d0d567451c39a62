"""Sentences that say what the figures say: why an occurrence has its state, and what a table or a plan comes to."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.schema import UNASSIGNED, Report
from lib.words import MODEL_STATE_LABELS, ModelState, State, day, number


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
    late = assigned[assigned["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable")
    nobodys = int(departments["overdue"].get(UNASSIGNED, 0))
    said = [f"{late.index[0]} còn {number(late['overdue'].iloc[0])} lượt quá hạn"] if len(late) else []
    if nobodys:
        said.append(f"{number(nobodys)} lượt quá hạn chưa giao phòng nào")
    return "; ".join(said) or "Không phòng nào có lượt quá hạn"


def section_finding(sections: pd.DataFrame) -> str:
    """What `summary.by_section` shows first: the section with most overdue."""
    late = sections[sections["overdue"] > 0].sort_values("overdue", ascending=False, kind="stable")
    if not len(late):
        return "Không mục nào có lượt quá hạn"
    most = late["overdue"].iloc[0]
    same = late.index[late["overdue"] == most]
    if len(same) > 1:
        return f"Các mục {', '.join(same[:-1])} và {same[-1]} cùng có {number(most)} lượt quá hạn"
    return f"Mục {same[0]} có nhiều lượt quá hạn nhất: {number(most)}"


def map_finding(sections: pd.DataFrame, years: pd.DataFrame) -> str:
    """Where in the map of the plan the overdue gather: tables of `summary.by_section` and `summary.by_year`."""
    if not sections["overdue"].sum():
        return "Chưa có lượt nào quá hạn trong toàn bộ kế hoạch"
    worst_section, worst_year = sections["overdue"].idxmax(), years["overdue"].idxmax()
    return f"Quá hạn tập trung ở mục {worst_section} và năm {worst_year}"


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
    return ", ".join(str(year) for year in years)
