"""Values that an office or an attacker may leave in a cell: each is read for what it is, or told at its cell."""

import datetime as dt
import io
import unicodedata

import openpyxl

from tests.hostile import seeds
from tests.hostile.case import Table, book, with_cell
from tests.hostile.case_sheets import changed_by_openpyxl
from tests.hostile.oracle import Verdict
from tests.workbooks import INFO, TASKS, UNITS, models, progress

DAMAGED = "bị hỏng"
LONG = 30_000
table = Table()


def report(address: str, cell: str) -> bytes:
    """The ordinary workbook with the XML of one cell of `Tiến độ` changed: B the year, D the state, F the day done."""
    return with_cell("Tiến độ", address, cell)


def number(value: str, kind: str = "", style: str = "") -> str:
    """A cell that holds `value` as a number, or as another type."""
    return f'<c r="A"{style}{f" t={chr(34)}{kind}{chr(34)}" if kind else ""}><v>{value}</v></c>'


def inline(text: str) -> str:
    """A cell that holds a text of its own, as XML."""
    return f'<c r="A" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def named(text: str) -> bytes:
    """The ordinary workbook with `text` as the name of a section."""
    return with_cell("Mục", "B2", inline(text))


def timed(words: str) -> bytes:
    """The ordinary workbook with `words` as the time of a task."""
    return with_cell("Nhiệm vụ", "F2", inline(words))


def in_1904() -> bytes:
    """The same days counted from 1904."""
    opened = openpyxl.load_workbook(io.BytesIO(seeds.seed("xlsx")))
    opened.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    target = io.BytesIO()
    opened.save(target)
    return target.getvalue()


def extra_sheet(opened) -> None:
    """A sheet for people that has nothing to do with the register."""
    opened.create_sheet("Ghi chú của tôi", 0).append(["Năm", "Mã nhiệm vụ", dt.date(2026, 1, 1)])


DATE = ' s="1"'
for value in ("0", "-1", "9999", "10000", "2022.5", "1e308", "-1e308", "1e309", "NaN", "inf", "99999999999999999999"):
    table.problems(f"{value} for a year", lambda value=value: report("B2", number(value)), "không phải là năm")
table.problems("a year that is true", lambda: report("B2", number("1", "b")), "không phải là năm")
table.accepted("a year in digits of another script", lambda: report("B2", inline("٢٠٢٢")))
table.accepted("a year as a text", lambda: report("B2", inline(" Năm 2022. ")))
table.accepted(
    "a year with signs nobody sees", lambda: report("B2", inline("\u200e2022\u200f".strip("\u200e\u200f") + "\u200b"))
)
table.accepted(
    "a year with marks of direction", lambda: report("B2", inline("\u202e2022\u202c")), "ký tự đổi chiều chữ"
)
for value in ("0", "0.5", "-5", "2958465", "2958466", "1e12", "1e308", "NaN", "1e-320"):
    table.problems(f"{value} for a day", lambda value=value: report("F2", number(value, style=DATE)), "")
table.refused(
    "a day before all time", lambda: report("F2", number("-1e12", style=DATE)), "bị hỏng hoặc có cấu trúc bất thường"
)
table.problems("a day of year 1", lambda: report("F2", inline("31/12/0001")), "lịch")
table.problems("a day that no year has", lambda: report("F2", inline("31/02/2026")), "Không có ngày")
table.problems("a day with the month first", lambda: report("F2", inline("12/31/2022")), "Không có ngày")
table.problems("a day in words", lambda: report("F2", inline("hôm qua")), "không đọc được là ngày")
table.problems(
    "a moment of ISO in a cell of its own type", lambda: report("F2", number("2022-02-30T00:00:00", "d")), ""
)
table.problems("a day of ISO that there is", lambda: report("F2", number("rác", "d")), "")
table.accepted("days of the 1904 system", in_1904)
for value in ("-1", "101", "1e308", "NaN", "inf", "-0.001"):
    table.problems(f"{value} for a share", lambda value=value: report("E2", number(value)), "không hợp lệ")
table.problems("a share that is true", lambda: report("E2", number("1", "b")), "không hợp lệ")
table.accepted("a share as a text", lambda: report("E2", inline("100 %")))
table.accepted("a share of 1e-300", lambda: report("E3", number("1e-300")))
table.problems("a number that is none", lambda: report("B2", number("abc")), "“abc” không phải là năm")
table.refused("a shared text that there is not", lambda: report("B2", number("99", "s")), DAMAGED)
table.refused("a shared text of number -1", lambda: report("B2", number("-1", "s")), DAMAGED)
table.refused("a cell of no known type", lambda: report("B2", number("2022", "zz")), DAMAGED)
table.problems("every error of Excel", lambda: report("B2", number("#DIV/0!", "e")), "báo lỗi #DIV/0!")
table.refused("an error that Excel made later", lambda: report("B2", number("#SPILL!", "e")), "lỗi công thức “#SPILL!”")
table.problems(
    "an error whose value keeps its spaces",
    lambda: report("B2", '<c r="A" t="e"><v xml:space="preserve">#REF!</v></c>'),
    "báo lỗi #REF!",
)
table.problems(
    "a formula that was never calculated", lambda: report("B2", '<c r="A"><f>2000+22</f></c>'), "chưa được tính"
)
table.problems(
    "a formula of an array, never calculated",
    lambda: report("B2", '<c r="A"><f t="array" ref="B2:B3">X1</f><v></v></c>'),
    "chưa được tính",
)
table.accepted("a formula with its value", lambda: report("B2", '<c r="A"><f>2000+22</f><v>2022</v></c>'))
table.accepted(
    "a shared formula with its value", lambda: report("B2", '<c r="A"><f t="shared" si="0"/><v>2022</v></c>')
)
table.accepted(
    "a formula that calls a program", lambda: report("J2", '<c r="A" t="str"><f>cmd|\' /C calc\'!A0</f><v>x</v></c>')
)
table.accepted(
    "a text of rich runs",
    lambda: with_cell(
        "Mục",
        "B2",
        '<c r="A" t="inlineStr"><is><r><rPr><b/></rPr><t>Triển</t></r><r><t> khai</t></r></is></c>',
    ),
)
table.accepted(
    "a text with its phonetic",
    lambda: with_cell(
        "Mục", "B2", '<c r="A" t="inlineStr"><is><t>Triển khai</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
    ),
)
for name, text in {
    "NUL": "_x0000_",
    "bell and escape": "_x0007__x001b_[31m",
    "half of a pair": "_xD800_",
    "an escape escaped": "_x005F_x0041_",
    "marks of direction": "\u202egnad\u202c \u200f",
    "signs nobody sees": "\u200b\ufeff\u00ad",
    "an emoji": "🏳️‍🌈",
    "letters beyond all": "&#x10FFFD;&#xFFFD;",
    "hundreds of accents": "a" + "\u0301" * 500,
    "markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "a formula": "=HYPERLINK(&quot;http://x.example&quot;)",
    "SQL": "'; DROP TABLE versions; --",
    "a template": "{{ 7*7 }}{% raw %}",
    "a path": "../../../../etc/passwd",
    "NFD": unicodedata.normalize("NFD", "Tuyên truyền"),
    "line breaks": "a&#13;&#10;b&#11;c\u2028d",
}.items():
    table.accepted(f"{name} for a text", lambda text=text: named(text))
table.problems("nothing but blanks for a name", lambda: named("\u00a0 \u3000"), "Không có mục “1”")
table.refused("a sign that XML has not", lambda: named("&#0;"), DAMAGED)
table.refused("half of a pair as XML writes signs", lambda: named("&#xD800;"), DAMAGED)
table.problems("NUL within a code", lambda: with_cell("Nhiệm vụ", "A2", inline("1_x0000_")), "")
table.problems(
    "a code that became a number", lambda: with_cell("Nhiệm vụ", "A2", number("2.1")), "đã bị bảng tính đổi thành số"
)
table.problems(
    "a code that became a day",
    lambda: with_cell("Nhiệm vụ", "A2", number("45000", style=DATE)),
    "đã bị bảng tính đổi thành",
)
table.problems("a code of 1e300", lambda: with_cell("Nhiệm vụ", "A2", number("1e300")), "")
table.problems("two equal codes", lambda: with_cell("Nhiệm vụ", "A3", inline("1")), "Mỗi mã chỉ một dòng")
table.problems("a state nobody knows", lambda: report("D2", inline("Done")), "không phải trạng thái")
table.problems(
    "a unit nobody knows", lambda: with_cell("Nhiệm vụ", "E3", inline("Phòng X")), "Không có đơn vị “Phòng X”"
)
table.problems("a column twice", lambda: with_cell("Tiến độ", "C1", inline("năm")), "Cột “Năm” có hai lần")
table.problems(
    "a header in NFD, misspelt",
    lambda: with_cell("Tiến độ", "D1", inline(unicodedata.normalize("NFD", "Trạng thai"))),
    "Có phải cột",
)
table.accepted("a sheet that nobody asked for", lambda: changed_by_openpyxl(extra_sheet))
for name, words in {
    "blanks": " " * LONG,
    "digits": "1" * LONG,
    "slashes": "1/" * (LONG // 2),
    "quotation marks": "“" * LONG,
    "dashes": " - " * (LONG // 3),
    "quarters": "quý " * (LONG // 4),
    "beginnings": "hoàn thành " * (LONG // 11),
    "and": " và" * (LONG // 3),
    "points": "." * LONG,
}.items():
    table.add(
        f"{LONG} letters of {name} for a time",
        lambda words=words: timed(words),
        Verdict.PROBLEMS if name == "slashes" else Verdict.ACCEPTED,
    )
    table.problems(
        f"{LONG} letters of {name} for a unit",
        lambda words=words: with_cell("Nhiệm vụ", "E3", inline("x" + words + "x")),
        "Không có đơn vị",
    )
    table.problems(f"{LONG} letters of {name} for a day", lambda words=words: report("F2", inline("x" + words)), "")
    table.problems(
        f"{LONG} letters of {name} for a state",
        lambda words=words: report("D2", inline("x" + words)),
        "không phải trạng thái",
    )
table.problems(
    "a hundred units that follow each other in a circle",
    lambda: book(UNITS + "".join(f"U{at} | | | U{(at + 1) % 100} |\n" for at in range(100))),
    "vòng quanh",
)
table.accepted(
    "a thousand groups of groups",
    lambda: book(UNITS + "".join(f"U{at} | | | | U{at + 1}\n" for at in range(1_200)) + "U1200 | | | |\n"),
)
table.problems(
    "five hundred units that nobody knows",
    lambda: book(progress(*(f"2.1.1 | {2000 + at} | | | | | | | | | | Phòng số {at}" for at in range(500)))),
    "Không có đơn vị",
)
table.problems(
    "a plan of 300 years",
    lambda: book(INFO.replace("2022", "1900").replace("2026", "2199"), progress("2.1.1 | 2300")),
    "không phải là năm",
)
table.problems("a plan whose years are reversed", lambda: book(INFO.replace("2022", "2027")), "sau Năm kết thúc")
table.problems("a target of 1e308", lambda: with_cell("Thông tin", "B5", number("1e308")), "")
table.problems(
    "two models of one name but for case",
    lambda: book(models("Mô hình A | 2022", "MÔ HÌNH A. | 2022")),
    "Mỗi mô hình mỗi năm một dòng",
)
table.problems(
    "a heading, a band and a signature, with a year on it",
    lambda: book(TASKS, progress("A. Phần đầu", "2.1.1 | 2022 | | Đang thực hiện", " | 2023 | | Đang thực hiện")),
    "",
)
