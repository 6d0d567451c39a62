"""What is published, and all that is kept beside it: the only package that touches the database."""

from lib.store.audit import Action, AuditEntry, entries, record
from lib.store.backup import backup, restore_backup
from lib.store.calendar_links import CalendarLink, calendar_links, find_link
from lib.store.database import WORKBOOK, Store
from lib.store.dues import Due, moved_dues
from lib.store.meetings import meetings, record_meeting
from lib.store.publication import Draft, PublishedMeanwhile, publish
from lib.store.reminders import AlreadyReminded, Reminded, Reminder, add_reminders, reminded, reminders
from lib.store.shared_state import SharedState, keep_shared, shared
from lib.store.starting import FORMATS, PUBLISHED_STEM, SHIPPED, stamp
from lib.store.templates import own_templates
from lib.store.troubles import StoreUnavailable
from lib.store.versions import (
    Published,
    Source,
    Version,
    code_of,
    content,
    current,
    digest_of,
    find,
    history,
    in_force_at,
    newest,
    revision,
)

__all__ = [
    "FORMATS",
    "PUBLISHED_STEM",
    "SHIPPED",
    "WORKBOOK",
    "Action",
    "AlreadyReminded",
    "AuditEntry",
    "CalendarLink",
    "Draft",
    "Due",
    "Published",
    "PublishedMeanwhile",
    "Reminded",
    "Reminder",
    "SharedState",
    "Source",
    "Store",
    "StoreUnavailable",
    "Version",
    "add_reminders",
    "backup",
    "calendar_links",
    "code_of",
    "content",
    "current",
    "digest_of",
    "entries",
    "find",
    "find_link",
    "history",
    "in_force_at",
    "keep_shared",
    "meetings",
    "moved_dues",
    "newest",
    "own_templates",
    "publish",
    "record",
    "record_meeting",
    "reminded",
    "reminders",
    "restore_backup",
    "revision",
    "shared",
    "stamp",
]
