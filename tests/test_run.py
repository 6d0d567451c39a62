"""`run.py`: the environment it makes, and what it tells people when it cannot go on.

Each test works on a small project of its own, with a `pip` that only writes down what it was asked for: no network.
"""

import ast
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

COMMANDS = """
import json, os, sys
print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "path": os.environ["PYTHONPATH"]}))
sys.exit(int(os.environ.get("EXIT_WITH", "0")))
"""

PIP = """
import os, pathlib, sys, time
with open("pip-calls.txt", "a", encoding="utf-8") as calls:
    print(*sys.argv[1:], file=calls)
time.sleep(float(os.environ.get("PIP_TAKES", "0")))
print(os.environ.get("PIP_SAYS", ""))
sys.exit(int(os.environ.get("PIP_EXITS", "0")))
"""


class Project:
    """A folder with `run.py`, a `lib` that echoes its arguments, and a `.venv` whose pip installs nothing."""

    def __init__(self, folder: Path, root: Path):
        self.folder = folder
        for name in ("run.py", "lib/settings.py", "lib/errors.py", "lib/text.py", "lib/__init__.py"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, folder / name)
        self.write("lib/commands.py", COMMANDS)
        self.write("requirements.txt", "")
        self.write("tests/requirements.txt", "")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def make_venv(self) -> None:
        """A real environment, made in a moment because its pip is a few lines."""
        home = self.folder / ".venv"
        venv.create(home, clear=True)
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(home), "platbase": str(home)}))
        (packages / "pip").mkdir(parents=True)
        (packages / "pip" / "__main__.py").write_text(PIP, encoding="utf-8")
        (packages / "pip" / "__init__.py").touch()
        self.write(".venv/installed.json", json.dumps({"python": self.identity()}))

    def identity(self) -> str:
        """What `run.py` of this project calls the Python that runs the tests."""
        return self.run_code("import run; print(run._this_python())").stdout.strip()

    def run_code(self, program: str) -> subprocess.CompletedProcess:
        """Run a few lines that may import the `run` of this project."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder), "PYTHONUTF8": "1"}
        return subprocess.run(
            [sys.executable, "-c", program], cwd=self.folder, env=environment, capture_output=True, encoding="utf-8"
        )

    def start(self, *words: str, folder: Path | None = None, **environment: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, str(self.folder / "run.py"), *words],
            cwd=folder or self.folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *words: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess:
        child = self.start(*words, folder=folder, **environment)
        out, err = child.communicate(timeout=120)
        return subprocess.CompletedProcess(words, child.returncode, out, err)

    def pip_calls(self) -> list[str]:
        path = self.folder / "pip-calls.txt"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.fixture
def bare(tmp_path, root) -> Project:
    """A fresh copy, before the first start; its folder has a space and Vietnamese letters in its name."""
    return Project(tmp_path / "Kế hoạch dân vận", root)


@pytest.fixture
def project(bare) -> Project:
    bare.make_venv()
    return bare


def refused(answer: subprocess.CompletedProcess) -> str:
    """The one line of a refusal: exit code 2, nothing on standard output, no traceback."""
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "Traceback" not in answer.stderr
    return answer.stderr.splitlines()[-1]


# --- the command line


def test_help_is_vietnamese_and_needs_no_installation(bare):
    answer = bare.run("--help")
    assert answer.returncode == 0 and answer.stdout.startswith("Bảng theo dõi")
    assert not (bare.folder / ".venv").exists()


@pytest.mark.parametrize("words", [["chek", "a.xlsx"], ["--pot", "9000"], ["serve", "thừa"], ["--port"]])
def test_a_mistyped_command_is_refused_before_anything_is_installed(bare, words):
    assert "--help" in refused(bare.run(*words))
    assert not (bare.folder / ".venv").exists()


def test_a_mistyped_command_gets_a_suggestion(bare):
    assert "Có phải là “check”?" in refused(bare.run("chek"))


def test_an_old_python_gets_one_line(root):
    program = "import sys\nsys.version_info = (3, 8, 18)\n" + (root / "run.py").read_text(encoding="utf-8")
    answer = subprocess.run([sys.executable, "-"], input=program, capture_output=True, encoding="utf-8")
    assert refused(answer) == (
        "Cần Python 3.11 trở lên, đang dùng Python 3.8. Hãy cài bản mới từ python.org rồi chạy lại."
    )


def test_python_3_6_can_read_the_file(root):
    """Whatever a later Python brought would end an old one with a SyntaxError instead of the line."""
    ast.parse((root / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


# --- passing on


def test_words_reach_the_command_unchanged(project):
    words = ["check", "Số liệu quý II.xlsx", "--json", "a b", ""]
    assert json.loads(project.run(*words).stdout)["words"] == words


@pytest.mark.parametrize("code", [0, 1, 2, 7])
def test_the_exit_code_is_the_commands_own(project, code):
    assert project.run("summary", EXIT_WITH=str(code)).returncode == code


def test_a_relative_file_means_the_one_seen_from_where_the_caller_stands(project, tmp_path):
    elsewhere = tmp_path / "nơi khác"
    elsewhere.mkdir()
    assert Path(json.loads(project.run("check", "a.xlsx", folder=elsewhere).stdout)["folder"]) == elsewhere.resolve()


def test_a_lib_folder_where_the_caller_stands_is_not_ours(project, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "__init__.py").write_text("raise SystemExit(9)", encoding="utf-8")
    assert project.run("check", "a.xlsx", folder=tmp_path).returncode == 0


def test_the_callers_python_variables_do_not_lead_elsewhere(project, tmp_path):
    foreign = {"PYTHONPATH": str(tmp_path), "VIRTUAL_ENV": str(tmp_path / "none"), "PYTHONDONTWRITEBYTECODE": "1"}
    assert json.loads(project.run("check", "a.xlsx", **foreign).stdout)["path"] == str(project.folder)


def test_standard_output_holds_the_commands_answer_alone_even_while_installing(project):
    answer = project.run("summary", "--json", PIP_SAYS="Collecting pandas")
    assert len(project.pip_calls()) == 1
    assert json.loads(answer.stdout)["words"] == ["summary", "--json"]
    assert "Đang cài các thư viện" in answer.stderr and "Collecting" not in answer.stderr


# --- installing


def test_nothing_is_installed_a_second_time(project):
    project.run("check", "a.xlsx")
    assert project.run("check", "a.xlsx").stderr == ""
    assert len(project.pip_calls()) == 1


def test_a_changed_list_is_installed_again(project):
    project.run("check", "a.xlsx")
    project.write("requirements.txt", "# changed\n")
    project.run("check", "a.xlsx")
    assert len(project.pip_calls()) == 2


def test_other_line_ends_are_no_change(project):
    project.write("requirements.txt", "# one\n")
    project.run("check", "a.xlsx")
    (project.folder / "requirements.txt").write_bytes(b"# one\r\n")
    project.run("check", "a.xlsx")
    assert len(project.pip_calls()) == 1


def test_packages_are_held_to_their_hashes(project):
    project.run("check", "a.xlsx")
    assert "--require-hashes" in project.pip_calls()[0]


def test_a_folder_of_wheels_stands_for_the_registry(project):
    (project.folder / "wheels").mkdir()
    project.run("check", "a.xlsx")
    assert f"--no-index --find-links {project.folder / 'wheels'}" in project.pip_calls()[0]


def test_only_test_asks_for_the_packages_of_the_tests(project):
    project.run("check", "a.xlsx")
    project.run("test")
    assert [Path(call.split(" -r ")[1]).parent.name for call in project.pip_calls()] == [project.folder.name, "tests"]


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("NewConnectionError: Failed to establish a new connection", "không kết nối được mạng"),
        ("Retrying after NameResolutionError\nNo matching distribution found for x", "không kết nối được mạng"),
        ("ERROR: No matching distribution found for pandas==3", "Python 3.11 đến 3.14"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "mã kiểm tra"),
        ("OSError: [Errno 28] No space left on device", "Ổ đĩa đã đầy"),
        ("something never seen", ".venv.log"),
    ],
)
def test_a_failed_installation_says_why_in_one_line(project, pip_says, told):
    assert told in refused(project.run("check", "a.xlsx", PIP_SAYS=pip_says, PIP_EXITS="1"))


def test_a_failed_installation_is_tried_again_next_time(project):
    project.run("check", "a.xlsx", PIP_EXITS="1")
    assert project.run("check", "a.xlsx").returncode == 0
    assert len(project.pip_calls()) == 2


def test_an_installation_that_was_cut_short_is_repeated_from_nothing(project):
    """Half-unpacked packages look installed to pip; so the whole folder is made anew, with a real pip."""
    project.run("check", "a.xlsx")
    project.write(".venv/unfinished", "")
    project.write(".venv/left-over.txt", "")
    answer = project.run("check", "a.xlsx")
    assert answer.returncode == 0, answer.stderr
    assert not (project.folder / ".venv" / "left-over.txt").exists()
    assert len(project.pip_calls()) == 1


def test_another_python_gets_a_folder_of_its_own(project):
    project.write(".venv/installed.json", json.dumps({"python": "3.10 elsewhere"}))
    answer = project.run("check", "a.xlsx")
    assert answer.returncode == 0 and "Đang tạo thư mục .venv" in answer.stderr


def test_two_starts_at_once_install_once(project):
    first = project.start("check", "a.xlsx", PIP_TAKES="2")
    second = project.start("check", "b.xlsx", PIP_TAKES="2")
    ends = [child.communicate(timeout=60) for child in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0]
    assert len(project.pip_calls()) == 1
    assert any("xin chờ" in err for _, err in ends)


def test_a_python_without_ensurepip_is_told_what_to_install(bare):
    program = "import sys, importlib.util as u, run\nold = u.find_spec\n"
    program += "u.find_spec = lambda name: None if name == 'ensurepip' else old(name)\n"
    program += "sys.exit(run.main(['check', 'a.xlsx']))"
    assert "python3-venv" in refused(bare.run_code(program))


# --- serving

SERVER = """
import http.server, json, os, sys
open("served.json", "w").write(json.dumps({"words": sys.argv[1:], "port": os.environ["PORT"], "folder": os.getcwd()}))
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/_stcore/health" else 404)
        self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Healthy).serve_forever()
"""


@pytest.fixture
def served(project) -> Project:
    """The project with a `lib.server` that answers the health check and nothing else."""
    project.write("lib/server.py", SERVER)
    return project


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_named_with_one_that_is_free(served, taken):
    line = refused(served.run("serve", "--port", str(taken)))
    assert f"cổng {taken}" in line and "--port" in line
    suggested = int(line.rsplit(" ", 1)[1])
    assert suggested != taken


def test_the_port_of_the_settings_file_is_used(served, taken):
    served.write("settings.toml", f"PORT = {taken}")
    assert f"cổng {taken}" in refused(served.run("--no-browser"))


def test_an_address_that_is_not_this_machines_is_refused(served):
    assert "192.0.2.77" in refused(served.run("--host", "192.0.2.77"))


def test_a_wrong_setting_is_refused_with_its_own_words(served):
    assert "PORT" in refused(served.run(PORT="tám"))


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_ctrl_c_ends_quietly(served):
    child = served.start("--port", str(free_port()))
    child.stdout.readline()
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 0 and err.splitlines()[-1] == "Đã tắt bảng theo dõi."
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_the_address_is_told_when_the_server_answers_and_a_stop_is_quiet(served):
    port = free_port()
    child = served.start("--port", str(port))
    assert f"http://127.0.0.1:{port}" in child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 0 and "Đã tắt bảng theo dõi." in err
    assert "Traceback" not in err
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a program without asking it")
def test_streamlit_is_started_in_the_project_with_the_port_that_was_chosen(served, tmp_path):
    port = free_port()
    child = served.start("--port", str(port), folder=tmp_path)
    child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    child.communicate(timeout=60)
    started = json.loads((served.folder / "served.json").read_text(encoding="utf-8"))
    assert started["port"] == str(port)
    assert Path(started["folder"]) == served.folder.resolve()
