"""Files only from sessions that may send some, asked before a byte of the file is read.

Streamlit takes files for any session there is, and where viewing is open everybody has one.
"""

from collections.abc import Callable

from anyio import to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"


class Uploads:
    """ASGI middleware before Streamlit; allowed: whether the session of this name may send a file now."""

    def __init__(self, app: ASGIApp, allowed: Callable[[str], bool]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is no file, and files of those who may send them; refuse the rest with 403."""
        refused = _brings_a_file(scope) and not await to_thread.run_sync(self._allowed, _session(scope["path"]))
        answering = PlainTextResponse("", 403) if refused else self._app
        await answering(scope, receive, send)


def _brings_a_file(scope: Scope) -> bool:
    """Whether anything could be kept of the request. Taking a file back is open: it makes room."""
    if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS", "DELETE"):
        return False
    return scope["path"].startswith(UPLOADS)


def _session(path: str) -> str:
    return path.removeprefix(UPLOADS).partition("/")[0]
