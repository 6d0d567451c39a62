"""The cookie of a session, so that a reload or a second tab stays signed in.

A script cannot set an HttpOnly cookie. So the page that signed somebody in hands the browser a ticket, good once and
for a minute; the browser brings it here and gets the cookie, which no script can read.
"""

import datetime as dt
import secrets
import threading
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lib.clock import now

COOKIE = "phien"
PATH = "/phien"
TICKET_SECONDS = 60
LONGEST_TICKET = 100

_lock = threading.Lock()
_tickets: dict[str, tuple[str, dt.datetime]] = {}


def ticket_for(token: str, at: dt.datetime) -> str:
    """A ticket that brings the browser the cookie of `token`; of "" to take the cookie away."""
    ticket = secrets.token_urlsafe(32)
    with _lock:
        for old in [key for key, (_, until) in _tickets.items() if until < at]:
            del _tickets[old]
        _tickets[ticket] = token, at + dt.timedelta(seconds=TICKET_SECONDS)
    return ticket


def _redeemed(ticket: str, at: dt.datetime) -> str | None:
    """The token of a ticket, which is used up; None where there is none or it is too late."""
    with _lock:
        token, until = _tickets.pop(ticket, ("", at - dt.timedelta(seconds=1)))
    return token if at <= until else None


async def exchange(request: Request) -> Response:
    """POST a ticket, get the cookie. From a page of our own alone."""
    if not _is_own(request):
        return Response(status_code=403)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_TICKET:
            return Response(status_code=413)
    token = _redeemed(body.decode("ascii", errors="replace"), now())
    if token is None:
        return Response(status_code=403)
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    safe = {"path": "/", "httponly": True, "samesite": "strict", "secure": request.url.scheme == "https"}
    if token:
        answer.set_cookie(COOKIE, token, **safe)
    else:
        answer.delete_cookie(COOKIE, **safe)
    return answer


def _is_own(request: Request) -> bool:
    """Whether the page that asks was served by this server: browsers always say where a POST comes from."""
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", "") != ""


ROUTES = [Route(PATH, exchange, methods=["POST"])]
