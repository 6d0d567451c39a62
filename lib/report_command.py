"""The command that makes documents without the page: `run.py report`, for a scheduled job."""

import argparse
import datetime as dt
import sys
from pathlib import Path

from lib import clock, store
from lib.arguments import Parser
from lib.errors import DashboardError
from lib.reports import making, periods
from lib.reports.last_meeting import last_meeting
from lib.reports.letters import ANSWER_DAYS
from lib.reports.making import DocumentKind, File, Material
from lib.reports.scope import Scope
from lib.store import Store, Version
from lib.words import OFFICE_ZONE
from lib.workbook.limits import Limits
from lib.workbook.register import Register


def add_arguments(parser: Parser) -> None:
    """What to make, of which period and day, and where to put it."""
    kinds = [kind.value for kind in DocumentKind]
    parser.add_argument("--kind", required=True, choices=kinds, metavar="LOẠI", help=f"một trong: {', '.join(kinds)}")
    parser.add_argument(
        "--period", metavar="KỲ", help="2025, 2025-H1, 2025-Q2, 2025-06, 2022-2026; mặc định: cả giai đoạn"
    )
    parser.add_argument("--as-of", type=a_day, metavar="YYYY-MM-DD", help="ngày chốt số liệu; mặc định: hôm nay")
    parser.add_argument("--answer-by", type=a_day, metavar="YYYY-MM-DD", help="hạn trả lời ghi trong công văn đôn đốc")
    parser.add_argument("--file", type=Path, metavar="TỆP", help="lấy số liệu từ sổ này; mặc định: số liệu đang dùng")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="THƯ_MỤC", help="nơi ghi các tệp; tệp trùng tên bị ghi đè"
    )


def a_day(text: str) -> dt.date:
    """A day as `2026-06-30`."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” không phải ngày; ghi dạng 2026-06-30") from None


def make(
    options: argparse.Namespace,
    register: Register,
    version: Version | None,
    data: bytes,
    kept: Store,
    limits: Limits,
) -> None:
    """Write the files and print their paths; `version` is None for a file that is none, whose bytes are `data`."""
    scope = _scope(options, register, version, data)
    made = making.make(DocumentKind(options.kind), scope, _material(options, scope, version, kept, limits))
    for said in made.complaints:
        print(said, file=sys.stderr)
    if not made.files:
        print("Không có phòng nào có nhiệm vụ quá hạn nên không có công văn đôn đốc.", file=sys.stderr)
    for path in _written(made.files, options.out):
        print(path)


def _scope(options: argparse.Namespace, register: Register, version: Version | None, data: bytes) -> Scope:
    plan = register.plan
    period = periods.parse(options.period, plan) if options.period else periods.whole(plan)
    as_of = options.as_of or clock.today()
    if version:
        return Scope(register, as_of, period, f"phiên bản {version.label}", f"pb{version.number}")
    code = store.code_of(store.digest_of(data))
    return Scope(register, as_of, period, f"tệp {options.file.name}, mã {code}", code)


def _material(
    options: argparse.Namespace, scope: Scope, version: Version | None, kept: Store, limits: Limits
) -> Material:
    return Material(
        store.own_templates(kept, making.TEMPLATE_FILES),
        store.reminded(kept, scope.plan.sample),
        options.answer_by or scope.as_of + dt.timedelta(days=ANSWER_DAYS),
        (version and version.published_at) or dt.datetime.combine(scope.as_of, dt.time(), OFFICE_ZONE),
        version.number if version else 0,
        lambda: last_meeting(kept, scope, limits),
    )


def _written(files: list[File], folder: Path) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file.name).write_bytes(file.data)
    except OSError as error:
        message = f"Không ghi được vào {folder}. Chọn thư mục khác, hoặc đóng tệp đang mở rồi chạy lại."
        raise DashboardError(message) from error
    return [folder / file.name for file in files]
