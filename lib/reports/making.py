"""From a scope to the files of one kind of document: what the command writes and the page offers."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lib import scenes, summary
from lib.panels.address import View
from lib.reports import book, deadlines, word
from lib.reports.fields import letter_fields, report_fields
from lib.reports.letters import Letter, Sent, letters
from lib.reports.outline import outline
from lib.reports.scope import Scope
from lib.reports.slides import Facts, write_slides
from lib.reports.templates import LETTER_FILE, REPORT_FILE, built_in
from lib.scenes import Since
from lib.text import plain

TEMPLATE_FILES = (REPORT_FILE, LETTER_FILE)


class DocumentKind(StrEnum):
    """What can be made, as the command names it."""

    REPORT = "report"
    REMINDERS = "reminders"
    SLIDES = "slides"
    WORKBOOK = "workbook"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class File:
    """A file's name and bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Made:
    """The files, and what must be told about them: a template that could not be used."""

    files: list[File]
    complaints: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Material:
    """What a document is made with besides its scope.

    templates: an office's own, by file name. sent: what `store.reminded` gives. answer_by: the day departments answer
    by. stamp, number: when and as which version the data were published. since: how it stood at the last meeting, asked
    for when slides are made.
    """

    templates: Mapping[str, bytes]
    sent: Sent
    answer_by: dt.date
    stamp: dt.datetime
    number: int
    since: Callable[[], Since | None] = lambda: None


def make(kind: DocumentKind, scope: Scope, material: Material) -> Made:
    """Every file of one kind; no letters where nobody is late."""
    return _MAKERS[kind](scope, material)


def report(scope: Scope, material: Material) -> Made:
    """The report in Word."""
    found = word.fill(REPORT_FILE, report_fields(outline(scope)), material.templates.get(REPORT_FILE))
    return _made([File(file_name("bao-cao", scope, "docx"), found.data)], [found.complaint])


def reminder_letters(scope: Scope, material: Material) -> Made:
    """A letter in Word for each late department."""
    return letter_files(letters(scope, material.sent, material.answer_by), scope, material)


def letter_files(found: Sequence[Letter], scope: Scope, material: Material) -> Made:
    """Chosen letters in Word."""
    own = material.templates.get(LETTER_FILE)
    filled = [word.fill(LETTER_FILE, letter_fields(letter, scope), own) for letter in found]
    names = distinct([f"don-doc-{slug(letter.unit)}" for letter in found])
    files = [File(file_name(name, scope, "docx"), one.data) for name, one in zip(names, filled, strict=True)]
    return _made(files, [one.complaint for one in filled])


def slides(scope: Scope, material: Material) -> Made:
    """The meeting's scenes in PowerPoint."""
    year = None if scope.period.several_years else scope.period.first.year
    found = scenes.scenes(
        scenes.Material(scope.register, scope.occurrences, scope.as_of, View(year=year), material.since())
    )
    data = write_slides(found, Facts(scope.plan, scope.data_line))
    return Made([File(file_name("trinh-chieu", scope, "pptx"), data)])


def workbook(scope: Scope, material: Material) -> Made:  # noqa: ARG001
    """The workbook of figures and tables."""
    return Made([File(file_name("so-lieu", scope, "xlsx"), book.write(scope))])


def calendars(scope: Scope, material: Material) -> Made:
    """The calendar of the whole plan, and one for each unit that leads anything."""
    feed = deadlines.Feed(scope.register, scope.as_of, material.stamp, material.number, scope.source)
    units = list(summary.by_department(scope.everything, scope.register).index)
    names = ["lich", *distinct([f"lich-{slug(unit)}" for unit in units])]
    feeds = [feed, *(deadlines.Feed(**vars(feed) | {"unit": unit}) for unit in units)]
    return Made([File(f"{name}.ics", deadlines.calendar(one)) for name, one in zip(names, feeds, strict=True)])


_MAKERS: dict[DocumentKind, Callable[[Scope, Material], Made]] = {
    DocumentKind.REPORT: report,
    DocumentKind.REMINDERS: reminder_letters,
    DocumentKind.SLIDES: slides,
    DocumentKind.WORKBOOK: workbook,
    DocumentKind.CALENDAR: calendars,
}


def _made(files: list[File], complaints: list[str]) -> Made:
    return Made(files, sorted({said for said in complaints if said}))


def template(file_name_: str, templates: Mapping[str, bytes]) -> bytes:
    """The template in use: the office's own, else the built-in one."""
    return templates.get(file_name_) or built_in(file_name_)


def file_name(stem: str, scope: Scope, ending: str) -> str:
    """A name that says period, day and data: `bao-cao-2025-Q2-20250630-pb14.docx`."""
    parts = [stem, scope.period.code, f"{scope.as_of:%Y%m%d}", scope.mark]
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def slug(name: str) -> str:
    """A name as a part of a file's name on any system."""
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:40] or "don-vi"


def distinct(names: list[str]) -> list[str]:
    """The names, those that came before with a number."""
    found: list[str] = []
    for name in names:
        number = 2
        unused = name
        while unused in found:
            unused, number = f"{name}-{number}", number + 1
        found.append(unused)
    return found


def zipped(files: Sequence[File]) -> bytes:
    """All files in one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.name), file.data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
