"""The frame of the inspectorate's pages: about the published versions themselves, so without a view and its filters."""

from collections.abc import Iterator
from contextlib import contextmanager

from lib.errors import UnreadableWorkbook
from lib.panels import frame as panels
from lib.store import Published
from lib.ui import sign_in, source
from lib.ui.board import reading_of
from lib.ui.choices import address_in_force
from lib.ui.frame import show_out_of_reach, sidebar
from lib.ui.kept import once
from lib.ui.parts import draw
from lib.workbook.reader import Reading


def reading_or_none(published: Published) -> Reading | None:
    """What a version's workbook says; None where it cannot be opened any more: these pages are where that is mended."""
    try:
        return reading_of(published)
    except UnreadableWorkbook:
        return None


@contextmanager
def data_page(title: str, path: str) -> Iterator[Published]:
    """Title, what is published now, who is signed in; gives what is published. Works with a broken workbook too."""
    address_in_force(path)
    latest = source.latest()
    reading = reading_or_none(latest.published)
    register = reading.register if reading else None
    sidebar(register.plan if register else None, latest.published.version)
    draw(once(panels.data_title, title, latest.published.version))
    show_out_of_reach(latest.out_of_reach_since)
    yield latest.published


def inspector_only() -> bool:
    """Whether an inspector is signed in; asks for it where not."""
    person = sign_in.person()
    if person is not None and person.is_inspector:
        return True
    if person is not None:
        draw(panels.message("Việc này dành cho Thanh tra", ["Bạn đang đăng nhập bằng tài khoản chỉ được xem."]))
    sign_in.sign_in_form()
    return False
