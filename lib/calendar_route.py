"""The address that calendars subscribe to. It passes no page's checks, so it checks by itself who may look.

Where viewing is open it answers anybody; where it is closed, only an address with the secret of a link that was not
revoked. A program that subscribes cannot sign in.
"""

import datetime as dt
import hashlib
import os
import threading

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from lib import settings
from lib.clock import today
from lib.errors import DashboardError
from lib.panels import address
from lib.reports import calendar_access
from lib.reports.deadlines import Feed, calendar
from lib.settings import Settings
from lib.store import Published
from lib.ui import source
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.limits import Limits
from lib.workbook.register import Register

MINUTES_FRESH = 15

_CLOSED = "Liên kết lịch này không dùng được hoặc đã bị thu hồi. Xin Thanh tra cấp liên kết khác."
_NO_UNIT = "Kế hoạch không có phòng này. Lấy lại liên kết ở trang Báo cáo, văn bản."

_reading = threading.Lock()
_registers: dict[str, Register] = {}
"""The workbook that was read last, by its digest: calendars ask every few hours, each for the same."""


class _Refused(Exception):
    """A request that gets no calendar: its status and what is said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


def feed(request: Request) -> Response:
    """The calendar as it stands now; 304 where the subscriber has it already."""
    try:
        data = _calendar(request)
    except _Refused as error:
        return PlainTextResponse(str(error), error.status, {"Cache-Control": "no-store"})
    except DashboardError as error:
        return PlainTextResponse(str(error), 503, {"Cache-Control": "no-store", "Retry-After": "300"})
    tag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={MINUTES_FRESH * 60}"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type="text/calendar; charset=utf-8", headers=headers)


def _calendar(request: Request) -> bytes:
    chosen = settings.load(os.environ)
    unit = _allowed(request, chosen)
    published = source.latest().published
    register, day = _register(published, chosen), today()
    view, _ = address.read_view({address.UNIT: unit}, register)
    if unit and view.unit is None:
        raise _Refused(404, _NO_UNIT)
    version = published.version
    stamp = version.published_at or dt.datetime.combine(day, dt.time(), OFFICE_ZONE)
    base = str(request.base_url).rstrip("/")
    return calendar(Feed(register, day, stamp, version.number, f"phiên bản {version.label}", view.unit or "", base))


def _allowed(request: Request, chosen: Settings) -> str:
    """Whose deadlines may be given, "" for all; _Refused for nobody's."""
    secret = request.query_params.get(address.SECRET, "")
    if secret:
        link = calendar_access.opened_by(source.store_of(chosen), secret)
        if link is None:
            raise _Refused(403, _CLOSED)
        return link.unit
    if chosen.viewing == settings.SIGNED_IN:
        raise _Refused(403, _CLOSED)
    return request.query_params.get(address.UNIT, "")


def _register(published: Published, chosen: Settings) -> Register:
    """What the workbook says; DashboardError where it has errors. One reading at a time."""
    digest = published.version.digest
    with _reading:
        if digest not in _registers:
            limits = Limits.within(chosen.max_workbook_mb, chosen.read_seconds, chosen.read_memory_mb)
            found = reader.read(published.data, limits).register
            if found is None:
                raise DashboardError("Sổ đang dùng có lỗi nên chưa lập được lịch. Thanh tra sửa sổ rồi công bố lại.")
            _registers.clear()
            _registers[digest] = found
        return _registers[digest]


ROUTES = [Route(f"/{address.CALENDAR}", feed, methods=["GET"])]
