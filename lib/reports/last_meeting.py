"""How the plan stood at the last meeting, for the slides of the next one."""

import datetime as dt

from lib import status, store, summary
from lib.errors import UnreadableWorkbook
from lib.reports.scope import Scope
from lib.scenes import Since
from lib.store import Store
from lib.words import OFFICE_ZONE
from lib.workbook import reader
from lib.workbook.limits import Limits


def last_meeting(kept: Store, scope: Scope, limits: Limits) -> Since | None:
    """The period's occurrences as they were shown on the last day of a meeting before the day of the figures; None
    where none was recorded, or what was shown then cannot be read any more."""
    day = next((held_on for held_on in store.meetings(kept) if held_on < scope.as_of), None)
    if day is None:
        return None
    version = store.in_force_at(kept, dt.datetime.combine(day, dt.time.max, OFFICE_ZONE))
    try:
        register = reader.read(store.content(kept, version), limits).register
    except UnreadableWorkbook:
        return None
    if register is None:
        return None
    return Since(day, summary.select(status.occurrences(register, day), years=scope.period.years))
