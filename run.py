"""The only command: makes the environment this program needs, then serves, tests, checks or summarises.

Only the standard library, and only syntax that any Python 3.6 or later can read: an old Python must be able to
print the line below instead of a SyntaxError. Everything people read here is Vietnamese; everything about the
workbook is left to `lib`, run by the Python of `.venv`.
"""

import sys

if sys.version_info < (3, 11):
    OLD_PYTHON = "Cần Python 3.11 trở lên, đang dùng Python {}.{}. Hãy cài bản mới từ python.org rồi chạy lại.\n"
    sys.stderr.buffer.write(OLD_PYTHON.format(*sys.version_info[:2]).encode("utf-8"))
    sys.exit(2)

import argparse
import contextlib
import difflib
import errno
import hashlib
import http.client
import importlib.util
import json
import os
import platform
import re
import signal
import socket
import subprocess
import threading
import time
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = ROOT / ".venv.log"
LOCK = ROOT / ".venv.lock"
# Written after a whole installation; what it says decides whether to install again.
RECORD = VENV / "installed.json"
# Stands while packages are being unpacked: found at the start, it tells of an installation that was cut short.
UNFINISHED = VENV / "unfinished"
WHEELS = ROOT / "wheels"
REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "tests" / "requirements.txt"
BENCH_REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"
STOPPED = 130
HEALTHY_WITHIN_SECONDS = 120

# What `lib.commands` answers.
COMMANDS = ("check", "summary", "template", "report", "account", "backup", "restore-backup")

HELP = """\
Bảng theo dõi tiến độ thực hiện kế hoạch

Cách dùng: python run.py [LỆNH] [TÙY CHỌN]

  serve     Mở bảng theo dõi (mặc định khi không ghi lệnh)
              --port SỐ       cổng, mặc định 8501
              --host ĐỊA_CHỈ  127.0.0.1: chỉ máy này (mặc định); 0.0.0.0: cả mạng nội bộ
              --no-browser    không tự mở trình duyệt
  check     Kiểm tra một tệp số liệu:         python run.py check TỆP [--json]
  summary   In các con số tổng hợp:           python run.py summary [TỆP] [--as-of NĂM-THÁNG-NGÀY] [--json]
  template  Tạo tệp mẫu để nhập số liệu:      python run.py template [TỆP] --out TỆP_MỚI [--with-data]
  report    Lập báo cáo, văn bản:             python run.py report --kind LOẠI [--period KỲ] --out THƯ_MỤC
              LOẠI: report, reminders, slides, workbook, calendar
  account   Tài khoản Thanh tra, người xem:   python run.py account add "HỌ TÊN" [--role inspector|viewer]
              cũng có: account list; account password, lock, unlock "HỌ TÊN"
  backup    Sao lưu mọi phiên bản đã công bố: python run.py backup TỆP
  restore-backup  Dựng lại kho số liệu trống: python run.py restore-backup TỆP
  test      Chạy toàn bộ kiểm thử; những gì ghi thêm được chuyển cho pytest
  pictures  Chụp mọi trang bằng trình duyệt:  python run.py pictures [--out THƯ_MỤC] [--dark] [--guide]
  bench     Đo tốc độ, ghi kết quả:           python run.py bench [PHẦN ...] [--rounds SỐ_LƯỢT]

Lần chạy đầu cài các thư viện vào thư mục .venv, cần mạng hoặc thư mục wheels đặt cạnh run.py.
Mã thoát: 0 thành công; 1 tệp số liệu có lỗi; 2 không thực hiện được; 3 chương trình gặp lỗi; 130 bị ngắt.
"""


class Refusal(Exception):
    """A command that cannot go on; the message is Vietnamese, shown as it is, and the exit code is 2."""


# --- the command line ---------------------------------------------------------------------------------------------


def main(words):
    """Run the command that `words` name and return the exit code."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, _stop)
    try:
        return run_command(words)
    except Refusal as refusal:
        say(refusal)
        return 2
    except KeyboardInterrupt:
        say("Đã dừng.")
        return STOPPED


def run_command(words):
    """The exit code of the command; `serve` when none is named."""
    named = bool(words) and not words[0].startswith("-")
    name, rest = (words[0], words[1:]) if named else ("serve", words)
    if words[:1] in (["-h"], ["--help"], ["help"]) or (name == "serve" and {"-h", "--help"} & set(rest)):
        print(HELP, end="")
        return 0
    if name == "serve":
        return serve(serve_options(rest))
    if name == "test":
        prepare([REQUIREMENTS, TEST_REQUIREMENTS])
        return run(["-m", "pytest", *rest], folder=ROOT)
    if name == "pictures":
        prepare([REQUIREMENTS, TEST_REQUIREMENTS])
        return run(["-m", "tests.pictures", *rest], folder=ROOT)
    if name == "bench":
        prepare([REQUIREMENTS, TEST_REQUIREMENTS, BENCH_REQUIREMENTS])
        return run(["-m", "benchmarks", *rest], folder=ROOT)
    if name in COMMANDS:
        prepare([REQUIREMENTS])
        # In the caller's folder: a relative FILE means the one seen from there.
        return run(["-m", "lib.commands", name, *rest])
    raise Refusal(f"Không có lệnh “{name}”.{_suggestion(name)} Xem cách dùng: python run.py --help")


def _suggestion(name):
    near = difflib.get_close_matches(name, ["serve", "test", "pictures", "bench", *COMMANDS], n=1)
    return f" Có phải là “{near[0]}”?" if near else ""


def serve_options(words):
    """The options of `serve`; Refusal for anything else."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port")
    parser.add_argument("--host")
    parser.add_argument("--no-browser", action="store_true")
    parser.error = _refuse_options
    options, unknown = parser.parse_known_args(words)
    if unknown:
        raise Refusal(f"Không có tùy chọn “{' '.join(unknown)}”. Xem cách dùng: python run.py --help")
    return options


def _refuse_options(_english):
    raise Refusal("Thiếu hoặc thừa giá trị sau --port, --host, --no-browser. Xem cách dùng: python run.py --help")


def say(text):
    """A line for people; standard output is left to what the command itself answers."""
    print(text, file=sys.stderr, flush=True)


class Terminated(KeyboardInterrupt):
    """The system or a service manager asked this program, and it alone, to end."""


def _stop(_signal, _frame):
    raise Terminated


# --- the environment ----------------------------------------------------------------------------------------------


def prepare(wanted):
    """Make `.venv` and install the requirement files `wanted` where they changed; Refusal when that cannot be done."""
    try:
        if _ready(wanted):
            return
        with _one_at_a_time():
            if not _sound():
                _make_venv()
            for file in wanted:
                if not _ready([file]):
                    _install(file)
    except OSError as error:
        raise Refusal(f"Không ghi được vào thư mục {ROOT}: {error}. Hãy kiểm tra quyền ghi rồi chạy lại.") from error


def _ready(wanted):
    """Whether `.venv` holds exactly what the files `wanted` ask for."""
    recorded = _recorded()
    return _sound() and all(recorded.get(_key(file)) == _digest(file) for file in wanted)


def _sound():
    """Whether `.venv` was made by this Python, here, and no installation in it was cut short."""
    return VENV_PYTHON.exists() and _recorded().get("python") == _this_python() and not UNFINISHED.exists()


def _this_python():
    return "{}.{} {} {}".format(*sys.version_info[:2], platform.machine(), sys.base_prefix)


def _key(file):
    return file.relative_to(ROOT).as_posix()


def _digest(file):
    # Line ends must not matter: a copy unpacked by hand on Windows may have others.
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _recorded():
    """What `.venv` says of itself; nothing where it was never finished."""
    try:
        return json.loads(RECORD.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}


def _record(content):
    """Replace the record in one step, so that it is never half written."""
    fresh = RECORD.with_suffix(".new")
    fresh.write_text(json.dumps(content), encoding="utf-8")
    fresh.replace(RECORD)


def _make_venv():
    """An empty `.venv`, whatever lay there before; Refusal when this Python cannot make one."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise Refusal(
            "Python trên máy này thiếu thành phần venv hoặc ensurepip. Trên Debian, Ubuntu hãy chạy: "
            "sudo apt install python3-venv; trên hệ khác hãy cài lại Python từ python.org; rồi chạy lại."
        )
    say("Đang tạo thư mục .venv...")
    # The Python behind a virtual environment, if this one is virtual: `.venv` may be the very one to be replaced.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if _logged([python, "-m", "venv", "--clear", str(VENV)]):
        raise Refusal(f"Không tạo được thư mục .venv trong {ROOT}.{_cause()} Chi tiết: {LOG}")
    _record({"python": _this_python()})


def _install(file):
    """Install exactly the packages of one requirements file, checked by their hashes; Refusal when that fails."""
    say("Đang cài các thư viện (lần đầu có thể mất vài phút)...")
    source = ["--no-index", "--find-links", str(WHEELS)] if WHEELS.is_dir() else []
    options = ["--require-hashes", "--only-binary=:all:", "--no-input", "--disable-pip-version-check", "--retries=2"]
    UNFINISHED.touch()
    failed = _logged([str(VENV_PYTHON), "-m", "pip", "install", *options, *source, "-r", str(file)])
    UNFINISHED.unlink()
    if failed:
        raise Refusal(f"Không cài được các thư viện cần thiết.{_cause()} Chi tiết: {LOG}")
    _record({**_recorded(), _key(file): _digest(file)})


def _logged(command):
    """Run a command of the set-up with its (English) chatter in the log; its exit code."""
    with LOG.open("wb") as log:
        return subprocess.call(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=environment(), cwd=ROOT
        )


# What pip writes when it fails, the first that is found, and what to tell people.
CAUSES = (
    ("No space left|Errno 28", "Ổ đĩa đã đầy: hãy dọn bớt rồi chạy lại."),
    (
        "WinError 5|WinError 32|Permission denied|Access is denied",
        "Thư mục .venv đang bị khóa: hãy tắt bảng theo dõi đang chạy, kiểm tra quyền ghi rồi chạy lại.",
    ),
    (
        "DO NOT MATCH THE HASHES",
        "Có gói không đúng mã kiểm tra, có thể do tải hỏng: hãy chạy lại, hoặc chép lại thư mục wheels.",
    ),
    ("CERTIFICATE_VERIFY_FAILED|SSLError", "Mạng này thay chứng chỉ bảo mật: hãy hỏi cán bộ công nghệ thông tin."),
    (
        "NewConnectionError|NameResolution|Temporary failure in name|getaddrinfo|ProxyError|TimeoutError|"
        "Max retries exceeded|Connection refused|Connection reset|Connection aborted|Network is unreachable",
        "Máy không kết nối được mạng: hãy kiểm tra mạng, hoặc chép thư mục wheels vào cạnh run.py, rồi chạy lại.",
    ),
    (
        "No matching distribution|not a supported wheel",
        "Không có bản thư viện hợp với Python này (nên dùng Python 3.11 đến 3.14), hoặc thư mục wheels chưa đủ gói.",
    ),
)


def _cause():
    """The sentence for what the log shows, after a space; nothing when it shows nothing known."""
    text = LOG.read_text(encoding="utf-8", errors="replace")
    return next((f" {sentence}" for pattern, sentence in CAUSES if re.search(pattern, text, re.IGNORECASE)), "")


@contextlib.contextmanager
def _one_at_a_time():
    """Wait until no other start installs into `.venv`. The system frees the lock of a process that died."""
    with LOCK.open("ab") as file:
        if not _locked(file):
            say("Một lần chạy khác đang cài đặt, xin chờ...")
            while not _locked(file):
                time.sleep(0.5)
        yield


def _locked(file):
    """Try to take the lock; whether it is ours now."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


# --- running ------------------------------------------------------------------------------------------------------

# Of the caller's own Python; they would lead the Python of `.venv`, or its pip, elsewhere.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONEXECUTABLE", "VIRTUAL_ENV")
FOREIGN_PIP = ("__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV")


def environment(**more):
    """The caller's environment, made safe for the Python of `.venv`; `more` is set in addition."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN + FOREIGN_PIP}
    # Streamlit's options are those of .streamlit/config.toml and of lib/settings.py, nobody else's.
    kept = {name: value for name, value in kept.items() if not name.startswith("STREAMLIT_")}
    # `lib` comes from here, whatever folder of that name lies where the caller stands.
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1", "PIP_USER": "0", **more}


def run(arguments, folder=None, **more):
    """Run the Python of `.venv` to its end, in `folder` or where the caller stands; its exit code, unchanged."""
    child = subprocess.Popen([str(VENV_PYTHON), *arguments], cwd=folder, env=environment(**more))
    try:
        code = child.wait()
    except Terminated:
        child.terminate()
        _end(child)
        raise
    except KeyboardInterrupt:
        _end(child)
        raise
    return code if code >= 0 else 128 - code


def _end(child):
    """See the child end: Ctrl+C has reached it as well, so it is asked again only when it takes long."""
    for ask in (child.terminate, child.kill):
        try:
            child.wait(timeout=3)
        except subprocess.TimeoutExpired:
            ask()
    child.wait()


# --- serving ------------------------------------------------------------------------------------------------------


def serve(options):
    """Serve the dashboard until Ctrl+C; the exit code."""
    prepare([REQUIREMENTS])
    settings = _settings(HOST=options.host, PORT=options.port)
    host, port = settings["HOST"], settings["PORT"]
    refuse_taken(host, port)
    threading.Thread(target=announce, args=(host, port, not options.no_browser), daemon=True).start()
    try:
        # The project's folder: Streamlit reads .streamlit/config.toml from there.
        return run(["-m", "lib.server"], folder=ROOT, HOST=host, PORT=str(port))
    except KeyboardInterrupt:
        say("Đã tắt bảng theo dõi.")
        return 0


def _settings(**options):
    """The settings in force, of which `lib.settings` has the only table; Refusal with its words when one is wrong."""
    words = [f"{name}={value}" for name, value in options.items() if value is not None]
    command = [str(VENV_PYTHON), "-m", "lib.settings", *words]
    answer = subprocess.run(command, check=False, env=environment(), cwd=ROOT, capture_output=True, encoding="utf-8")
    if answer.returncode:
        raise Refusal(answer.stderr.strip())
    return json.loads(answer.stdout)


def refuse_taken(host, port):
    """Refusal when nothing can listen at `host` and `port`, with what to do instead."""
    error = _bind_error(host, port)
    if error and error.errno not in (errno.EADDRINUSE, errno.EACCES):
        raise Refusal(f"Máy này không có địa chỉ {host}. Hãy dùng --host 127.0.0.1 hoặc --host 0.0.0.0.")
    if error or _answers(host, port):
        reason = "hệ điều hành không cho dùng" if isinstance(error, PermissionError) else "chương trình khác đang dùng"
        free = next((n for n in range(max(port, 1024) + 1, 65536) if not _bind_error(host, n)), 8501)
        raise Refusal(f"Không mở được cổng {port}: {reason}. Hãy chọn cổng khác, ví dụ: python run.py --port {free}")


def _bind_error(host, port):
    """What the system says to listening there; None when it allows it."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # On Windows this very option would let two programs share a port; elsewhere it forgives one just closed.
            own = socket.SO_EXCLUSIVEADDRUSE if os.name == "nt" else socket.SO_REUSEADDR
            probe.setsockopt(socket.SOL_SOCKET, own, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None


def _answers(host, port):
    """Whether somebody answers there already: macOS lets one bind beside a program that listens on every address."""
    try:
        socket.create_connection((reachable(host), port), timeout=1).close()
    except OSError:
        return False
    return True


def reachable(host):
    """An address of this machine that leads to a server listening on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def announce(host, port, open_browser):
    """Once the server answers, say where to open it, and open it for a person who sits there."""
    if not _healthy(reachable(host), port):
        say(f"Sau {HEALTHY_WITHIN_SECONDS} giây bảng theo dõi vẫn chưa trả lời. Hãy tắt bằng Ctrl+C rồi chạy lại.")
        return
    url = _url(reachable(host), port)
    print(f"Bảng theo dõi đang chạy. Mở trên máy này: {url}", flush=True)
    if host != reachable(host):
        places = " hoặc ".join(_url(name, port) for name in [socket.gethostname(), *_lan_address()])
        print(f"Mở từ máy khác trong mạng nội bộ: {places}", flush=True)
    print("Nhấn Ctrl+C để tắt.", flush=True)
    if open_browser and _somebody_sits_here():
        webbrowser.open(url)


def _url(host, port):
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _healthy(host, port):
    """Whether the server became healthy in time."""
    for _ in range(HEALTHY_WITHIN_SECONDS * 5):
        connection = http.client.HTTPConnection(host, port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return True
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    return False


def _lan_address():
    """This machine's address in the local network, in a list; empty without a network. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


def _somebody_sits_here():
    """A terminal with a screen: never the browser in a service, a script or a remote text session."""
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and sys.stdin.isatty() and sys.stdout.isatty()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
