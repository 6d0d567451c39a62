"""The commands for people, scripts and tests: `check`, `summary`, `template`, `report`, `account`, `backup`,
`restore-backup`. `run.py` passes them on.

Exit codes: 0 no errors, 1 the workbook has errors, 2 it is no workbook that can be read, 3 a bug of
ours. See docs/lenh.md.
"""

import argparse
import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from lib import account_commands, clock, report_command, settings, store, summary, words
from lib.arguments import Parser
from lib.errors import DashboardError, UnreadableWorkbook
from lib.text import for_terminal
from lib.workbook import form
from lib.workbook.limits import Limits
from lib.workbook.problems import Problem, Severity
from lib.workbook.reader import Reading, read

OK, HAS_ERRORS, UNREADABLE, BUG, INTERRUPTED = 0, 1, 2, 3, 130
ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Run one command; its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except DashboardError as error:
        return _fail(str(error), json_wanted=getattr(options, "json", False))


def _fail(message: str, *, json_wanted: bool) -> int:
    if json_wanted:
        problem = {"severity": "error", "rule": "unreadable", "sheet": "", "cell": "", "message": message}
        _print_json({"ok": False, "problems": [problem]})
    print(message, file=sys.stderr)
    return UNREADABLE


def _parser() -> Parser:
    parser = Parser(prog="run.py", description="Kiểm tra và tính số liệu của sổ theo dõi.")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    _add_check(commands.add_parser("check", help="nêu các lỗi của một sổ theo dõi"))
    _add_summary(commands.add_parser("summary", help="tính các con số"))
    _add_template(commands.add_parser("template", help="tạo sổ mẫu từ kế hoạch"))
    _add_report(commands.add_parser("report", help="lập báo cáo, công văn đôn đốc, trình chiếu, sổ số liệu, lịch"))
    account_commands.add_parser(commands.add_parser("account", help="thêm, xem, khóa tài khoản"))
    _add_backup(commands.add_parser("backup", help="sao lưu mọi phiên bản, tài khoản, nhật ký vào một tệp"))
    _add_restore_backup(commands.add_parser("restore-backup", help="dựng lại kho số liệu trống từ bản sao lưu"))
    return parser


def _add_check(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="sổ theo dõi cần kiểm tra")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    parser.set_defaults(command=check)


def _add_summary(parser: Parser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="TỆP", help="mặc định: số liệu đang dùng")
    parser.add_argument(
        "--as-of", type=report_command.a_day, metavar="YYYY-MM-DD", help="tính đến ngày này; mặc định: hôm nay"
    )
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    parser.set_defaults(command=summarise)


def _add_template(parser: Parser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="TỆP", help="mặc định: số liệu đang dùng")
    parser.add_argument("--out", type=Path, required=True, metavar="TỆP_MỚI", help="nơi ghi sổ mẫu (.xlsx)")
    parser.add_argument("--with-data", action="store_true", help="giữ cả tiến độ và mô hình đã có")
    parser.set_defaults(command=template)


def _add_report(parser: Parser) -> None:
    report_command.add_arguments(parser)
    parser.set_defaults(command=report)


def _add_backup(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp sao lưu sẽ được tạo; tệp đã có không bị ghi đè")
    parser.set_defaults(command=backup)


def _add_restore_backup(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp sao lưu đã tạo bằng lệnh backup")
    parser.set_defaults(command=restore_backup)


def check(options: argparse.Namespace) -> int:
    """Print the problems of a workbook."""
    reading = _read(options.file)
    _print_problems(reading, options.json)
    return OK if reading.ok else HAS_ERRORS


def summarise(options: argparse.Namespace) -> int:
    """Print the figures of a workbook; its problems instead where it has errors."""
    reading = _read(options.file)
    if reading.register is None:
        _print_problems(reading, options.json)
        return HAS_ERRORS
    figures = summary.figures(reading.register, options.as_of or clock.today())
    if options.json:
        _print_json(figures)
    else:
        _print_figures(figures)
    return OK


def template(options: argparse.Namespace) -> int:
    """Write a workbook of the contract's form: the plan alone, or all that the workbook holds."""
    reading = _read(options.file)
    if reading.register is None:
        _print_problems(reading, json_wanted=False)
        return HAS_ERRORS
    data = form.write(reading.register, blank=not options.with_data)
    try:
        options.out.write_bytes(data)
    except OSError as error:
        message = f"Không ghi được {options.out}. Chọn thư mục khác, hoặc đóng tệp đang mở rồi thử lại."
        raise DashboardError(message) from error
    print(options.out)
    return OK


def report(options: argparse.Namespace) -> int:
    """Make documents of one kind and print where they are; a workbook's problems instead where it has errors."""
    published = None if options.file else store.current(_store())
    data = published.data if published else _bytes(options.file)
    reading = read(data, _limits())
    if reading.register is None:
        _print_problems(reading, json_wanted=False)
        return HAS_ERRORS
    report_command.make(options, reading.register, published and published.version, data, _store(), _limits())
    return OK


def backup(options: argparse.Namespace) -> int:
    """Write everything that is kept into one file, while the server may be running."""
    store.backup(_store(), options.file)
    print(options.file)
    return OK


def restore_backup(options: argparse.Namespace) -> int:
    """Fill an empty store from such a file."""
    the_store = _store()
    store.restore_backup(the_store, options.file)
    print(f"Đã dựng lại kho số liệu từ {options.file}; đang dùng phiên bản {store.current(the_store).version.label}.")
    return OK


def _store() -> store.Store:
    chosen = settings.load(os.environ, ROOT)
    return store.Store(chosen.data_dir, chosen.database_url)


def _read(path: Path | None) -> Reading:
    """The workbook at `path`, or the one in force."""
    return read(store.current(_store()).data if path is None else _bytes(path), _limits())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"Không mở được tệp {path}. Kiểm tra tên tệp và thư mục.") from error


def _limits() -> Limits:
    chosen = settings.load(os.environ, ROOT)
    return Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_problems(reading: Reading, json_wanted: bool) -> None:
    if json_wanted:
        _print_json({"ok": reading.ok, "problems": [problem.as_dict() for problem in reading.problems]})
        return
    for problem in reading.problems:
        print(_line(problem))
    print(f"{len(reading.errors)} lỗi, {len(reading.warnings)} cảnh báo.")


def _line(problem: Problem) -> str:
    kind = "LỖI" if problem.severity == Severity.ERROR else "Cảnh báo"
    place = f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet
    return for_terminal(f"{kind}  {place}  {problem.message}")


_COLUMNS: tuple[tuple[str, str, Callable], ...] = (
    ("total", "Số lượt", words.number),
    ("done_on_time", "Đúng hạn", words.number),
    ("done_late", "Muộn", words.number),
    ("within", "Trong hạn", words.number),
    ("due_soon", "Sắp đến", words.number),
    ("overdue", "Quá hạn", words.number),
    ("suspended", "Tạm hoãn", words.number),
    ("upcoming", "Chưa kỳ", words.number),
    ("no_report", "Chưa b/c", words.number),
    ("completion_rate", "Tỷ lệ", words.rate),
    ("longest_overdue_days", "Lâu nhất", words.number),
)


def _print_figures(figures: dict) -> None:
    print(f"{figures['plan']['agency']} - số liệu chốt đến ngày {words.day(dt.date.fromisoformat(figures['as_of']))}")
    if figures["plan"]["sample"]:
        print("SỐ LIỆU MINH HỌA - không dùng để báo cáo")
    rows = {"Toàn kế hoạch": figures["overall"]}
    rows |= {f"Năm {year}": row for year, row in figures["by_year"].items()}
    rows |= {f"Mục {section}": row for section, row in figures["by_section"].items()}
    rows |= figures["by_department"]
    width = max(map(len, rows))
    print(" " * width + "".join(f"{title:>11}" for _, title, _ in _COLUMNS))
    for name, row in rows.items():
        print(f"{name:<{width}}" + "".join(f"{show(row[key]):>11}" for key, _, show in _COLUMNS))
    _print_models(figures["dan_van_kheo"])


def _print_models(years: dict) -> None:
    print("Mô hình “Dân vận khéo”:")
    for year, row in years.items():
        state = words.MODEL_STATE_LABELS[words.ModelState(row["state"])]
        print(
            f"  {year}: {row['registered']}/{row['target']} đăng ký, {row['registered_on_time']} đúng hạn, "
            f"{row['evaluated']} đã đánh giá - {state}"
        )


def guarded(arguments: list[str]) -> int:
    """`main`, with a bug logged in full and told calmly: its exit code must not say that the workbook has errors."""
    try:
        code = main(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever reads our lines has read enough; what is left would fail again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # whatever else it is, it is a bug: kept whole in the log, said calmly to whoever ran it
        logging.exception("Command failed")
        print("Chương trình gặp lỗi ngoài dự kiến. Gửi các dòng ở trên cho người quản trị.", file=sys.stderr)
        return BUG


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stderr.reconfigure(encoding="utf-8")
    sys.exit(guarded(sys.argv[1:]))
