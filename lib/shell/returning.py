"""A session that somebody signed in to is given again to the browser it was given to, and to no other.

A browser that lost the server names its session when it comes back, and Streamlit believes it. The name is a secret;
but it stands in addresses, and so in the logs of whatever passes them on.
"""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

SAID = "sec-websocket-protocol"
"""Where a browser says what it speaks, its token and, third, its session."""


class Returning:
    """ASGI middleware before Streamlit; same_browser: whether a browser with these cookies may go on with a session."""

    def __init__(self, app: ASGIApp, same_browser: Callable[[str, dict[str, str]], bool]) -> None:
        self._app = app
        self._same_browser = same_browser

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything; of a websocket of another browser, without the session it names: it gets a new one."""
        if scope["type"] == "websocket":
            scope = scope | {"headers": list(scope["headers"])}
            said = [part.strip() for part in HTTPConnection(scope).headers.get(SAID, "").split(",")]
            if len(said) > 2 and not self._same_browser(said[2], HTTPConnection(scope).cookies):
                MutableHeaders(scope=scope)[SAID] = ", ".join(said[:2])
        await self._app(scope, receive, send)
