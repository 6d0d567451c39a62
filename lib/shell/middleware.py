"""Put before Streamlit: its HTML in Vietnamese, its files compressed, and a word at addresses that are no page."""

import logging
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib.shell import html
from lib.shell.compressed import Compressed
from lib.shell.files import A_WEEK, FOR_GOOD, Files
from lib.shell.pages import Ready

_log = logging.getLogger(__name__)

PAGE = re.compile(r"/[^/.]*")
"""What a page's address can look like. Any deeper, the program would look for its own files in the wrong place."""
VIEWS = 8
"""So many first views are held ready."""
CONDITIONS = {b"if-none-match", b"if-modified-since", b"range"}


class Shell:
    """ASGI middleware around Streamlit.

    program: the folder Streamlit serves itself from; own: our folder `static`; compressed: copies of the program's
    files; first_view: of a path without slashes and a query, the page to be read before the program is there, or "";
    letters: the font's style rules for it.
    """

    def __init__(
        self,
        app: ASGIApp,
        program: Path,
        own: Path,
        compressed: Compressed,
        first_view: Callable[[str, str], str] = lambda *_: "",
        letters: str = "",
    ) -> None:
        self._app = app
        index = program / "index.html"
        # Streamlit answers with this file whatever it does not know; by its tag the answer is recognised.
        self._mark = FileResponse(index, stat_result=index.stat()).headers["etag"]
        code = html.script()
        shell = html.vietnamese(index.read_text(encoding="utf-8"), html.script_address(code), _charts(program))
        self._shell = Ready(shell, "text/html")
        self._first_view = first_view
        self._with_view = lru_cache(VIEWS)(lambda view: Ready(html.with_first_view(shell, letters, view), "text/html"))
        self._no_such_page = Ready(html.no_such_page(), "text/html", status=404)
        routes = [
            Route(html.SCRIPT_PATH, Ready(code, "text/javascript", FOR_GOOD).answer),
            # Smaller ones of ours in the place of the program's: a file's name there changes with what it is made from.
            Mount("/static", Files(program / "static", compressed, FOR_GOOD, instead=own / "program")),
            Mount("/app/static", Files(own, compressed, A_WEEK)),
        ]
        self._router = Router(routes, redirect_slashes=False, default=self._streamlit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in Streamlit's place where it would answer worse; hand on the rest."""
        await (self._router if scope["type"] == "http" else self._app)(scope, receive, send)

    async def _streamlit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streamlit's answer, or ours where that would be its HTML."""
        answering: Response | None = None

        async def watched(message: Message) -> None:
            nonlocal answering
            if message["type"] == "http.response.start" and self._is_shell(message):
                answering = (await self._page(scope)).answer(Request(scope))
                await answering(scope, receive, send)
            elif answering is None:
                await send(message)

        try:
            await self._app(_unconditional(scope), receive, watched)
        except ClientDisconnect:  # an upload that broke off: nobody is there to be answered, and nothing is amiss
            _log.info("%s %s broke off", scope["method"], scope["path"])

    async def _page(self, scope: Scope) -> Ready:
        """The shell, with what can be read already where there is something; or that there is no such page."""
        if not PAGE.fullmatch(scope["path"]):
            return self._no_such_page
        query = scope["query_string"].decode("ascii", errors="replace")
        view = await to_thread.run_sync(self._first_view, scope["path"].strip("/"), query)
        return self._with_view(view) if view else self._shell

    def _is_shell(self, start: Message) -> bool:
        return Headers(raw=start["headers"]).get("etag") == self._mark


def _charts(program: Path) -> str:
    """The address of the script that draws charts; "" where there is none of that name."""
    return next((f"/static/js/{path.name}" for path in (program / "static" / "js").glob("PlotlyChart.*.js")), "")


def _unconditional(scope: Scope) -> Scope:
    """The request without its conditions at what may be a page: they are about our answer, not about Streamlit's."""
    if not PAGE.fullmatch(scope["path"]):
        return scope
    return scope | {"headers": [pair for pair in scope["headers"] if pair[0] not in CONDITIONS]}
