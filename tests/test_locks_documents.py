"""Every document and download, made of a workbook whose texts mean ill, searched for anything that could come alive."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from functools import cache

import icalendar
import pytest
from lxml import etree

from lib import commands, exports
from lib.reports import deadlines, making, periods
from lib.reports.letters import ANSWER_DAYS
from lib.reports.making import DocumentKind, Material
from lib.reports.scope import Scope
from lib.text import clean
from lib.workbook import form, marking, reader
from tests import hostile_texts
from tests.hostile_texts import TEXTS

DAY = dt.date(2026, 11, 25)
STAMP = dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)


@cache
def scope() -> Scope:
    register = reader.parse(hostile_texts.workbook()).register
    return Scope(register, DAY, periods.whole(register.plan), "phiên bản 7 (3F9A-21C7)", "pb7")


def material() -> Material:
    return Material({}, {}, DAY + dt.timedelta(days=ANSWER_DAYS), STAMP, 7)


@cache
def marked() -> bytes:
    """The hostile workbook back with its faults marked, one of them a text where a date should be."""
    data = hostile_texts.workbook(**{"Ngày hoàn thành": TEXTS[6], "Trạng thái": TEXTS[0]})
    return marking.mark(data, reader.parse(data).problems)


@cache
def made() -> dict[str, bytes]:
    """Every file there is, by its name."""
    found = {file.name: file.data for kind in DocumentKind for file in making.make(kind, scope(), material()).files}
    found["danh-sach.xlsx"] = exports.xlsx(scope().occurrences)
    found["danh-sach.csv"] = exports.csv(scope().occurrences)
    found["so-co-so-lieu.xlsx"] = form.write(scope().register, blank=False)
    found["so-mau.xlsx"] = form.write(scope().register, blank=True)
    found["so-da-danh-dau.xlsx"] = marked()
    return found


def named(ending: str) -> dict[str, bytes]:
    found = {name: data for name, data in made().items() if name.endswith(ending)}
    assert found
    return found


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an Office file, those of the workbooks behind its charts too."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            part = package.read(name)
            found |= (
                {f"{name}!{inner}": data for inner, data in parts(part).items()}
                if name.endswith(".xlsx")
                else {name: part}
            )
    return found


def office_files() -> dict[str, bytes]:
    return named(".docx") | named(".pptx") | named(".xlsx")


def elements(data: bytes):
    """(name of the part, element without its namespace, element) of everything in a file, which must be whole XML."""
    for name, part in parts(data).items():
        if name.endswith((".xml", ".rels", ".vml")):
            for element in etree.fromstring(part, etree.XMLParser(resolve_entities=False)).iter(etree.Element):
                yield name, etree.QName(element).localname, element


def words(data: bytes) -> str:
    """All text of a file; runs of one paragraph or cell stand together."""
    return "\n".join("".join(element.itertext()) for _, kind, element in elements(data) if kind in ("p", "si", "is"))


LIVE_PARTS = re.compile(r"vba|macro|activex|ctrlprops|oleobject|externallink|afchunk|customui|connections|querytable")
LIVE_ELEMENTS = {
    "hyperlink", "hyperlinks", "hlinkClick", "hlinkHover", "hlinkMouseOver", "altChunk", "object", "oleObj", "oleLink",
    "ddeLink", "externalReference", "attachedTemplate", "control", "subDoc", "sdt", "snd", "audioFile", "videoFile",
    "webPublishItem", "frameset", "script",
}  # fmt: skip
OWN_FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\s*(\\\* MERGEFORMAT\s*)?")


@pytest.mark.parametrize("kind", [".docx", ".pptx", ".xlsx"])
def test_what_is_searched_holds_the_texts(kind):
    for name, data in named(kind).items():
        said = words(data)
        expected = [text for text in map(clean, TEXTS[:9]) if text in said]
        assert len(expected) >= (1 if name == "so-mau.xlsx" else 2), name
    everything = "\n".join(words(data) for data in named(kind).values())
    assert [text for text in TEXTS[:9] if text not in everything] == []


def test_no_file_of_office_holds_anything_live():
    for file, data in office_files().items():
        assert [name for name in parts(data) if LIVE_PARTS.search(name.lower())] == [], file
        found = [(name, kind) for name, kind, one in elements(data) if kind in LIVE_ELEMENTS and not is_inside(one)]
        assert (file, found) == (file, [])


def is_inside(link: etree._Element) -> bool:
    """Whether a link, or all of a list of them, leads to a cell of the same file: as the list of faults does."""
    links = link if etree.QName(link).localname == "hyperlinks" else [link]
    return all(
        set(one.attrib) <= {"ref", "location", "tooltip"} and PLACES.fullmatch(one.get("location", "")) for one in links
    )


def test_no_file_of_office_leads_anywhere_else():
    for file, data in office_files().items():
        outside = [
            element.attrib
            for _, kind, element in elements(data)
            if kind == "Relationship" and element.get("TargetMode", "Internal") != "Internal"
        ]
        assert (file, outside) == (file, [])


def test_fields_of_word_are_numbers_of_pages_alone():
    for file, data in (named(".docx") | named(".pptx")).items():
        said = [element.text or "" for _, kind, element in elements(data) if kind == "instrText"]
        said += [
            value for _, kind, element in elements(data) if kind == "fldSimple" for value in element.attrib.values()
        ]
        assert (file, [one for one in said if not OWN_FIELDS.fullmatch(one)]) == (file, [])


PLACES = re.compile(r"('[^'!]+'|Sheet1)!\$?[A-Z]*\$?\d+(:\$[A-Z]*\$?\d+)?")
"""Cells of the same file."""


def test_formulas_of_excel_are_those_of_the_form():
    own = {pattern(one) for one in formulas(made()["so-mau.xlsx"])}
    for file, data in (named(".xlsx") | named(".pptx")).items():
        foreign = {pattern(one) for one in formulas(data)} - (set() if file == "danh-sach.xlsx" else own)
        assert (file, [one for one in foreign if not PLACES.fullmatch(one)]) == (file, [])
    assert not [one for one in own for text in TEXTS if text[:8] in one]


def pattern(formula: str) -> str:
    """A formula whatever row it stands in."""
    return re.sub(r"\d+", "1", formula)


def formulas(data: bytes) -> list[str]:
    """Formulas of cells, of charts, lists and names."""
    kinds = ("f", "formula", "formula1", "formula2", "definedName")
    return [element.text or "" for _, kind, element in elements(data) if kind in kinds]


def test_no_text_turns_the_writing_round():
    for file, data in made().items():
        inside = parts(data).values() if zipfile.is_zipfile(io.BytesIO(data)) else [data]
        if file != "so-da-danh-dau.xlsx":  # what somebody sent, as it was
            assert not any("\u202e".encode() in part or b"&#8238;" in part for part in inside), file


# CSV


def test_no_cell_of_csv_begins_a_formula_however_it_is_split():
    text = made()["danh-sach.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [cell for row in rows for cell in row if cell.startswith(exports.FORMULA_BEGINNINGS)] == []
    assert any("'=HYPERLINK" in cell for row in rows for cell in row)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("- Tổ chức hội nghị", "'- Tổ chức hội nghị"),
        ("Xong;=cmd|' /C calc'!A0", "Xong;'=cmd|' /C calc'!A0"),
        ("Xong\n@SUM(A1)", "Xong\n'@SUM(A1)"),
        ("Xong; -2+cmd|' /C calc'!A0", "Xong; '-2+cmd|' /C calc'!A0"),
        ("Xong\n+HYPERLINK(1)", "Xong\n'+HYPERLINK(1)"),
        ("Gồm:\n- hội nghị (2 buổi);\n+ tập huấn; - báo cáo", "Gồm:\n- hội nghị (2 buổi);\n+ tập huấn; - báo cáo"),
    ],
)
def test_a_formula_in_csv_is_disarmed_also_where_another_sign_separates_cells(cell, written):
    assert exports._csv_cell(cell) == written


# Calendar

PROPERTIES = {
    "BEGIN", "END", "VERSION", "PRODID", "UID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "METHOD", "X-WR-TIMEZONE",
    "X-PUBLISHED-TTL", "DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "TRANSP",
    "TRIGGER", "ACTION",
}  # fmt: skip


def test_a_calendar_has_no_property_but_its_own_and_no_link():
    for file, data in named(".ics").items():
        lines = re.sub(rb"\r\n[ \t]", b"", data).decode().split("\r\n")
        assert not [line for line in lines if "\n" in line or "\r" in line]
        assert {re.split("[:;]", line)[0] for line in lines if line} <= PROPERTIES, file
        kinds = {type(one).__name__ for one in icalendar.Calendar.from_ical(data).walk()}
        assert kinds <= {"Calendar", "Event", "Alarm"}


def test_the_link_of_an_event_leads_to_our_page_whatever_a_code_is():
    link = deadlines._task_link("2.1.1&x=http://la.example#\r\nATTACH:x", 2024)
    assert link == "nhiem-vu?ma=2.1.1%26x%3Dhttp%3A%2F%2Fla.example%23%0D%0AATTACH%3Ax#nam-2024"


# Commands


def test_json_of_commands_is_whole_and_printed_text_obeys_nobody(tmp_path, capsys):
    file = tmp_path / "so.xlsx"
    file.write_bytes(hostile_texts.workbook(**{"Ngày hoàn thành": TEXTS[6], "Trạng thái": TEXTS[9]}))
    commands.main(["check", str(file), "--json"])
    assert len(json.loads(capsys.readouterr().out)["problems"]) > 10
    commands.main(["check", str(file)])
    assert not set("\x1b\x07\u202e\r") & set(capsys.readouterr().out)
