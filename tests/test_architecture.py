"""The layers, held by reading the imports; and where the clock, Streamlit and page scripts may stand."""

import ast
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A module imports from its own layer and from those above it. A package stands under its first name.
LAYERS = [
    ["errors", "schema", "words", "theme", "text", "settings", "calendar_days"],
    ["schedule"],
    ["workbook"],
    ["store", "accounts"],
    ["status", "compare"],
    ["summary", "explain"],
    ["publishing"],
    ["figures", "panels", "exports", "reports", "scenes"],
    ["clock", "session_route", "shell"],
    ["ui"],
    ["arguments", "account_commands", "report_command", "calendar_route", "server", "commands", "pages", "dashboard"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}

WITH_STREAMLIT = {"ui", "server", "pages", "dashboard"}
WITH_CLOCK = {"clock", "ui", "session_route", "server", "commands", "account_commands", "dashboard"}
WITH_CLOCK |= {"report_command", "calendar_route"}
CLOCK = {"time": {"time", "time_ns", "localtime", "gmtime"}}
CLOCK |= {owner: {"now", "utcnow", "today"} for owner in ("datetime", "date", "Timestamp")}


def place(path: Path) -> str:
    """The name a file has in the table: `lib/workbook/guards.py` is `workbook`, `lib/ui_tables.py` is `ui`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = parts[1] if parts[0] == "lib" else parts[0]
    return "ui" if name.startswith("ui_") else name


def sources() -> list[Path]:
    """Every file of the product but `run.py`, which imports nothing of it."""
    found = [*ROOT.glob("lib/**/*.py"), *ROOT.glob("pages/**/*.py"), *ROOT.glob("dashboard.py")]
    return sorted(path for path in found if path != ROOT / "lib" / "__init__.py")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[str]:
    """Full names of all that a file imports, wherever in it the import stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: write the import in full, from lib..."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_names(path: Path) -> Iterator[str]:
    """The places in the table that a file imports from."""
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "lib":
            yield "ui" if parts[1].startswith("ui_") else parts[1]
        elif parts[0] in ("pages", "dashboard"):
            yield parts[0]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


each_source = pytest.mark.parametrize("path", sources(), ids=shown)


@each_source
def test_every_module_has_its_place_in_the_table(path):
    assert place(path) in RANK, f"give {place(path)} a layer in LAYERS"


@each_source
def test_a_module_imports_only_its_own_layer_and_those_above(path):
    unplaced = {name for name in own_names(path) if name not in RANK}
    below = {name for name in own_names(path) if name in RANK and RANK[name] > RANK.get(place(path), 0)}
    assert not unplaced and not below


@each_source
def test_streamlit_stays_at_the_edge(path):
    uses = any(name.split(".")[0] == "streamlit" for name in imported(path))
    assert not uses or place(path) in WITH_STREAMLIT


@each_source
def test_nothing_below_the_edge_reads_the_clock(path):
    if place(path) in WITH_CLOCK:
        return
    assert not [f"line {node.lineno}" for node in ast.walk(tree(path)) if reads_clock(node)]


def reads_clock(node: ast.AST) -> bool:
    """`datetime.now()`, `dt.date.today()`, `pd.Timestamp.now()`, `time.time()`; and `from time import time`."""
    if isinstance(node, ast.ImportFrom) and node.module == "time":
        return any(alias.name in CLOCK["time"] for alias in node.names)
    if not isinstance(node, ast.Attribute):
        return False
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return node.attr in CLOCK.get(name, ())


@pytest.mark.parametrize("line", ["datetime.now()", "dt.date.today()", "pd.Timestamp.now()", "time.time()"])
def test_the_clock_is_recognised(line):
    assert any(reads_clock(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize("line", ["time.monotonic()", "time.sleep(1)", "row.time", "dt.time(8)", "dt.date(2026, 1, 1)"])
def test_what_only_looks_like_the_clock_is_not(line):
    assert not any(reads_clock(node) for node in ast.walk(ast.parse(line)))


def test_no_script_lies_directly_under_pages():
    """There, a fresh server would answer a deep link by running that page alone, without `dashboard.py`."""
    assert not list(ROOT.glob("pages/*.py"))


@each_source
def test_a_function_fits_on_a_screen(path):
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not [node.name for node in functions if node.end_lineno - node.body[0].lineno >= 40]


@each_source
def test_a_file_holds_one_concept(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("host", ["93.184.216.34", "example.com"])
def test_no_test_can_leave_this_machine(host):
    with pytest.raises(AssertionError, match="a connection|a question"):
        socket.create_connection((host, 80))


def test_ruff_finds_nothing(python):
    answer = subprocess.run(
        [python, "-m", "ruff", "check", "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
