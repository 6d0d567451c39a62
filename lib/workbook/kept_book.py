"""An xlsx workbook opened to be written again with its form, and without losing what its formulas last came to.

openpyxl writes no values of formulas, and the reader rightly says that a formula without one was never calculated; so
the values are taken from the original's XML and put into the copy's.
"""

import re
import warnings
from io import BytesIO
from xml.etree.ElementTree import iterparse
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader

_LOST_PARTS = {
    "macro": re.compile(r"vbaProject\.bin$", re.IGNORECASE),
    "nút bấm, ô điều khiển": re.compile(r"/(?:ctrlProps|activeX)/", re.IGNORECASE),
    "chuỗi bình luận": re.compile(r"/threadedComments/", re.IGNORECASE),
    "bộ lọc trực quan (slicer)": re.compile(r"/slicers/", re.IGNORECASE),
    "sơ đồ SmartArt": re.compile(r"/diagrams/", re.IGNORECASE),
}
_LOST_ELEMENTS = {
    "hộp chữ, hình vẽ": (re.compile(r"/drawings/drawing[^/]*\.xml$"), re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp)[ >]")),
    "biểu đồ nhỏ trong ô": (re.compile(r"/worksheets/[^/]+\.xml$"), re.compile(rb"<(?:\w+:)?sparklineGroups")),
    "quy tắc tô màu, kiểm tra nhập liệu kiểu mới": (
        re.compile(r"/worksheets/[^/]+\.xml$"),
        re.compile(rb"<x14:(?:conditionalFormatting|dataValidation)s"),
    ),
}
_FORMULA = re.compile(
    rb'(<c r="([A-Z]+\d+)"(?: s="\d+")?)>(<f(?:/>|\s[^>]*/>|[ >].*?</f>))<v\s*(?:/>|>\s*</v>)</c>', re.DOTALL
)

Saved = dict[str, tuple[str, str]]
"""Cell of a formula -> (its type as in the XML, its last value)."""


class FormNotKept(Exception):
    """openpyxl cannot open or write this workbook. Never shown to people: its values alone can still be written."""


class _Reader(ExcelReader):
    """Dates stay the numbers they are in the file: made into dates and back, some would not be the same."""

    def read_worksheets(self) -> None:
        """Read the sheets as if no number format were a date's; the formats themselves stay."""
        self.wb._date_formats = set()
        self.wb._timedelta_formats = set()
        super().read_worksheets()


class KeptBook:
    """A workbook as openpyxl knows it, with what openpyxl does not know of it."""

    def __init__(self, data: bytes) -> None:
        reader = _Reader(BytesIO(data), rich_text=True)
        reader.read()
        self.book: Workbook = reader.wb
        self.book.template = False
        self._data = data
        self._parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}

    def losses(self) -> list[str]:
        """A sentence about what the copy will not have, none where nothing is lost."""
        with ZipFile(BytesIO(self._data)) as archive:
            lost = [what for what, part in _LOST_PARTS.items() if any(map(part.search, archive.namelist()))]
            for what, (part, element) in _LOST_ELEMENTS.items():
                if any(element.search(archive.read(name)) for name in archive.namelist() if part.search(name)):
                    lost.append(what)
        return [f"Bản này không giữ được: {'; '.join(lost)}. Tệp gốc của bạn vẫn còn nguyên."] if lost else []

    def written(self) -> bytes:
        """The workbook as xlsx, its formulas with the values they had. Raises FormNotKept."""
        buffer = BytesIO()
        try:
            self.book.save(buffer)
        except Exception as error:  # as in `load`
            raise FormNotKept from error
        saved = {sheet.path.lstrip("/"): self._saved(sheet.title) for sheet in self.book.worksheets}
        return _with_values(buffer, {part: values for part, values in saved.items() if values})

    def _saved(self, title: str) -> Saved:
        if title not in self._parts:
            return {}
        with ZipFile(BytesIO(self._data)) as archive:
            xml = archive.read(self._parts[title].lstrip("/"))
        return _formula_values(xml) if b"<f" in xml or b":f" in xml else {}


def load(data: bytes) -> KeptBook:
    """Open a workbook that the guards let pass. Raises FormNotKept."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it cannot keep; `losses` says it in our own words
        try:
            return KeptBook(data)
        except Exception as error:  # it, and what opens its pictures, end in every way on strange bytes
            raise FormNotKept from error


def _formula_values(xml: bytes) -> Saved:
    saved = {}
    for _, element in iterparse(BytesIO(xml)):
        if not element.tag.endswith("}c"):
            continue
        parts = {part.tag.rpartition("}")[2]: part for part in element}
        if "f" in parts:
            value = parts["v"].text if "v" in parts else ""
            saved[element.get("r", "")] = element.get("t", "n"), value or ""
        element.clear()
    return saved


def _with_values(written: BytesIO, saved: dict[str, Saved]) -> bytes:
    target = BytesIO()
    with ZipFile(written) as archive, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for info in archive.infolist():
            xml = archive.read(info)
            copy.writestr(info, _put_back(xml, saved[info.filename]) if info.filename in saved else xml, ZIP_DEFLATED)
    return target.getvalue()


def _put_back(xml: bytes, saved: Saved) -> bytes:
    def with_value(cell: re.Match[bytes]) -> bytes:
        kind, value = saved.get(cell[2].decode(), ("n", ""))
        if kind not in ("n", "str", "b", "e") or (kind != "str" and not value):
            return cell[0]
        return b'%s t="%s">%s<v>%s</v></c>' % (cell[1], kind.encode(), cell[3], escape(value).encode())

    return _FORMULA.sub(with_value, xml)
