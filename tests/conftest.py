"""What every test stands on: no network, a browser where there is one, the quick tests first."""

import ipaddress
import os
import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from lib.store import Store
from lib.workbook import reader
from tests.serving import FLAGS

# Stores on both kinds of database.
pytest_plugins = ["tests.stores"]

IN_CI = os.environ.get("CI", "").strip().lower() not in ("", "0", "false")

# Files not named here come first, in their own order: a wrong rule should fail before a browser is started. Of these
# the longest come first, so that two cores end together.
SLOW_FILES = [
    "test_everyone_browser",
    "test_meeting_browser",
    "test_vietnamese_browser",
    "test_publishing_killed",
    "test_locks_browser",
    "test_browser",
    "test_first_view",
    "test_paper_browser",
    "test_publishing_browser",
    "test_run",
    "test_faults",
    "test_pages",
    "test_data_pages",
    "test_marking_libreoffice",
]

BROWSER_COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
BROWSER_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
]

# No deadline: how long an example takes says more about the machine than about the code.
settings.register_profile("person", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "person")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick files first; whatever asks for a browser carries the marker `browser`."""
    for item in items:
        if "chromium_path" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: SLOW_FILES.index(item.path.stem) + 1 if item.path.stem in SLOW_FILES else 0)


class NetworkUsed(AssertionError):
    """A test, or the code under test, tried to leave this machine."""


def _is_here(host: str | None) -> bool:
    """Whether a host's name or address means this machine."""
    if host in (None, "", "localhost", "0.0.0.0", "::", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Any connection beyond this machine, and any question for a name elsewhere, fails the test that made it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", _no_names(socket.getaddrinfo))
        yield


def _only_here(connect: Callable) -> Callable:
    def guarded(self: socket.socket, address: object) -> object:
        # Other addresses than tuples are paths of Unix sockets.
        if isinstance(address, tuple) and not _is_here(address[0]):
            self.close()
            raise NetworkUsed(f"a connection to {address}")
        return connect(self, address)

    return guarded


def _no_names(getaddrinfo: Callable) -> Callable:
    def guarded(host: str | bytes | None, *rest: object, **more: object) -> object:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_here(name) and not re.fullmatch(r"[0-9.]+|.*:.*", name):
            raise NetworkUsed(f"a question for the name {name}")
        return getaddrinfo(host, *rest, **more)

    return guarded


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A browser of the Chromium family on this machine: in CI it must be there, elsewhere the test is skipped."""
    found = [path for name in BROWSER_COMMANDS if (path := shutil.which(name))]
    found += [place for place in BROWSER_PLACES if Path(place).is_file()]
    if not found:
        (pytest.fail if IN_CI else pytest.skip)("không tìm thấy trình duyệt Chromium, Chrome hoặc Edge trên máy này")
    return found[0]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """That browser, one for the tests of a file; each page of `new_page` has nothing kept from another."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Store]:
    """Puts a workbook into a data folder of this test's own and gives its store.

    It is read in this process, which is quicker.
    """
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(reader, "read", reader.parse)

    def put(data: bytes) -> Store:
        (tmp_path / "so-theo-doi.xlsx").write_bytes(data)
        return Store(tmp_path)

    return put


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def python() -> str:
    """The Python that runs the tests."""
    return sys.executable
