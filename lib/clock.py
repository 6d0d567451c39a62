"""Today, where the office is. Only the edge (pages, commands) asks; everything below is told the day."""

import datetime as dt
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> dt.date:
    """The date in Vietnam."""
    return dt.datetime.now(OFFICE_ZONE).date()
