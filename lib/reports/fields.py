"""The fields of the Word templates: what each is called, what it holds, and the values for one document.

Names are Vietnamese without accents: whoever changes a template writes them. docs/mau-van-ban.md lists them.
"""

import re
from collections.abc import Mapping

from lib import words
from lib.reports.letters import Letter, opening, requests, subject
from lib.reports.outline import Outline
from lib.reports.phrases import amount
from lib.reports.scope import Scope
from lib.reports.tables import FigureRow, TaskRow
from lib.text import fold, one_line
from lib.words import day
from lib.workbook.register import Register

SAMPLE_LINE = "SỐ LIỆU MINH HỌA - KHÔNG DÙNG ĐỂ BÁO CÁO, ĐÁNH GIÁ"

COMMON = {
    "co_quan_chu_quan": "cơ quan chủ quản, chữ in hoa",
    "co_quan": "tên cơ quan, chữ in hoa",
    "ten_co_quan": "tên cơ quan, như ghi trong sổ",
    "dia_danh": "địa danh",
    "ten_ke_hoach": "tên kế hoạch",
    "ngay_chot": "ngày chốt số liệu, dạng 30/06/2026",
    "dong_so_lieu": "câu “Số liệu chốt đến ngày ...; phiên bản ...”",
    "minh_hoa": "dòng báo số liệu minh họa; trống khi số liệu là chính thức",
    "kinh_gui": "danh sách nơi kính gửi",
    "trich_yeu": "trích yếu nội dung",
    "mo_dau": "đoạn mở đầu",
    "ket_thuc": "câu kết, có dấu “./.”",
    "chuc_vu": "danh sách các dòng chức vụ người ký, chữ in hoa",
    "nguoi_ky": "họ tên người ký",
    "noi_luu": "nơi lưu, ví dụ: VT, TTB",
}
"""Fields of every template."""

REPORT = COMMON | {
    "ky_bao_cao": "kỳ báo cáo bằng chữ, ví dụ: quý II năm 2025",
    "noi_dung": "danh sách các đoạn của bốn phần; mỗi đoạn có kieu (phan, muc, tieu_muc, doan, y_dau, y, y_nho) và chu",
    "bang_so_lieu": "các dòng của bảng tổng hợp; mỗi dòng có ten, la_nhom và các số như dưới đây",
    "bang_nhiem_vu": (
        "các dòng của bảng nhiệm vụ; mỗi dòng có muc, nhiem_vu (dòng tiêu đề) hoặc nam, phong, han, hoan_thanh, "
        "trang_thai, ket_qua, van_ban"
    ),
    "so_luot": "tổng số lượt",
    "so_dung_han": "số lượt hoàn thành đúng hạn",
    "so_hoan_thanh_qua_han": "số lượt hoàn thành quá hạn",
    "so_trong_han": "số lượt trong hạn",
    "so_qua_han": "số lượt quá hạn",
    "so_tam_hoan": "số lượt tạm hoãn",
    "so_chua_den_ky": "số lượt chưa đến kỳ",
    "so_chua_bao_cao": "số lượt chưa có báo cáo",
    "ty_le": "tỷ lệ hoàn thành trên số đến hạn",
    "qua_han_lau_nhat": "số ngày quá hạn lâu nhất",
}
"""Fields of the report."""

LETTER = COMMON | {
    "don_vi": "đơn vị được đôn đốc",
    "lan": "lần đôn đốc, số",
    "han_tra_loi": "hạn trả lời, dạng 05/12/2026",
    "nhiem_vu": ("danh sách nhiệm vụ quá hạn; mỗi dòng có tt, ma, ten, nam, han, so_ngay, lan, tinh_hinh"),
    "yeu_cau": "danh sách điều đề nghị",
}
"""Fields of the reminder letter."""

FIGURES = {
    "so_luot": "total",
    "so_dung_han": "done_on_time",
    "so_hoan_thanh_qua_han": "done_late",
    "so_trong_han": "within",
    "so_qua_han": "overdue",
    "so_tam_hoan": "suspended",
    "so_chua_den_ky": "upcoming",
    "so_chua_bao_cao": "no_report",
    "ty_le": "completion_rate",
    "qua_han_lau_nhat": "longest_overdue_days",
}
"""Each figure's field and its name in `summary`."""

Fields = Mapping[str, object]


def report_fields(found: Outline) -> Fields:
    """The values of `REPORT` for one report."""
    return {
        **_common(found.scope),
        "kinh_gui": recipients(found.scope.plan.recipient),
        "trich_yeu": found.summary,
        "mo_dau": found.opening,
        "ket_thuc": found.closing,
        "ky_bao_cao": found.scope.period.words,
        "noi_dung": [{"kieu": block.kind.value, "chu": block.text} for block in found.blocks],
        "bang_so_lieu": [_figure_row(row) for row in found.figures],
        "bang_nhiem_vu": [_task_row(row) for row in found.tasks],
        **_figures(found.scope.counts),
    }


def letter_fields(letter: Letter, scope: Scope) -> Fields:
    """The values of `LETTER` for one letter."""
    return {
        **_common(scope),
        "kinh_gui": [letter.addressee],
        "trich_yeu": subject(letter),
        "mo_dau": opening(letter, scope),
        "ket_thuc": f"Đề nghị {letter.addressee} quan tâm, thực hiện./.",
        "don_vi": letter.addressee,
        "lan": str(letter.reminder),
        "han_tra_loi": day(letter.answer_by),
        "nhiem_vu": [_late(number, task) for number, task in enumerate(letter.tasks, 1)],
        "yeu_cau": requests(letter, scope),
    }


def _common(scope: Scope) -> dict[str, object]:
    plan = scope.plan
    return {
        "co_quan_chu_quan": one_line(plan.parent_agency).upper(),
        "co_quan": one_line(plan.agency).upper(),
        "ten_co_quan": one_line(plan.agency),
        "dia_danh": one_line(plan.place) or "…………",
        "ten_ke_hoach": one_line(plan.title),
        "ngay_chot": day(scope.as_of),
        "dong_so_lieu": scope.data_line,
        "minh_hoa": SAMPLE_LINE if plan.sample else "",
        "chuc_vu": signer_lines(plan.signer_title),
        "nguoi_ky": one_line(plan.signer),
        "noi_luu": _kept_at(plan.coordinator, scope.register),
    }


def recipients(typed: str) -> list[str]:
    """The names in `Cơ quan nhận báo cáo`, several of them between semicolons or on lines of their own."""
    return [name for part in re.split(r"[;\n]", typed) if (name := one_line(part))]


_ON_BEHALF = re.compile(r"(KT|TM|TL|TUQ|Q)\s*\.\s*[^,;\n]*[,;\n]", re.IGNORECASE)


def signer_lines(typed: str) -> list[str]:
    """`KT. TRƯỞNG BAN, PHÓ TRƯỞNG BAN` as two lines in capitals: who is signed for, and who signs."""
    lines: list[str] = []
    for part in re.split(r"[;\n]", typed):
        rest = part.strip()
        while found := _ON_BEHALF.match(f"{rest},"):
            lines.append(one_line(rest[: found.end() - 1]))
            rest = rest[found.end() :].strip()
        lines.append(one_line(rest))
    return [line.upper() for line in lines if line]


def _kept_at(coordinator: str, register: Register) -> str:
    """`VT` and whoever drew the document up, abbreviated as the workbook does."""
    units = register.units
    short = {fold(unit): short for unit, short in zip(units["unit"], units["abbreviation"], strict=True) if short}
    name = one_line(coordinator)
    return f"VT, {short.get(fold(name), name).split(';')[0].strip()}" if name else "VT"


def _figures(figures: dict) -> dict[str, str]:
    return {
        name: words.rate(figures[key]) if key == "completion_rate" else words.number(figures[key])
        for name, key in FIGURES.items()
    }


def _figure_row(row: FigureRow) -> dict[str, object]:
    return {"ten": row.name, "la_nhom": row.band} | (_figures(row.figures) if row.figures else {})


def _task_row(row: TaskRow) -> dict[str, str]:
    names = ("muc", "nhiem_vu", "nam", "phong", "han", "hoan_thanh", "trang_thai", "ket_qua", "van_ban")
    return dict(zip(names, vars(row).values(), strict=True))


def _late(number: int, task: object) -> dict[str, str]:
    return {
        "tt": amount(number),
        "ma": task.task,
        "ten": task.name,
        "nam": str(task.year),
        "han": day(task.due_on),
        "so_ngay": words.number(task.days),
        "lan": str(task.reminder),
        "tinh_hinh": task.reported,
    }
