"""Counts and rates: the one place that counts. Pages, commands and documents draw from here.

The rules are in docs/quy-tac-tinh.md, "Các con số".
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.schema import UNASSIGNED
from lib.status import occurrences as occurrences_on
from lib.text import plain
from lib.words import Look, ModelState, State
from lib.workbook.register import Register

COUNT_KEYS = (
    "total",
    "upcoming",
    "done_on_time",
    "done_late",
    "within",
    "due_soon",
    "overdue",
    "suspended",
    "no_report",
    "completion_rate",
    "longest_overdue_days",
)
LOOK_COLUMNS = tuple(f"look_{look}" for look in Look)


def counts(occurrences: pd.DataFrame) -> dict[str, int | float | None]:
    """The figures of all given occurrences together, keys as `COUNT_KEYS`.

    completion_rate is done / (done + overdue), None when nothing is done or overdue.
    """
    table = _table(occurrences, pd.Series(0, index=occurrences.index), [0])
    return {key: _plain(key, table[key].iat[0]) for key in COUNT_KEYS}


def looks(occurrences: pd.DataFrame) -> dict[Look, int]:
    """How many occurrences have each look; they add up to the total."""
    found = occurrences["look"].value_counts()
    return {look: int(found.get(look, 0)) for look in Look}


def by_year(occurrences: pd.DataFrame, register: Register) -> pd.DataFrame:
    """A row per plan year, in order: `COUNT_KEYS` and `LOOK_COLUMNS`."""
    return _table(occurrences, occurrences["year"], list(register.plan.years))


def by_section(occurrences: pd.DataFrame, register: Register) -> pd.DataFrame:
    """A row per section, in sheet order: name, `COUNT_KEYS` and `LOOK_COLUMNS`."""
    table = _table(occurrences, occurrences["section"], register.sections["section"].tolist())
    table.insert(0, "name", register.sections["name"].tolist())
    return table


def by_department(occurrences: pd.DataFrame, register: Register) -> pd.DataFrame:
    """A row per unit that leads an occurrence, in sheet order, `Chưa phân công` last.

    successor ("" or the unit that took over), `COUNT_KEYS` and `LOOK_COLUMNS`. An occurrence with several lead units
    counts once in each.
    """
    leads = _leads(occurrences)
    led = occurrences[_COUNTED].take(occurrences.index.get_indexer(leads.index))
    order = [*register.units["unit"], UNASSIGNED]
    present = set(leads)
    table = _table(led, leads.rename("unit"), [unit for unit in order if unit in present])
    successors = dict(zip(register.units["unit"], register.units["successor"], strict=True))
    table.insert(0, "successor", [successors.get(unit, "") for unit in table.index])
    return table


def _leads(occurrences: pd.DataFrame) -> pd.Series:
    """A row for every lead unit of every occurrence, under the occurrence's index; nobody is `Chưa phân công`."""
    return occurrences["lead_units"].explode().fillna(UNASSIGNED).astype("str")


_COUNTED = ["state", "look", "due_soon", "no_report", "days_overdue"]


def _table(occurrences: pd.DataFrame, groups: pd.Series, order: list) -> pd.DataFrame:
    """The figures of each group, in `order`; a group without occurrences has zeros."""
    index = pd.Index(order, dtype=groups.dtype, name=groups.name)
    places = index.get_indexer(groups)
    known = places >= 0

    def counted(marks: np.ndarray) -> np.ndarray:
        return np.bincount(places[known & marks], minlength=len(order))

    state, look = _numbers(occurrences["state"], State), _numbers(occurrences["look"], Look)
    found = {"total": counted(known)}
    found |= {name: counted(occurrences[name].to_numpy()) for name in ("due_soon", "no_report")}
    found |= {one.value: counted(state == number) for number, one in enumerate(State)}
    found |= {column: counted(look == number) for number, column in enumerate(LOOK_COLUMNS)}
    longest = np.zeros(len(order), "int64")
    np.maximum.at(longest, places[known], occurrences["days_overdue"].to_numpy("int64")[known])
    done = found["done_on_time"] + found["done_late"]
    come_due = done + found["overdue"]
    rate = np.divide(done, come_due, out=np.full(len(order), np.nan), where=come_due > 0)
    figures = found | {"completion_rate": rate, "longest_overdue_days": longest}
    return pd.DataFrame({name: figures[name] for name in (*COUNT_KEYS, *LOOK_COLUMNS)}, index)


def _numbers(column: pd.Series, values: type[State] | type[Look]) -> np.ndarray:
    """Which of the values stands in each row, counted from 0: quicker to compare with than texts."""
    return pd.Index([str(value) for value in values]).get_indexer(column)


def dan_van_kheo(register: Register, as_of: dt.date) -> pd.DataFrame:
    """A row per plan year: target, registered, registered_on_time, evaluated, state (`words.ModelState`)."""
    records = [_model_year(register, year, as_of) for year in register.plan.years]
    return pd.DataFrame(records, index=pd.Index(list(register.plan.years), name="year"))


def _model_year(register: Register, year: int, as_of: dt.date) -> dict[str, object]:
    today, deadline = pd.Timestamp(as_of), register.plan.registration_due(year)
    models = register.models[register.models["year"] == year]
    registered = models[models["registered_on"] <= today]
    figures = {
        "target": register.plan.model_target,
        "registered": len(registered),
        "registered_on_time": int((registered["registered_on"] <= pd.Timestamp(deadline)).sum()),
        "evaluated": int((registered["evaluated_on"] <= today).sum()),
    }
    return figures | {"state": str(_model_state(year, deadline, as_of, **figures))}


def _model_state(
    year: int, deadline: dt.date, as_of: dt.date, target: int, registered: int, registered_on_time: int, evaluated: int
) -> ModelState:
    """The first state that holds."""
    if year > as_of.year:
        return ModelState.UPCOMING
    if registered_on_time >= target:
        if evaluated >= target:
            return ModelState.MET
        return ModelState.AWAITING_EVALUATION if as_of <= dt.date(year, 12, 31) else ModelState.NOT_EVALUATED
    if registered >= target:
        return ModelState.REGISTERED_LATE
    return ModelState.NOT_DUE if as_of <= deadline else ModelState.MISSED


def select(
    occurrences: pd.DataFrame,
    *,
    years: Collection[int] = (),
    units: Collection[str] = (),
    sections: Collection[str] = (),
    looks: Collection[str] = (),
    states: Collection[str] = (),
    tasks: Collection[str] = (),
    words: str = "",
    texts: pd.Series | None = None,
) -> pd.DataFrame:
    """The occurrences that fit every given filter; an empty filter lets all through.

    `units` are lead units (`Chưa phân công` for nobody's); `words` must all occur, accents and case aside, in `texts`:
    what `searchable` gives, for whoever searches again and again.
    """
    fits = pd.Series(True, index=occurrences.index)
    filters = {"year": years, "section": sections, "look": looks, "state": states, "task": tasks}
    for column, wanted in filters.items():
        if wanted:
            fits &= occurrences[column].isin(list(wanted))
    if units:
        leads = _leads(occurrences)
        fits &= fits.index.isin(leads.index[leads.isin(list(units))])
    if words.strip():
        texts = searchable(occurrences) if texts is None else texts.loc[occurrences.index]
        for word in plain(words).split():
            fits &= texts.str.contains(word, regex=False)
    return occurrences[fits]


def searchable(occurrences: pd.DataFrame) -> pd.Series:
    """What searching looks in, as `text.plain` would write it: code, words, what was reported, lead units."""
    leads = pd.Series(["; ".join(units) for units in occurrences["lead_units"]], index=occurrences.index, dtype="str")
    columns = [occurrences[name] for name in ("label", "content", "result", "document", "difficulty", "proposal")]
    joined = occurrences["task"].str.cat([*columns, leads], sep="\n")
    bare = joined.str.lower().str.normalize("NFD").str.replace("[\u0300-\u036f]", "", regex=True)
    return bare.str.replace("đ", "d", regex=False)


@dataclass(frozen=True)
class Attention:
    """What leadership must look at: slices of the occurrences, the most pressing first."""

    overdue: pd.DataFrame
    due_soon: pd.DataFrame
    no_report: pd.DataFrame
    stale: pd.DataFrame
    unassigned: pd.DataFrame


def attention(occurrences: pd.DataFrame) -> Attention:
    """Overdue (longest first), due soon (soonest first), no report, not updated for long, and nobody's tasks."""
    return Attention(
        overdue=_sorted(occurrences[occurrences["state"] == State.OVERDUE], "due_on"),
        due_soon=_sorted(occurrences[occurrences["due_soon"]], "due_on"),
        no_report=_sorted(occurrences[occurrences["no_report"]], "due_on"),
        stale=_sorted(occurrences[occurrences["stale"]], "updated_on"),
        unassigned=unassigned(occurrences),
    )


def _sorted(occurrences: pd.DataFrame, column: str) -> pd.DataFrame:
    return occurrences.sort_values(column, kind="stable", na_position="first")


def unassigned(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Of each task with occurrences that nobody leads the most pressing: unfinished first, then by due day."""
    nobodys = occurrences[occurrences["lead_units"].map(len) == 0]
    done = nobodys["state"].isin([State.DONE_ON_TIME, State.DONE_LATE])
    return (
        nobodys.assign(_done=done)
        .sort_values(["_done", "due_on"], kind="stable")
        .drop_duplicates("task")
        .drop(columns="_done")
    )


def figures(register: Register, as_of: dt.date) -> dict[str, object]:
    """Every figure of the plan on a day, in the form `run.py summary --json` prints."""
    occurrences = occurrences_on(register, as_of)
    plan = register.plan
    return {
        "as_of": as_of.isoformat(),
        "plan": {
            "agency": plan.agency,
            "first_year": plan.first_year,
            "last_year": plan.last_year,
            "sample": plan.sample,
        },
        "overall": counts(occurrences),
        "by_year": _records(by_year(occurrences, register)),
        "by_section": _records(by_section(occurrences, register)),
        "by_department": _records(by_department(occurrences, register)),
        "dan_van_kheo": {
            str(year): {key: value if isinstance(value, str) else int(value) for key, value in row.items()}
            for year, row in dan_van_kheo(register, as_of).to_dict("index").items()
        },
    }


def _records(table: pd.DataFrame) -> dict[str, dict[str, int | float | None]]:
    """Row name -> figures, whole numbers as such and a rate without value as None."""
    rows: Iterable = table[list(COUNT_KEYS)].to_dict("index").items()
    return {str(name): {key: _plain(key, value) for key, value in row.items()} for name, row in rows}


def _plain(key: str, value: float) -> int | float | None:
    if key != "completion_rate":
        return int(value)
    return None if pd.isna(value) else float(value)
