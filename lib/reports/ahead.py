"""Parts II to IV of a report: what fell short and why, what comes next, what is proposed."""

import datetime as dt

import pandas as pd

from lib import summary, words
from lib.reports.blocks import Block, codes, enumerated, leads, numbered, point, task_year, text
from lib.reports.models import SHORT, model_years, year_words
from lib.reports.periods import end_of_next
from lib.reports.phrases import amount, capital, ended
from lib.reports.results import in_period, known
from lib.reports.scope import Scope
from lib.schema import UNASSIGNED, Report
from lib.words import ModelState, State, day


def shortcomings(scope: Scope) -> list[Block]:
    """Part II: overdue by department, late, unreported, nobody's; then the difficulties that were reported."""
    if not scope.counts["total"]:
        return [text("Chưa có nhiệm vụ nào trong phạm vi báo cáo, nên chưa có hạn chế để nêu.")]
    return numbered([("Hạn chế", _limits(scope)), ("Khó khăn, vướng mắc, nguyên nhân", _difficulties(scope))])


def _limits(scope: Scope) -> list[Block]:
    blocks = [*_overdue(scope), *_counted(scope), *_earlier(scope), *_models(scope)]
    return blocks or [
        text(
            f"Đến ngày {day(scope.as_of)}, không có {scope.unit} nào quá hạn, hoàn thành quá hạn hoặc chưa có báo cáo."
        )
    ]


def _overdue(scope: Scope) -> list[Block]:
    """Who is late with what, by department."""
    if not scope.counts["overdue"]:
        return []
    table = summary.by_department(scope.occurrences, scope.register)
    late = table[table["overdue"] > 0]
    blocks = [text(_overdue_sentence(scope, late))]
    for unit, row in late.iterrows():
        rows = summary.select(scope.occurrences, units=[unit], states=[State.OVERDUE])
        named = "Chưa phân công phòng nào" if unit == UNASSIGNED else unit
        named += f" (nay: {row['successor']})" if row["successor"] else ""
        each = [_late(one, scope) for one in rows.sort_values("due_on", kind="stable").itertuples()]
        blocks += enumerated(named, f"{amount(row['overdue'])} {scope.unit}", each)
    return blocks


def _overdue_sentence(scope: Scope, late: pd.DataFrame) -> str:
    total, unit = scope.counts["overdue"], scope.unit
    shared = f" ({unit} có nhiều phòng tham mưu được nêu ở từng phòng)" if late["overdue"].sum() > total else ""
    longest = words.number(scope.counts["longest_overdue_days"])
    return (
        f"Đến ngày {day(scope.as_of)}, còn {amount(total)} {unit} quá hạn, lâu nhất {longest} ngày, theo phòng tham mưu"
        f"{shared} như sau:"
    )


def _late(row: object, scope: Scope) -> str:
    late = f"quá hạn {words.number(row.days_overdue)} ngày"
    return f"{task_year(row, scope.period.several_years)}, hạn {day(row.due_on)}, {late}"


def _counted(scope: Scope) -> list[Block]:
    """What else fell short, each kind in one sentence with its tasks."""
    rows, several = scope.occurrences, scope.period.several_years
    unassigned = summary.unassigned(rows)
    said = [
        ("hoàn thành quá hạn", rows[rows["state"] == State.DONE_LATE]),
        ("chưa có báo cáo", rows[rows["no_report"]]),
        ("tạm hoãn", rows[rows["state"] == State.SUSPENDED]),
    ]
    blocks = [
        text(f"Có {amount(len(found))} {scope.unit} {what}: {codes(found, several)}.")
        for what, found in said
        if len(found)
    ]
    if len(unassigned):
        named = ", ".join(unassigned.sort_index()["task"])
        blocks.append(text(f"Có {amount(len(unassigned))} nhiệm vụ chưa giao phòng tham mưu: {named}."))
    return blocks


def _earlier(scope: Scope) -> list[Block]:
    """What is still overdue from the years before: outside the figures, but not to be forgotten."""
    rows = summary.select(scope.earlier, states=[State.OVERDUE])
    if rows.empty:
        return []
    return [text(f"Ngoài ra, còn {amount(len(rows))} lượt quá hạn của các năm trước: {codes(rows, True)}.")]


def _models(scope: Scope) -> list[Block]:
    table = model_years(scope)
    short = table[table["state"].isin(list(SHORT))]
    return [
        text(f"Mô hình “Dân vận khéo” năm {year}: {year_words(year, row, scope)}") for year, row in short.iterrows()
    ]


def _difficulties(scope: Scope) -> list[Block]:
    return _as_reported(scope, "difficulty") or [text("Chưa có khó khăn, vướng mắc nào được báo cáo.")]


def proposals(scope: Scope) -> list[Block]:
    """Part IV: what was proposed, as it was reported."""
    return _as_reported(scope, "proposal") or [text("Chưa có kiến nghị, đề xuất nào được báo cáo.")]


def _as_reported(scope: Scope, column: str) -> list[Block]:
    """The texts of a column that were there on the day; what is still open first."""
    rows = scope.occurrences
    rows = rows[(rows[column] != "") & known(rows, scope) & (in_period(rows, scope) | (rows["state"] == State.OVERDUE))]
    rows = rows.assign(rank=~rows["state"].isin([State.OVERDUE, State.WITHIN])).sort_values("rank", kind="stable")
    named = [
        (task_year(row, scope.period.several_years), leads(row), getattr(row, column)) for row in rows.itertuples()
    ]
    return [point(f"{capital(task)}, {who}: {ended(words_)}") for task, who, words_ in named]


def tasks_ahead(scope: Scope) -> list[Block]:
    """Part III: what is overdue, what comes due next, the models' next deadlines."""
    until = end_of_next(scope.period, max(scope.as_of, scope.period.last), scope.plan)
    parts = [("Nhiệm vụ đã quá hạn", _to_finish(scope))]
    if scope.as_of < until:
        parts.append((f"Nhiệm vụ đến hạn từ nay đến ngày {day(until)}", _coming(scope, until)))
    parts.append(("Mô hình “Dân vận khéo”", _models_ahead(scope, until)))
    return numbered(parts) or [text(_nothing_ahead(scope))]


def _nothing_ahead(scope: Scope) -> str:
    if scope.everything.empty:
        return "Chưa có nhiệm vụ nào trong kế hoạch."
    return f"Đến ngày {day(scope.as_of)}, không còn nhiệm vụ nào của kế hoạch phải hoàn thành."


def _to_finish(scope: Scope) -> list[Block]:
    rows = summary.select(scope.everything, states=[State.OVERDUE], years=range(scope.period.last.year + 1))
    if rows.empty:
        return []
    return [text(f"Hoàn thành {amount(len(rows))} lượt nhiệm vụ đã quá hạn nêu tại Phần II.")]


def _coming(scope: Scope, until: dt.date) -> list[Block]:
    """What is still to do and falls due after the day, by due day."""
    rows = scope.everything
    unfinished = ~rows["report"].isin([Report.DONE, Report.SUSPENDED]) | (rows["state"] == State.WITHIN)
    awaited = rows["state"].isin([State.WITHIN, State.UPCOMING]) & unfinished
    due = rows[awaited & (rows["due_on"] >= pd.Timestamp(scope.as_of)) & (rows["due_on"] <= pd.Timestamp(until))]
    if due.empty:
        return [text("Không có nhiệm vụ nào đến hạn trong thời gian này.")]
    return [block for on, found in due.groupby("due_on") for block in _on_one_day(on, found)]


def _on_one_day(on: dt.date, rows: pd.DataFrame) -> list[Block]:
    named = [f"nhiệm vụ {row.task} ({row.label}), {leads(row)}" for row in rows.itertuples()]
    return enumerated(f"Hạn {day(on)}", f"{amount(len(named))} nhiệm vụ", named)


def _models_ahead(scope: Scope, until: dt.date) -> list[Block]:
    """Registrations and evaluations that are still to come by the plan's own deadlines."""
    table = summary.dan_van_kheo(scope.register, scope.as_of)
    blocks = []
    for year, row in table.iterrows():
        deadline = scope.plan.registration_due(year)
        missing = row["target"] - row["registered"]
        if missing > 0 and scope.as_of <= deadline <= until:
            blocks.append(point(f"Đăng ký {amount(missing)} mô hình năm {year} trước hoặc trong ngày {day(deadline)}."))
        pending = row["target"] - row["evaluated"]
        awaiting = row["state"] in (ModelState.AWAITING_EVALUATION, ModelState.NOT_EVALUATED)
        if awaiting and pending > 0:
            blocks.append(point(f"Đánh giá {amount(pending)} mô hình đã đăng ký năm {year}."))
    return blocks
