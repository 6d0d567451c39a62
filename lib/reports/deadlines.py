"""The calendar of deadlines: what Outlook, Google and phones subscribe to.

An event's identifier depends on the task and its year alone, so that a new version moves or renames the event that is
there instead of adding another.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd
from icalendar import Alarm, Calendar, Event

from lib import explain, status, summary
from lib.reports.phrases import amount, listed
from lib.schema import UNASSIGNED, Report
from lib.text import fold, one_line
from lib.words import MODEL_STATE_LABELS, SIGNS, Look, ModelState, State, day
from lib.workbook.form_rows import text
from lib.workbook.register import Register

PRODUCT = "-//Bang theo doi ke hoach//VI"
_NAMESPACE = uuid.UUID("6f6f0d5e-1d7c-4f43-9c2c-0a4c6c1b8a52")
_ALARM_HOUR = dt.timedelta(hours=8)
_SHORT_NOTICES = (7, 1)
"""Days before, besides the plan's own `Số ngày báo trước`."""
_DONE = (State.DONE_ON_TIME, State.DONE_LATE)


@dataclass(frozen=True)
class Feed:
    """What a calendar is made of.

    unit: whose deadlines, "" for all, `Chưa phân công` for nobody's. stamp: when the data were published. number: of
    the version. source: which data, in words. base: where the dashboard is served, for links; "" for none.
    """

    register: Register
    as_of: dt.date
    stamp: dt.datetime
    number: int
    source: str
    unit: str = ""
    base: str = ""


def calendar(feed: Feed) -> bytes:
    """The calendar as a file of iCalendar."""
    plan = feed.register.plan
    whose = f" - {feed.unit}" if feed.unit else ""
    made = Calendar.new(
        prodid=PRODUCT,
        name=text(f"{_sample(feed)}Hạn thực hiện kế hoạch{whose} ({one_line(plan.agency)})"),
        uid=_identifier(f"lich/{fold(feed.unit)}"),
        refresh_interval=dt.timedelta(hours=6),
        method="PUBLISH",
    )
    made.add("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh")
    made.add("X-PUBLISHED-TTL", "PT6H")
    for event in (*_tasks(feed), *_models(feed)):
        made.add_component(event)
    return made.to_ical()


def _sample(feed: Feed) -> str:
    return "[Minh họa] " if feed.register.plan.sample else ""


def _tasks(feed: Feed) -> Iterator[Event]:
    """An event on the due day of every occurrence, the finished ones marked as such."""
    rows = status.occurrences(feed.register, feed.as_of)
    rows = summary.select(rows, units=[feed.unit]) if feed.unit else rows
    for _, row in rows.iterrows():
        finished = row["state"] in _DONE or row["report"] in (Report.DONE, Report.SUSPENDED)
        sign = SIGNS[Look(row["look"])].mark
        yield _event(
            feed,
            f"nhiem-vu/{fold(row['task'])}/{row['year']}",
            row["due_on"].date(),
            f"{sign} {row['task']} {row['label']}",
            _about(row, feed),
            alarms=not finished,
            link=_task_link(row["task"], row["year"]),
        )


def _task_link(task: str, year: int) -> str:
    return f"nhiem-vu?ma={quote(task, safe='')}#nam-{year}"


def _about(row: pd.Series, feed: Feed) -> str:
    leads = listed(row["lead_units"]) or UNASSIGNED
    return f"{row['content']}\n\nPhòng tham mưu: {leads}\n{explain.why(row)}\n{_data_line(feed)}"


def _data_line(feed: Feed) -> str:
    return f"Số liệu chốt đến ngày {day(feed.as_of)}; {feed.source}."


def _models(feed: Feed) -> Iterator[Event]:
    """Each year's registration and evaluation, which concern the whole agency."""
    for year, row in summary.dan_van_kheo(feed.register, feed.as_of).iterrows():
        if not row["target"]:
            continue
        said = f"Năm {year}: chỉ tiêu {amount(row['target'])} mô hình; đã đăng ký {row['registered']}, đã đánh giá "
        said += f"{row['evaluated']}. {MODEL_STATE_LABELS[ModelState(row['state'])]}.\n{_data_line(feed)}"
        registered, evaluated = row["registered"] >= row["target"], row["evaluated"] >= row["target"]
        days = {
            ("dang-ky", "Hạn đăng ký", registered): feed.register.plan.registration_due(year),
            ("danh-gia", "Hạn đánh giá", evaluated): dt.date(year, 12, 31),
        }
        for (name, words_, finished), on in days.items():
            title = f"{'✓' if finished else '○'} {words_} mô hình “Dân vận khéo” năm {year}"
            yield _event(feed, f"{name}/{year}", on, title, said, alarms=not finished, link=f"dan-van-kheo?nam={year}")


def _event(feed: Feed, name: str, on: dt.date, title: str, said: str, *, alarms: bool, link: str) -> Event:
    """A whole-day event; alarms only for what is still to do."""
    event = Event.new(
        uid=_identifier(name),
        start=on,
        end=on + dt.timedelta(days=1),
        stamp=feed.stamp,
        last_modified=feed.stamp,
        sequence=feed.number,
        summary=text(f"{_sample(feed)}{one_line(title)}"),
        description=text(said),
        url=f"{feed.base}/{link}" if feed.base else None,
    )
    event.add("TRANSP", "TRANSPARENT")
    if alarms and on >= feed.as_of:
        for days in sorted({feed.register.plan.due_soon_days, *_SHORT_NOTICES}, reverse=True):
            event.add_component(_alarm(days, title))
    return event


def _identifier(name: str) -> str:
    return f"{uuid.uuid5(_NAMESPACE, name)}@bang-theo-doi"


def _alarm(days: int, title: str) -> Alarm:
    """At eight in the morning, so many days before."""
    made = Alarm.new(description=text(one_line(title)))
    made.add("ACTION", "DISPLAY")
    made.add("TRIGGER", _ALARM_HOUR - dt.timedelta(days=days))
    return made
