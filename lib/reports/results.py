"""Part I of a report: what the figures come to, what was done in each section, the models."""

import pandas as pd

from lib import summary, words
from lib.reports.blocks import (
    Block,
    BlockKind,
    codes,
    done,
    in_short,
    lead,
    numbered,
    point,
    rate_phrase,
    state_phrases,
    text,
)
from lib.reports.models import model_blocks
from lib.reports.phrases import amount, capital, clauses, unended
from lib.reports.scope import Scope
from lib.schema import Report
from lib.text import one_line
from lib.words import State, day

NO_TASKS = "Chưa có nhiệm vụ nào trong phạm vi báo cáo, nên chưa có kết quả để tổng hợp."


def results(scope: Scope) -> list[Block]:
    """The part's blocks below its title."""
    return numbered(
        [
            ("Kết quả chung", overall(scope)),
            ("Kết quả theo từng nội dung của kế hoạch", sections(scope)),
            ("Mô hình “Dân vận khéo”", model_blocks(scope)),
        ]
    )


def overall(scope: Scope) -> list[Block]:
    """The figures of all the period's years in sentences, year by year where there are several."""
    figures, unit = scope.counts, scope.unit
    if not figures["total"]:
        return [text(NO_TASKS)]
    blocks = [text(f"{_size(scope)} {_standing(scope)}"), *_remarks(scope)]
    if scope.period.partial:
        blocks.append(text(_within_period(scope)))
    if scope.period.several_years:
        table = summary.by_year(scope.occurrences, scope.register)
        blocks += [
            point(f"Năm {year}: {in_short(row, unit)[3:]}")
            for year, row in table.to_dict("index").items()
            if row["total"]
        ]
    return blocks


def _size(scope: Scope) -> str:
    tasks, total = scope.occurrences["task"].nunique(), scope.counts["total"]
    if not scope.period.several_years:
        return f"Năm {scope.period.first.year}, kế hoạch có {amount(total)} nhiệm vụ phải thực hiện."
    return (
        f"Kế hoạch có {amount(tasks)} nhiệm vụ; {scope.period.words} gồm {amount(total)} lượt thực hiện (mỗi nhiệm vụ "
        "trong một năm là một lượt)."
    )


def _standing(scope: Scope) -> str:
    """How they stand on the day, and the rate."""
    figures, unit = scope.counts, scope.unit
    said = state_phrases(figures, unit)
    if not figures["done_on_time"] + figures["done_late"]:
        said = [f"chưa có {unit} nào hoàn thành", *said]
    return f"Đến ngày {day(scope.as_of)}: {clauses([*said, _rate_or_none(scope)])}"


def _rate_or_none(scope: Scope) -> str:
    return rate_phrase(scope.counts) or f"chưa có {scope.unit} nào đến hạn"


def _remarks(scope: Scope) -> list[Block]:
    """The longest overdue, what nobody reported, what is due soon: only what there is."""
    figures, unit = scope.counts, scope.unit
    said = [
        f"{capital(unit)} quá hạn lâu nhất đã quá {words.number(figures['longest_overdue_days'])} ngày."
        if figures["overdue"]
        else f"Không có {unit} nào quá hạn.",
        f"Có {amount(figures['no_report'])} {unit} chưa có báo cáo." if figures["no_report"] else "",
        f"Có {amount(figures['due_soon'])} {unit} đến hạn trong {scope.plan.due_soon_days} ngày tới."
        if figures["due_soon"]
        else "",
    ]
    return [text(" ".join(sentence for sentence in said if sentence))]


def _within_period(scope: Scope) -> str:
    """What was done and what came due between the first and the last day of a part of a year."""
    rows, unit = scope.occurrences, scope.unit
    finished = summary.counts(rows[done(rows) & _between(rows["completed_on"], scope)])
    fell_due = summary.counts(rows[_between(rows["due_on"], scope)])
    said = [
        f"hoàn thành {amount(finished['total'])} {unit}" if finished["total"] else f"chưa hoàn thành thêm {unit} nào",
        f"có {amount(fell_due['total'])} {unit} đến hạn trong kỳ, trong đó {_came_to(fell_due, unit)}"
        if fell_due["total"]
        else f"không có {unit} nào có hạn trong kỳ",
    ]
    return f"Riêng {scope.period.words}: {clauses(said)}"


def _came_to(figures: dict, unit: str) -> str:
    return ", ".join(state_phrases(figures, unit))


def _between(days: pd.Series, scope: Scope) -> pd.Series:
    return (days >= pd.Timestamp(scope.period.first)) & (days <= pd.Timestamp(scope.period.last))


def sections(scope: Scope) -> list[Block]:
    """Every section that has tasks: its figures, then what was reported of each task."""
    table = summary.by_section(scope.occurrences, scope.register)
    blocks: list[Block] = []
    for section, row in table[table["total"] > 0].to_dict("index").items():
        rows = scope.occurrences[scope.occurrences["section"] == section]
        name = one_line(f"Mục {section}. {row['name']}")
        blocks += [Block(BlockKind.SUBHEADING, name), text(in_short(row, scope.unit)), *_what_was_done(rows, scope)]
    return blocks


def known(rows: pd.DataFrame, scope: Scope) -> pd.Series:
    """Which texts were there on the day: not those of coming years, nor later ones of what is unfinished."""
    later = (rows["updated_on"] > pd.Timestamp(scope.as_of)) & ~done(rows)
    return (rows["state"] != State.UPCOMING) & ~later


def in_period(rows: pd.DataFrame, scope: Scope) -> pd.Series:
    """Which occurrences moved in the period: all of them where it is whole years."""
    if not scope.period.partial:
        return pd.Series(True, index=rows.index)
    return _between(rows["completed_on"], scope) | _between(rows["updated_on"], scope)


def _what_was_done(rows: pd.DataFrame, scope: Scope) -> list[Block]:
    """Results as reported, with their documents; then the codes of those of which there is nothing to say, and why."""
    reported, told = rows["report"] != Report.NONE, rows["result"] != ""
    seen, moved = known(rows, scope), in_period(rows, scope)
    current = rows["state"] != State.UPCOMING
    blocks = _told(rows[told & seen & moved], scope)
    several = scope.period.several_years
    rest = {
        "Chưa có báo cáo": rows[current & ~reported],
        "Đã báo cáo trạng thái, chưa nêu kết quả": rows[seen & moved & reported & ~told],
        "Không cập nhật kết quả trong kỳ": rows[seen & reported & ~moved],
        "Cập nhật sau ngày chốt số liệu nên không nêu tại đây": rows[current & ~seen & reported],
    }
    return blocks + [point(f"{why}: nhiệm vụ {codes(found, several)}.") for why, found in rest.items() if len(found)]


def _told(rows: pd.DataFrame, scope: Scope) -> list[Block]:
    """A point for each task; where it has several years, each below it."""
    blocks: list[Block] = []
    for task, years in rows.groupby("task", sort=False):
        name = f"Nhiệm vụ {task} ({years['label'].iloc[0]})"
        said = [(row.year, _result(row)) for row in years.itertuples()]
        if not scope.period.several_years:
            blocks.append(point(f"{name}: {said[0][1]}"))
            continue
        blocks.append(lead(name))
        blocks += [Block(BlockKind.SUBPOINT, f"+ Năm {year}: {words_}") for year, words_ in said]
    return blocks


def _result(row: object) -> str:
    result, document = unended(row.result), unended(one_line(row.document))
    if not document:
        return f"{result}."
    return f"{result}. Văn bản: {document}." if "(" in document else f"{result} ({document})."
