"""The built-in Word templates: ordinary documents with fields, in the layout of administrative documents.

`python -m lib.reports.templates FOLDER` writes them as files, which is how `data/templates` was made.
"""

import io
import sys
from functools import cache
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from lib.reports.docx_parts import (
    CENTRE,
    LEFT,
    RIGHT,
    Table,
    add_styles,
    number_pages,
    paragraph,
    rule,
    sample_line,
    table,
)
from lib.reports.tables import FIGURE_HEADERS

REPORT_FILE, LETTER_FILE = "bao-cao.docx", "cong-van-don-doc.docx"
_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BLANKS = "số            /BC-            ngày       tháng       năm           "
"""Number and date, which the clerk fills in."""
_LETTERHEAD_WIDTHS, _SIGNING_WIDTHS = (73, 91), (80, 80)


@cache
def built_in(file_name: str) -> bytes:
    """The template that has that file name."""
    document = {REPORT_FILE: _report, LETTER_FILE: _letter}[file_name]()
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _blank() -> Docx:
    """An empty A4 document with our styles and page numbers."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    add_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section)
    number_pages(section)
    sample_line(section)
    return document


def _margins(section: object) -> None:
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)


def _report() -> Docx:
    document = _blank()
    _letterhead(document, "Số:            /BC-", about="")
    _sample_heading(document)
    paragraph(document, "BÁO CÁO", CENTRE, size=14, bold=True, before=12)
    paragraph(document, "{{ trich_yeu }}", CENTRE, size=14, bold=True)
    rule(document, left=55, right=55)
    _dear(document)
    paragraph(document, "{{ mo_dau }}", style="VB Đoạn")
    paragraph(document, "{{ dong_so_lieu }}", style="VB Đoạn", italic=True)
    _blocks(document)
    paragraph(document, "{{ ket_thuc }}", style="VB Đoạn").paragraph_format.keep_with_next = True
    _signing(document)
    _figures_appendix(document)
    _tasks_appendix(document)
    return document


def _letter() -> Docx:
    document = _blank()
    _letterhead(document, "Số:            /", about="{{ trich_yeu }}")
    _sample_heading(document)
    _dear(document)
    paragraph(document, "{{ mo_dau }}", style="VB Đoạn")
    _late_tasks(document)
    paragraph(document, "{{ dong_so_lieu }}", LEFT, size=12, italic=True, before=3)
    asked = paragraph(document, "{{ ten_co_quan }} đề nghị {{ don_vi }}:", style="VB Đoạn", before=6)
    asked.paragraph_format.keep_with_next = True
    paragraph(document, "{%p for dieu in yeu_cau %}")
    paragraph(document, "{{ dieu }}", style="VB Đoạn")
    paragraph(document, "{%p endfor %}")
    paragraph(document, "{{ ket_thuc }}", style="VB Đoạn").paragraph_format.keep_with_next = True
    _signing(document)
    return document


def _letterhead(document: Docx, number: str, about: str) -> None:
    """Agency and number on the left, country, place and date on the right; both left blank where a clerk fills in."""
    made = table(document, 2, _LETTERHEAD_WIDTHS, padded=False)
    left, right = made.cells(0)
    paragraph(left, "{%p if co_quan_chu_quan %}")
    paragraph(left, "{{ co_quan_chu_quan }}", CENTRE, size=12)
    paragraph(left, "{%p endif %}")
    paragraph(left, "{{ co_quan }}", CENTRE, size=12, bold=True)
    rule(left, left=24, right=24)
    paragraph(right, _MOTTO[0], CENTRE, size=12, bold=True)
    paragraph(right, _MOTTO[1], CENTRE, size=13, bold=True)
    rule(right, left=18.5, right=18.5)
    left, right = made.cells(1)
    paragraph(left, number, CENTRE, size=13)
    if about:
        paragraph(left, about, CENTRE, size=12)
    paragraph(right, "{{ dia_danh }}, ngày       tháng       năm           ", CENTRE, size=13, italic=True)


def _sample_heading(document: Docx) -> None:
    paragraph(document, "{%p if minh_hoa %}")
    paragraph(document, "{{ minh_hoa }}", CENTRE, size=13, bold=True, before=12)
    paragraph(document, "{%p endif %}")


def _dear(document: Docx) -> None:
    """Kính gửi: on one line for one recipient, a list for several, nothing for none."""
    paragraph(document, "{%p if kinh_gui | length == 1 %}")
    paragraph(document, "Kính gửi: {{ kinh_gui[0] }}", CENTRE, size=14, before=12, after=6)
    paragraph(document, "{%p elif kinh_gui %}")
    paragraph(document, "Kính gửi:", LEFT, size=14, before=12, indent=35)
    paragraph(document, "{%p for noi in kinh_gui %}")
    paragraph(document, "- {{ noi }};", LEFT, size=14, indent=50)
    paragraph(document, "{%p endfor %}")
    paragraph(document, "{%p endif %}")


def _blocks(document: Docx) -> None:
    """The four parts: every block in the style of its kind."""
    styles = {"phan": "VB Phần", "muc": "VB Mục", "tieu_muc": "VB Tiểu mục"}
    styles |= {"y_dau": "VB Ý đầu", "y": "VB Ý", "y_nho": "VB Ý nhỏ"}
    paragraph(document, "{%p for doan in noi_dung %}")
    word = "if"
    for kind, style in styles.items():
        paragraph(document, f"{{%p {word} doan.kieu == '{kind}' %}}")
        paragraph(document, "{{ doan.chu }}", style=style)
        word = "elif"
    paragraph(document, "{%p else %}")
    paragraph(document, "{{ doan.chu }}", style="VB Đoạn")
    paragraph(document, "{%p endif %}")
    paragraph(document, "{%p endfor %}")


def _signing(document: Docx) -> None:
    """Where it goes on the left, who signs on the right, with room for the signature."""
    paragraph(document, "", size=6).paragraph_format.keep_with_next = True
    left, right = table(document, 1, _SIGNING_WIDTHS, keep_together=True).cells(0)
    paragraph(left, "Nơi nhận:", LEFT, size=12, bold=True, italic=True)
    paragraph(left, "{%p if kinh_gui %}")
    paragraph(left, "- Như trên;", LEFT, size=11)
    paragraph(left, "{%p endif %}")
    paragraph(left, "- Lưu: {{ noi_luu }}.", LEFT, size=11)
    paragraph(right, "{%p for dong in chuc_vu %}")
    paragraph(right, "{{ dong }}", CENTRE, size=14, bold=True)
    paragraph(right, "{%p endfor %}")
    for _ in range(4):
        paragraph(right, "", CENTRE, size=14)
    paragraph(right, "{{ nguoi_ky }}", CENTRE, size=14, bold=True)


def _appendix(document: Docx, number: str, title: str) -> None:
    """A landscape page of its own with pages of its own, named after the report it belongs to."""
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    _margins(section)
    number_pages(section, again=True)
    paragraph(document, f"Phụ lục {number}", CENTRE, size=14, bold=True)
    paragraph(document, title, CENTRE, size=14, bold=True)
    paragraph(document, f"(Kèm theo Báo cáo {_BLANKS} của {{{{ ten_co_quan }}}})", CENTRE, size=13, italic=True)
    _sample_heading(document)
    paragraph(document, "{{ dong_so_lieu }}", CENTRE, size=12, italic=True, after=6)


def _figures_appendix(document: Docx) -> None:
    _appendix(document, "I", "TỔNG HỢP KẾT QUẢ THỰC HIỆN")
    widths = (67, *[18] * len(FIGURE_HEADERS))
    made = table(document, 6, widths, grid=True)
    made.head(["Nội dung", *FIGURE_HEADERS.values()], size=11)
    made.tag(1, "{%tr for dong in bang_so_lieu %}")
    made.tag(2, "{%tr if dong.la_nhom %}")
    made.band(3, "{{ dong.ten }}", size=11, bold=True)
    made.tag(4, "{%tr else %}")
    _figure_cells(made)


def _figure_cells(made: Table) -> None:
    names = ("so_luot", "so_dung_han", "so_hoan_thanh_qua_han", "so_trong_han", "so_qua_han", "so_tam_hoan")
    names += ("so_chua_den_ky", "so_chua_bao_cao", "ty_le", "qua_han_lau_nhat")
    made.row(5, ["{{ dong.ten }}", *(f"{{{{ dong.{name} }}}}" for name in names)], [LEFT, *[RIGHT] * len(names)], 11)
    made.add_tag("{%tr endif %}")
    made.add_tag("{%tr endfor %}")


def _tasks_appendix(document: Docx) -> None:
    _appendix(document, "II", "KẾT QUẢ THỰC HIỆN TỪNG NHIỆM VỤ")
    columns = {
        "Năm": ("nam", 13, CENTRE),
        "Phòng tham mưu": ("phong", 37, LEFT),
        "Hạn": ("han", 23, CENTRE),
        "Hoàn thành": ("hoan_thanh", 23, CENTRE),
        "Trạng thái": ("trang_thai", 34, LEFT),
        "Kết quả, sản phẩm": ("ket_qua", 72, LEFT),
        "Văn bản minh chứng": ("van_ban", 45, LEFT),
    }
    made = table(document, 8, tuple(width for _, width, _ in columns.values()), grid=True)
    made.head(list(columns), size=11)
    made.tag(1, "{%tr for dong in bang_nhiem_vu %}")
    made.tag(2, "{%tr if dong.muc %}")
    made.band(3, "{{ dong.muc }}", size=11, bold=True)
    made.tag(4, "{%tr elif dong.nhiem_vu %}")
    made.band(5, "{{ dong.nhiem_vu }}", size=11, italic=True)
    made.tag(6, "{%tr else %}")
    cells = [f"{{{{ dong.{name} }}}}" for name, _, _ in columns.values()]
    made.row(7, cells, [where for _, _, where in columns.values()], 11)
    made.add_tag("{%tr endif %}")
    made.add_tag("{%tr endfor %}")


def _late_tasks(document: Docx) -> None:
    columns = {
        "TT": ("tt", 11, CENTRE),
        "Nhiệm vụ": ("ma }}. {{ viec.ten", 49, LEFT),
        "Năm": ("nam", 14, CENTRE),
        "Hạn hoàn thành": ("han", 24, CENTRE),
        "Quá hạn (ngày)": ("so_ngay", 16.5, CENTRE),
        "Lần đôn đốc": ("lan", 12.5, CENTRE),
        "Tình hình đã báo cáo": ("tinh_hinh", 33, LEFT),
    }
    made = table(document, 3, tuple(width for _, width, _ in columns.values()), grid=True)
    made.head(list(columns), size=12)
    made.tag(1, "{%tr for viec in nhiem_vu %}")
    cells = [f"{{{{ viec.{name} }}}}" for name, _, _ in columns.values()]
    made.row(2, cells, [where for _, _, where in columns.values()], 12)
    made.add_tag("{%tr endfor %}")


def main(folder: Path) -> None:
    """Write every built-in template into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (REPORT_FILE, LETTER_FILE):
        (folder / name).write_bytes(built_in(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
