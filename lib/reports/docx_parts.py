"""Pieces of a Word document in the layout of administrative documents: paragraphs, rules, tables, page numbers."""

from collections.abc import Sequence

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY_POINTS, FIRST_LINE_MM, AFTER_POINTS, LINE_SPACING = 14, 12.7, 6, 1.1
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY

Place = Docx | _Cell


def add_styles(document: Docx) -> None:
    """Plain text in Times New Roman, and a style for each kind of block, which an office may change in Word."""
    normal = document.styles["Normal"]
    _font(normal, BODY_POINTS)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    for name, bold, italic, heading in _STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.bold, style.font.italic = bold, italic
        form = style.paragraph_format
        form.alignment, form.first_line_indent = JUSTIFIED, Mm(FIRST_LINE_MM)
        form.space_after, form.line_spacing = Pt(AFTER_POINTS), LINE_SPACING
        form.keep_with_next, form.widow_control = heading, True
    _keep_short_lines(document)


_STYLES = (
    ("VB Phần", True, False, True),
    ("VB Mục", True, False, True),
    ("VB Tiểu mục", True, True, True),
    ("VB Đoạn", False, False, False),
    ("VB Ý đầu", False, False, True),
    ("VB Ý", False, False, False),
    ("VB Ý nhỏ", False, False, False),
)
"""Name, bold, italic, whether it is a heading that stays with what follows."""


def _font(style: object, points: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(points), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _keep_short_lines(document: Docx) -> None:
    """A line that ends with a line break must not be stretched to both margins."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = OxmlElement("w:compat")
        settings.append(compat)
    compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))


def paragraph(
    place: Place,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH | None = None,
    *,
    style: str | None = None,
    size: float | None = None,
    bold: bool | None = None,
    italic: bool | None = None,
    before: float | None = None,
    after: float | None = None,
    indent: float | None = None,
) -> Paragraph:
    """Add a paragraph; sizes and spaces in points, `indent` in millimetres. A cell's own first paragraph is used up."""
    first = place.paragraphs[0] if isinstance(place, _Cell) else None
    unused = first is not None and len(place.paragraphs) == 1 and not first.text and not first.runs
    made = first if unused else place.add_paragraph()
    if style:
        made.style = style
    if alignment is not None:
        made.alignment = alignment
    form = made.paragraph_format
    form.space_before = Pt(before) if before is not None else None
    form.space_after = Pt(after) if after is not None else None
    form.left_indent = Mm(indent) if indent is not None else None
    run = made.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size) if size is not None else None
    if size is not None and not text:
        _mark_size(made, size)
    return made


def _mark_size(empty: Paragraph, points: float) -> None:
    """An empty paragraph is as high as its own mark, whatever size a run of nothing has."""
    mark, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(points * 2)))
    mark.append(size)
    empty._p.get_or_add_pPr().append(mark)


def rule(place: Place, left: float, right: float) -> None:
    """A thin line, `left` and `right` millimetres short of the edges: the top border of a low empty paragraph."""
    made = paragraph(place, "", size=4)
    made.paragraph_format.left_indent, made.paragraph_format.right_indent = Mm(left), Mm(right)
    made.paragraph_format.space_before = Pt(2)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    made._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def number_pages(section: object, again: bool = False) -> None:
    """Page numbers centred in the top margin, none on the first page; `again` counts from 1 anew."""
    section.different_first_page_header_footer = True
    if again:
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")
        return
    section.first_page_header.is_linked_to_previous = False
    line = section.header.paragraphs[0]
    line.alignment = CENTRE
    run = line.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str) -> OxmlElement:
    """A piece of a field of Word: its marks, its instruction, what it last showed."""
    if kind in ("", "text"):
        part = OxmlElement("w:instrText" if not kind else "w:t")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def sample_line(section: object) -> None:
    """At the foot of every page, while the figures are samples."""
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = CENTRE
        line.add_run("{{ minh_hoa }}").font.size = Pt(11)


class Table:
    """A table while it is made: rows by their number, cells in order."""

    def __init__(self, made: object, widths: Sequence[float]) -> None:
        self._made, self._widths = made, widths
        for row in made.rows:
            self._size(row)

    def _size(self, row: object) -> None:
        for cell, width in zip(row.cells, self._widths, strict=True):
            cell.width = Mm(width)

    def cells(self, number: int) -> list[_Cell]:
        """The cells of a row."""
        return list(self._made.rows[number].cells)

    def head(self, headers: Sequence[str], size: float) -> None:
        """The first row, repeated on every page."""
        for cell, header in zip(self.cells(0), headers, strict=True):
            paragraph(cell, header, CENTRE, size=size, bold=True)
        self._made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def row(self, number: int, texts: Sequence[str], alignments: Sequence[WD_ALIGN_PARAGRAPH], size: float) -> None:
        """An ordinary row, whole on one page where it is not higher than a page."""
        self._made.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, alignment in zip(self.cells(number), texts, alignments, strict=True):
            paragraph(cell, text, alignment, size=size, before=2, after=2)

    def band(self, number: int, text: str, size: float, bold: bool = False, italic: bool = False) -> None:
        """A row of one cell over the whole width, which stays with the row below."""
        cells = self.cells(number)
        merged = cells[0].merge(cells[-1])
        made = paragraph(merged, text, LEFT, size=size, bold=bold or None, italic=italic or None, before=2, after=2)
        made.paragraph_format.keep_with_next = True

    def tag(self, number: int, text: str) -> None:
        """A row that holds nothing but a mark of the template, and is gone once it is filled."""
        paragraph(self.cells(number)[0], text, size=11)

    def add_tag(self, text: str) -> None:
        """The same, as a new last row."""
        row = self._made.add_row()
        self._size(row)
        paragraph(row.cells[0], text, size=11)


def table(
    place: Docx,
    rows: int,
    widths: Sequence[float],
    grid: bool = False,
    keep_together: bool = False,
    padded: bool = True,
) -> Table:
    """Add a table of so many rows, columns `widths` millimetres wide; `grid` with lines, `padded` beside its words."""
    made = place.add_table(rows, len(widths))
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    if grid:
        made.style = "Table Grid"
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    if not padded:
        _without_padding(made)
    if keep_together:
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return Table(made, widths)


def _without_padding(made: DocxTable) -> None:
    """Let words reach to the edges of their cells."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.append(margins)
