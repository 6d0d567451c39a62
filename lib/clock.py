"""Now and today, where the office is. Only the edge (pages, commands) asks; everything below is told."""

import datetime as dt

from lib.words import OFFICE_ZONE


def now() -> dt.datetime:
    """This instant, in UTC, as it is stored."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The date in Vietnam."""
    return now().astimezone(OFFICE_ZONE).date()
