"""Servers to be measured, each in a process of its own: a script as Streamlit or Dash runs it, and ours."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import psutil

from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[1]
BARE = ROOT / "benchmarks" / "bare"
LONGEST_SECONDS = 120
LOOK_SECONDS = 0.01


class Address(str):
    """Where a server answers, with a slash at the end; and what its process uses."""

    process: psutil.Process

    @classmethod
    def of(cls, port: int, process: int) -> Self:
        """The address of a server of this machine."""
        address = cls(f"http://127.0.0.1:{port}/")
        address.process = psutil.Process(process)
        return address

    def processor_seconds(self) -> float:
        """What the server has worked since its start."""
        times = self.process.cpu_times()
        return times.user + times.system

    def memory_mb(self) -> float:
        """What it holds that no other process shares."""
        return self.process.memory_full_info().uss / 1e6


@contextmanager
def streamlit(script: str) -> Iterator[Address]:
    """Streamlit as it comes, on a script of `bare`; gives its address as soon as it is healthy."""
    port = free_port()
    command = ["streamlit", "run", str(BARE / script), f"--server.port={port}"]
    # Started by a program it must not ask for an e-mail address; statistics would go to a host out of reach here.
    command += ["--server.headless=true", "--browser.gatherUsageStats=false"]
    with (
        tempfile.TemporaryDirectory() as without_settings,
        _running(command, port, "_stcore/health", Path(without_settings)) as address,
    ):
        yield address


@contextmanager
def dash(module: str) -> Iterator[Address]:
    """A Dash program of `bare` on waitress, which its guide names for production on Windows."""
    port = free_port()
    with _running(["waitress", f"--listen=127.0.0.1:{port}", f"{module}:server"], port, "", BARE) as address:
        yield address


@contextmanager
def ours() -> Iterator[Address]:
    """The dashboard with the workbook that it ships, in a data folder of its own."""
    with tempfile.TemporaryDirectory() as data, at_work(Path(data)) as address:
        yield address


@contextmanager
def at_work(data: Path, **settings: str) -> Iterator[Address]:
    """The dashboard on a data folder, with further settings."""
    port = free_port()
    settings |= {"DATA_DIR": str(data), "PORT": str(port)}
    with _running(["lib.server"], port, "_stcore/health", ROOT, settings) as address:
        yield address


@contextmanager
def _running(
    module: list[str], port: int, health: str, folder: Path, settings: dict[str, str] | None = None
) -> Iterator[Address]:
    """A module of Python with its arguments, run in `folder` until the end of the block."""
    environment = os.environ | (settings or {})
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = subprocess.Popen([sys.executable, "-m", *module], cwd=folder, env=environment, **quiet)
    try:
        _wait_for(f"http://127.0.0.1:{port}/{health}", running)
        yield Address.of(port, running.pid)
    finally:
        running.terminate()
        running.wait()


def _wait_for(address: str, running: subprocess.Popen) -> None:
    """Wait until something answers at `address`; the measurement ends where nothing does."""
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(LOOK_SECONDS)
    raise SystemExit(f"{running.args} did not start, so nothing was measured")
