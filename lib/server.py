"""The server: Streamlit's own, with our routes beside it and the threads that watch for new data.

`python -m lib.server` serves at the HOST and PORT of the settings.
"""

import logging
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import file_util, net_util
from streamlit.runtime.pages_manager import PagesManager

from lib import accounts, calendar_route, session_route, settings
from lib.shell import Compressed, Locks, Shell, letters
from lib.store import Store, StoreUnavailable
from lib.ui import first_view, live, source
from lib.workbook import reader
from lib.workbook.limits import Limits

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = Path(file_util.get_static_dir())
"""What Streamlit sends a browser."""


def prepare() -> None:
    """Turn off what Streamlit has no setting for."""
    # A folder `pages` beside the entry makes a fresh Streamlit believe in its old way of many pages until the entry has
    # run once; whoever opens a deep link first would be told "Page not found". The entry says its pages itself.
    PagesManager.uses_pages_directory = False
    # Asked from a foreign origin, it would look up its own address at a public service. The office is offline.
    net_util.get_external_ip = lambda: None


@asynccontextmanager
async def watching(_app: st.App) -> AsyncIterator[None]:
    """While the server runs: the shared workbook is followed, open screens are told of new data, a reader is ready."""
    chosen = settings.load(os.environ)
    if code := _first_code(source.store_of(chosen)):
        # For whoever sits at the server; never into the log.
        print(f"Chưa có tài khoản Thanh tra. Mở trang Đăng nhập và nhập mã dùng một lần: {code}", flush=True)
    limits = Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)
    with reader.kept_ready(limits), live.watch(chosen):
        yield


def _first_code(the_store: Store) -> str | None:
    """The code for the first inspector; none while the database does not answer: figures are shown all the same."""
    try:
        return accounts.first_code.make(the_store)
    except StoreUnavailable as error:
        print(error, flush=True)
        logging.getLogger(__name__).warning("Kho số liệu không trả lời khi khởi động", exc_info=error)
        return None


def _compressed(chosen: settings.Settings) -> Compressed:
    """Streamlit's files, compressed from now on in the background, beside the Python that runs or with the data."""
    name = f"streamlit-{st.__version__}-gzip"
    compressed = Compressed(PROGRAM, [Path(sys.prefix) / name, chosen.data_dir / name])
    threading.Thread(target=compressed.make_all, name="compress", daemon=True).start()
    return compressed


def main() -> None:
    """Serve until the process is asked to end."""
    prepare()
    chosen = settings.load(os.environ)
    # Streamlit looks for its configuration and the folder `static` beside the script it is told of.
    sys.argv = [str(ROOT / "dashboard.py")]
    ahead = {"first_view": first_view.kept, "letters": letters(ROOT / ".streamlit" / "config.toml")}
    shell = Middleware(Shell, program=PROGRAM, own=ROOT / "static", compressed=_compressed(chosen), **ahead)
    routes = [*session_route.ROUTES, *calendar_route.ROUTES]
    app = st.App(ROOT / "dashboard.py", lifespan=watching, routes=routes, middleware=[Middleware(Locks), shell])
    app.run(
        config={
            "server.address": chosen.host,
            "server.port": chosen.port,
            "server.maxUploadSize": chosen.max_workbook_mb,
            "server.headless": True,
        }
    )


if __name__ == "__main__":
    main()
