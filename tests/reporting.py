"""Scopes to make documents of, and a workbook of three hundred tasks."""

import datetime as dt

from lib.reports import periods
from lib.reports.scope import Scope
from tests.workbooks import INFO, PROGRESS_HEADER, register

DAY = dt.date(2026, 11, 25)
SIGNED = INFO + (
    "Cơ quan chủ quản | UBND tỉnh Quảng Ngãi\n"
    "Địa danh | Quảng Ngãi\n"
    "Cơ quan nhận báo cáo | Ban Dân vận Tỉnh ủy\n"
    "Đơn vị tổng hợp | Thanh tra Ban\n"
    "Chức vụ người ký | KT. TRƯỞNG BAN, PHÓ TRƯỞNG BAN\n"
    "Người ký | Đỗ Minh Hải\n"
)


def scope(*changed: str, period: str = "2022-2026", as_of: dt.date = DAY) -> Scope:
    """The ordinary workbook with `changed` sheets, its letterhead filled in."""
    found = register(SIGNED, *changed)
    return Scope(found, as_of, periods.parse(period, found.plan), "phiên bản 7 (3F9A-21C7)", "pb7")


def large(tasks: int = 300) -> list[str]:
    """Sheets of a plan of so many tasks, every one reported each year in one of several ways."""
    plan = ["# Nhiệm vụ", "Mã | Mã mục | Nội dung nhiệm vụ | Cơ quan, đơn vị thực hiện | Phòng tham mưu | "
            "Thời gian thực hiện"]  # fmt: skip
    leads = ("Thanh tra Ban", "Văn phòng", "Phòng Chính sách dân tộc", "", "Thanh tra Ban; Văn phòng")
    plan += [
        f"2.1.{number} | 2.1 | Nội dung của nhiệm vụ thứ {number} trong kế hoạch | | {leads[number % 5]} | thường xuyên"
        for number in range(1, tasks + 1)
    ]
    done = "Hoàn thành | 100 | {day}/12/{year}! | Đã làm xong phần việc của năm {year} | Báo cáo {number}"
    ways = (done, "Đang thực hiện | 40 | | Đang làm | | Thiếu kinh phí | Cấp kinh phí", "", done, "Chưa thực hiện")
    rows = [
        f"2.1.{number} | {year}! | | "
        + ways[(number + year) % 5].format(day=10 + number % 15, year=year, number=number)
        for number in range(1, tasks + 1)
        for year in range(2022, 2027)
    ]
    return ["\n".join(plan) + "\n", "\n".join(["# Tiến độ", PROGRESS_HEADER, *rows]) + "\n"]
