"""Sheets that are too large, too many, of one name, hidden, linked, merged or styled beyond reason."""

import io
import unicodedata

import openpyxl

from tests import workbooks
from tests.hostile import files, seeds
from tests.hostile.case import Table, part_of, sound, with_cell, with_part, with_sheet
from tests.hostile.files import STRICT_MAIN, giant_dimension, repeated_giant_string, xlsx

FAR, CELLS, MERGED, LONG, DAMAGED = (
    "trải rộng tới ô",
    "quá nhiều ô",
    "gộp quá nhiều ô",
    "dài 1.000.000 ký tự",
    "bị hỏng",
)
WORKBOOK = "xl/workbook.xml"
SECTIONS = "Mã mục | Tên mục\n1 | Triển khai\n2.1 | Nhiệm vụ chung\n"
PLAIN = seeds.TEXT
table = Table()


def changed_by_openpyxl(change) -> bytes:
    """The ordinary workbook after something was done to it."""
    opened = openpyxl.load_workbook(io.BytesIO(sound()))
    change(opened)
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue()


def merged(count: int) -> str:
    """So many merged pairs of cells."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="Y{at}:Z{at}"/>' for at in range(1, count + 1)) + "</mergeCells>"


def behind_cells(sheet: str, addition: str) -> bytes:
    """The ordinary workbook with something behind the cells of a sheet."""
    return with_sheet(sheet, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + addition.encode()))


def in_workbook(addition: str) -> bytes:
    """The ordinary workbook with something behind the list of its sheets."""
    return with_part(WORKBOOK, lambda xml: xml.replace(b"</sheets>", b"</sheets>" + addition.encode()))


def many_sheets(count: int) -> bytes:
    """So many sheets in all, the others nearly empty."""

    def change(opened) -> None:
        for number in range(count - len(opened.sheetnames)):
            opened.create_sheet(f"Trang {number}")["A1"] = 1

    return changed_by_openpyxl(change)


def entered(sheet: str, times: int) -> bytes:
    """The ordinary workbook that lists one of its sheets again and again."""

    def change(xml: bytes) -> bytes:
        at = xml.index(f'name="{sheet}"'.encode())
        begin, end = xml.rindex(b"<sheet ", 0, at), xml.index(b"/>", at) + 2
        return xml[:begin] + xml[begin:end] * times + xml[end:]

    return with_part(WORKBOOK, change)


def retitled(old: str, new: str) -> bytes:
    """The ordinary workbook with another name of a sheet."""
    return with_part(WORKBOOK, lambda xml: xml.replace(f'name="{old}"'.encode(), f'name="{new}"'.encode()))


def second_sections(title: str) -> bytes:
    """The ordinary workbook with another sheet of sections under a title that openpyxl would not give it."""
    data = workbooks.xlsx(PLAIN + f"\n# Thừa\n{SECTIONS}")
    return files.rezipped(data, {WORKBOOK: lambda xml: xml.replace('name="Thừa"'.encode(), f'name="{title}"'.encode())})


def as_macros() -> bytes:
    """The ordinary workbook whose sections stand on a sheet of Excel 4 macros."""
    part, relations = part_of("Mục"), "xl/_rels/workbook.xml.rels"
    moved = "xl/macrosheets/sheet2.xml"
    old, new = (
        f'relationships/{kind}" Target="/{target}"'.encode()
        for kind, target in [("worksheet", part), ("xlMacrosheet", moved)]
    )
    content = files.unzipped(sound())[part]
    return files.rezipped(sound(), {part: None, moved: content, relations: lambda xml: xml.replace(old, new)})


def hidden_everything(opened) -> None:
    """Sheets, rows and columns that nobody sees count all the same."""
    opened["Tiến độ"].sheet_state = "veryHidden"
    opened["Nhiệm vụ"].row_dimensions[3].hidden = True
    opened["Mô hình"].column_dimensions["G"].hidden = True


def outside(opened) -> None:
    """Names and formulas that lead into another workbook, of which only what was last seen counts."""
    opened.defined_names["ngoai"] = openpyxl.workbook.defined_name.DefinedName("ngoai", attr_text="'[1]Sheet1'!$A$1")


def many_styles(count: int) -> bytes:
    """A style table of so many formats, each a percentage of its own."""
    formats = [f'0.{"0" * (at % 9)}"{at}"%' for at in range(count)]
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" s="{at % count}"><v>0.5</v></c></row>' for at in range(1, 5_001)
    )  # fmt: skip
    return xlsx(rows, formats=formats)


def long_text(size: int) -> bytes:
    """One name of a section so long; openpyxl would cut it."""
    return with_cell("Mục", "B2", f'<c r="A" t="inlineStr"><is><t>{"dài " * (size // 4)}</t></is></c>')


table.refused("cells at opposite ends of a sheet", giant_dimension, "trải rộng tới ô XFD1048576")
table.refused(
    "the same, oddly written",
    lambda: xlsx("<row r='1'><c r='A1'><v>1</v></c><c r='XFD1048576'><v>1</v></c></row>"),
    "XFD1048576",
)
table.refused("a cell beyond all columns", lambda: xlsx('<row r="1"><c r="ZZZ1048576"><v>1</v></c></row>'), DAMAGED)
table.problems(
    "a formatted blank cell at the other end",
    lambda: xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>', formats=[9]
    ),
    "Thiếu trang",
)
table.accepted(
    "a dimension of all that can be addressed",
    lambda: with_sheet(
        "Tiến độ", lambda xml: xml.replace(b"<sheetData", b'<dimension ref="A1:XFD1048576"/><sheetData', 1)
    ),
)
table.accepted(
    "a dimension of one cell, as WPS writes it",
    lambda: with_sheet("Tiến độ", lambda xml: xml.replace(b"<sheetData", b'<dimension ref="A1"/><sheetData', 1)),
)
table.refused("a text of a million letters used by thousands of cells", repeated_giant_string, LONG)
table.refused(
    "a text of a million letters, used once",
    lambda: xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=["a" * 1_000_000]),
    LONG,
)
table.refused("a text of a million letters within its cell", lambda: long_text(1_000_004), "dài 1.000.003 ký tự")
table.accepted("a text of 32 000 letters", lambda: long_text(32_000))
table.refused(
    "a merge of 1.4 million cells",
    lambda: behind_cells("Mục", '<mergeCells><mergeCell ref="A1:N100000"/></mergeCells>'),
    MERGED,
)
table.refused(
    "a merge of the whole sheet",
    lambda: behind_cells("Mục", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    MERGED,
)
table.refused("a hundred thousand merges", lambda: behind_cells("Mục", merged(100_001)), MERGED)
table.accepted(
    "a merge that ends before it begins",
    lambda: behind_cells("Mục", '<mergeCells><mergeCell ref="B9:A1"/></mergeCells>'),
)
for address in ("A0", "1", "A", "A1:", "A-1", "Á1", ""):
    table.refused(
        f"a merge at “{address}”",
        lambda address=address: behind_cells("Mục", f'<mergeCells><mergeCell ref="{address}"/></mergeCells>'),
        DAMAGED,
    )
table.accepted(
    "merges over each other",
    lambda: behind_cells("Mục", '<mergeCells><mergeCell ref="Y1:Z9"/><mergeCell ref="Y2:Z10"/></mergeCells>'),
)
table.accepted(
    "the header merged into one cell, its other names below",
    lambda: behind_cells("Mục", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
)
table.accepted("two hundred sheets", lambda: many_sheets(200))
table.refused("two hundred and one sheets", lambda: many_sheets(201), "trang tính, quá mức đọc được")
table.refused("thousands of entries for one sheet", lambda: entered("Tiến độ", 3_000), DAMAGED)
table.refused("one sheet listed twice", lambda: entered("Tiến độ", 2), DAMAGED)
table.refused("two sheets of one name", lambda: retitled("Mô hình", "Mục"), DAMAGED)
table.problems("sheet titles that differ in case", lambda: second_sections("MỤC"), "Có hai trang cùng tên")
table.problems(
    "sheet titles that differ in the form of accents",
    lambda: second_sections(unicodedata.normalize("NFD", "Mục")),
    "Có hai trang cùng tên",
)
table.problems("a sheet title without accents", lambda: retitled("Mục", "Muc"), "Có phải trang “Muc”?")
table.accepted("titles in NFD", lambda: retitled("Tiến độ", unicodedata.normalize("NFD", "Tiến độ")))
table.problems("a sheet without a name", lambda: retitled("Mục", ""), "Thiếu trang “Mục”")
table.problems("a sheet title of markup", lambda: retitled("Mục", "&lt;b&gt;Mục&lt;/b&gt;"), "Thiếu trang “Mục”")
table.accepted("everything hidden", lambda: changed_by_openpyxl(hidden_everything))
table.accepted("names that lead outside", lambda: changed_by_openpyxl(outside))
table.accepted(
    "a name for every cell",
    lambda: in_workbook(
        "<definedNames>"
        + "".join(f'<definedName name="n{at}">Mục!$A$1</definedName>' for at in range(20_000))
        + "</definedNames>"
    ),
)
table.accepted(
    "a name that refers to itself",
    lambda: in_workbook('<definedNames><definedName name="a">a+a</definedName></definedNames>'),
)
table.accepted(
    "twenty thousand styles",
    lambda: with_part(
        "xl/styles.xml", lambda xml: xml.replace(b"</cellXfs>", b'<xf numFmtId="9"/>' * 20_000 + b"</cellXfs>")
    ),
)
table.problems("five thousand formats of percent", lambda: many_styles(5_000), "Thiếu trang")
table.accepted(
    "a format of a million letters",
    lambda: with_part(
        "xl/styles.xml",
        lambda xml: xml.replace(
            b"<cellXfs",
            b'<numFmts><numFmt numFmtId="300" formatCode="' + b"h" * 1_000_000 + b'"/></numFmts><cellXfs',
            1,
        ),
    ),
)
table.refused("styles that were taken out", lambda: files.rezipped(sound(), {"xl/styles.xml": None}), DAMAGED)
table.problems(
    "the strict form", lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c></row>', main=STRICT_MAIN), "Thiếu trang"
)
table.accepted("macros", lambda: files.rezipped(seeds.seed("xlsm"), {"xl/vbaProject.bin": b"macro"}), kind="xlsm")
table.accepted("macros in a file that says it has none", lambda: with_part("xl/vbaProject.bin", b"macro"))
table.refused("a sheet of Excel 4 macros", as_macros, DAMAGED)
table.problems(
    "no sheets listed",
    lambda: with_part(
        WORKBOOK, lambda xml: xml[: xml.index(b"<sheets>")] + b"<sheets/>" + xml[xml.index(b"</sheets>") + 9 :]
    ),
    "Thiếu trang",
)
