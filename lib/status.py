"""The state of every occurrence on a day.

The rules are in docs/quy-tac-tinh.md, "Trạng thái của một lượt".
"""

import datetime as dt

import numpy as np
import pandas as pd

from lib.schema import Report
from lib.words import Look, State
from lib.workbook.register import Register

_REPORTED = (
    "due_on",
    "status",
    "percent",
    "completed_on",
    "result",
    "document",
    "difficulty",
    "proposal",
    "updated_on",
    "lead_units",
)
_TEXTS = ("result", "document", "difficulty", "proposal")


def occurrences(register: Register, as_of: dt.date) -> pd.DataFrame:
    """One row per task and year, in sheet order of tasks, then by year.

    task, section, section_name, content, label, year; due_on (with the reported override), planned_due_on, basis (why
    it is due then); state (`words.State`), look (`words.Look`), report (`schema.Report`, "" where there is none);
    due_soon, no_report, stale (open and not updated for longer than the plan allows), lead_moved (booleans);
    days_left (to the due day, negative when past), days_overdue, late_days (0 where they do not apply); percent,
    completed_on, updated_on, result, document, difficulty, proposal; lead_units, executing_units (lists; no lead unit
    is nobody's).
    """
    frame = _joined(register)
    frame = _with_days(frame, as_of)
    frame["state"] = _states(frame, as_of)
    frame = _with_flags(frame, register, as_of)
    frame["look"] = _looks(frame)
    return frame


def _joined(register: Register) -> pd.DataFrame:
    """The plan's occurrences beside what was reported of them."""
    planned = register.planned.rename(columns={"due_on": "planned_due_on"})
    reported = register.progress[["task", "year", *_REPORTED]]
    frame = planned.merge(reported, on=["task", "year"], how="left", validate="one_to_one")
    tasks = register.tasks[["task", "section", "content", "label", "executing_units", "lead_units"]]
    frame = frame.merge(tasks, on="task", how="left", suffixes=("_reported", "_planned"), validate="many_to_one")
    names = register.sections.set_index("section")["name"]
    frame["section_name"] = frame["section"].map(names).fillna("").astype("str")
    frame["due_on"] = frame["due_on"].fillna(frame["planned_due_on"])
    frame["report"] = frame.pop("status").fillna(Report.NONE).astype("str")
    for name in _TEXTS:
        frame[name] = frame[name].fillna("")
    return _with_leads(frame)


def _with_leads(frame: pd.DataFrame) -> pd.DataFrame:
    """Lead units: of the `Tiến độ` row, else of the task, else its only executing unit, else nobody."""
    leads, moved = [], []
    columns = (frame.pop("lead_units_reported"), frame.pop("lead_units_planned"), frame["executing_units"])
    for reported, planned, executing in zip(*columns, strict=True):
        own = plan_leads(planned, executing)
        named = reported if isinstance(reported, list) and reported else own
        leads.append(named)
        moved.append(named != own)
    return frame.assign(
        lead_units=pd.Series(leads, index=frame.index, dtype=object),
        lead_moved=pd.Series(moved, index=frame.index, dtype=bool),
    )


def plan_leads(leads: list[str], executing: list[str]) -> list[str]:
    """Who leads a task by the plan: the advising departments, else its only executing unit, else nobody."""
    return leads or (executing if len(executing) == 1 else [])


def _with_days(frame: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    frame["days_left"] = (frame["due_on"] - pd.Timestamp(as_of)).dt.days.astype("int64")
    return frame


def _states(frame: pd.DataFrame, as_of: dt.date) -> pd.Series:
    """The first that holds: not yet its year, suspended, done by that day (late or not), overdue, within."""
    today = pd.Timestamp(as_of)
    done = (frame["report"] == Report.DONE) & (frame["completed_on"] <= today)
    late = frame["completed_on"] > frame["due_on"]
    states = np.select(
        [
            frame["year"] > as_of.year,
            frame["report"] == Report.SUSPENDED,
            done & late,
            done,
            frame["due_on"] < today,
        ],
        [State.UPCOMING, State.SUSPENDED, State.DONE_LATE, State.DONE_ON_TIME, State.OVERDUE],
        State.WITHIN,
    )
    return pd.Series(states, index=frame.index, dtype="str")


def _with_flags(frame: pd.DataFrame, register: Register, as_of: dt.date) -> pd.DataFrame:
    within, overdue = frame["state"] == State.WITHIN, frame["state"] == State.OVERDUE
    unfinished = ~frame["report"].isin([Report.DONE, Report.SUSPENDED])
    awaited = within | ((frame["state"] == State.UPCOMING) & unfinished)
    frame["due_soon"] = awaited & (frame["days_left"] <= register.plan.due_soon_days)
    frame["no_report"] = (within | overdue) & (frame["report"] == Report.NONE)
    silence = (pd.Timestamp(as_of) - frame["updated_on"]).dt.days
    silent = frame["updated_on"].isna() | (silence > register.plan.reminder_days)
    frame["stale"] = (within | overdue) & ~frame["no_report"] & silent
    frame["days_overdue"] = (-frame["days_left"]).where(overdue, 0)
    delay = (frame["completed_on"] - frame["due_on"]).dt.days
    frame["late_days"] = delay.where(frame["state"] == State.DONE_LATE, 0).astype("int64")
    return frame


def _looks(frame: pd.DataFrame) -> pd.Series:
    """How each occurrence is drawn: its state, what is in time told apart by what needs attention first."""
    state = frame["state"]
    looks = np.select(
        [
            state.isin([State.DONE_ON_TIME, State.DONE_LATE, State.OVERDUE, State.SUSPENDED]),
            frame["due_soon"],
            state == State.UPCOMING,
            frame["no_report"],
            frame["report"] == Report.NOT_STARTED,
        ],
        [state, Look.DUE_SOON, Look.UPCOMING, Look.NO_REPORT, Look.NOT_STARTED],
        Look.IN_PROGRESS,
    )
    return pd.Series(looks, index=frame.index, dtype="str")
