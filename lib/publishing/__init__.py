"""From a workbook's bytes to a published version: what it would change, who may publish it, the shared file."""

from lib.publishing.actions import PublishRefused, Request, publish
from lib.publishing.candidate import Candidate, examine
from lib.publishing.shared_file import digest_at
from lib.publishing.shared_words import State, describe
from lib.publishing.shared_workbook import SharedWorkbook
from lib.publishing.write_back import finish_write

__all__ = [
    "Candidate",
    "PublishRefused",
    "Request",
    "SharedWorkbook",
    "State",
    "describe",
    "digest_at",
    "examine",
    "finish_write",
    "publish",
]
