"""What a browser is told to refuse, said with every answer; and addresses of Streamlit's that nobody here needs.

A fault in a page then stays what it is: it can load nothing from elsewhere, send nothing elsewhere, run nothing that
did not come as a file of this server, and not be put into somebody else's frame.
"""

import re
from functools import lru_cache

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer."""
PERMISSIONS = ", ".join(f"{name}=()" for name in ("camera", "microphone", "geolocation", "payment", "usb", "serial"))
"""What no page may ask for. The whole screen is not among it: a meeting needs it."""

POLICY = {
    "default-src": "'self'",
    # Streamlit runs the scripts of components (lib/ui/*.js) from blob: addresses that it makes, and counts with
    # WebAssembly. No script that stands in a page's text, none from elsewhere, no eval.
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "script-src-attr": "'none'",
    # Streamlit and Plotly write the style of what they draw into it.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "frame-src": "'none'",
    "worker-src": "'none'",
    "manifest-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""What a page may load and do, by directive."""
NOT_A_PAGE = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For what is handed out to be kept: opened in the browser all the same, it may do nothing."""

CORE = "/_stcore/"
NEEDED = re.compile(r"/_stcore/(health|host-config|stream|upload_file/[^/]+/[^/]+)")
"""What the program asks of Streamlit. The rest tells strangers about the server, or lets programs in."""
COMPONENTS = "/component/"
"""Components of another kind than those used here."""
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
THIS_MACHINE = re.compile(r"(localhost|127(\.\d+){3}|\[::1\])(:\d+)?")
HOSTS = 64


class Locks:
    """ASGI middleware around everything that answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may be asked, refuse the rest with 404; say in either answer what browsers must not do."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def locked(message: Message) -> None:
            if message["type"] == "http.response.start":
                _lock(MutableHeaders(scope=message), scope)
            await send(message)

        answering = self._app if _is_open(scope["path"]) else PlainTextResponse("", 404)
        await answering(scope, receive, locked)


def _is_open(path: str) -> bool:
    """Whether anything is to be had at the path, which is compared without its doubled or missing slashes."""
    plain = re.sub(r"/+", "/", path)
    if f"{plain}/".startswith(CORE):
        return NEEDED.fullmatch(plain) is not None
    return not f"{plain}/".startswith(COMPONENTS)


def _lock(headers: MutableHeaders, scope: Scope) -> None:
    """Add what is said with the answer to a request; what says nothing of being kept is not kept."""
    headers.update(EVERYWHERE)
    headers.setdefault("Cache-Control", "no-store")
    if scope["path"].startswith("/media/"):
        headers["Content-Security-Policy"] = NOT_A_PAGE
    elif headers.get("content-type", "").startswith("text/html"):
        host = Headers(scope=scope).get("host", "")
        headers["Content-Security-Policy"] = policy(host)
        headers["Permissions-Policy"] = PERMISSIONS
        # Elsewhere than here a browser heeds this over HTTPS alone, and complains.
        if scope["scheme"] == "https" or THIS_MACHINE.fullmatch(host):
            headers["Cross-Origin-Opener-Policy"] = "same-origin"


@lru_cache(HOSTS)
def policy(host: str) -> str:
    """The Content-Security-Policy of a page that was asked for at `host`; a name that is none is left out."""
    # Older browsers do not count the websocket of a server as its own.
    own = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    said = POLICY | {"connect-src": POLICY["connect-src"] + own}
    return "; ".join(f"{directive} {sources}" for directive, sources in said.items())
