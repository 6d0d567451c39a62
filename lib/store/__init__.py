"""What is published, and all that is kept beside it: the only package that touches the database."""

from lib.store.audit import Action, AuditEntry, entries, record
from lib.store.backup import backup, restore_backup
from lib.store.database import WORKBOOK, Store
from lib.store.dues import Due, moved_dues
from lib.store.meetings import meetings, record_meeting
from lib.store.publication import Draft, PublishedMeanwhile, publish
from lib.store.shared_state import SharedState, keep_shared, shared
from lib.store.starting import FORMATS, PUBLISHED_STEM, SHIPPED
from lib.store.troubles import StoreUnavailable
from lib.store.versions import (
    Published,
    Source,
    Version,
    content,
    current,
    digest_of,
    find,
    history,
    in_force_at,
    revision,
)

__all__ = [
    "FORMATS",
    "PUBLISHED_STEM",
    "SHIPPED",
    "WORKBOOK",
    "Action",
    "AuditEntry",
    "Draft",
    "Due",
    "Published",
    "PublishedMeanwhile",
    "SharedState",
    "Source",
    "Store",
    "StoreUnavailable",
    "Version",
    "backup",
    "content",
    "current",
    "digest_of",
    "entries",
    "find",
    "history",
    "in_force_at",
    "keep_shared",
    "meetings",
    "moved_dues",
    "publish",
    "record",
    "record_meeting",
    "restore_backup",
    "revision",
    "shared",
]
