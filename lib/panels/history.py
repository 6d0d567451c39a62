"""Every version that was published: who, when, why, with its figures; and the log of who did what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lib import words
from lib.panels.address import View
from lib.panels.rendering import render
from lib.store import Action, AuditEntry, Source, Version

ROWS = 50
"""Versions on one page of the list."""

SOURCES = {
    Source.STARTING: "Sổ ban đầu",
    Source.UPLOAD: "Tải lên",
    Source.SHARED: "Tệp dùng chung",
    Source.RESTORE: "Khôi phục",
}

ACTIONS = {
    Action.SIGN_IN: "Đăng nhập",
    Action.SIGN_IN_REFUSED: "Từ chối đăng nhập",
    Action.LOCKED: "Khóa vì sai nhiều lần",
    Action.SIGN_OUT: "Đăng xuất",
    Action.PUBLISHED: "Công bố",
    Action.PUBLISH_REFUSED: "Từ chối công bố",
    Action.RESTORED: "Khôi phục",
    Action.ACCOUNT_ADDED: "Thêm tài khoản",
    Action.ACCOUNT_CHANGED: "Đổi tài khoản",
    Action.SHARED_HELD: "Giữ lại tệp dùng chung",
    Action.SHARED_WRITTEN: "Ghi tệp dùng chung",
    Action.FIRST_CODE: "Mã dùng một lần",
    Action.BACKUP: "Sao lưu",
    Action.REMINDED: "Đôn đốc",
    Action.CALENDAR_LINK: "Liên kết lịch",
}


@dataclass(frozen=True)
class _Row:
    version: Version
    source: str
    rate: str
    overdue: str


def versions(found: list[Version], chosen: int | None, page: int) -> str:
    """One page of the list, newest first; `chosen` is the version that is opened."""
    shown = found[(page - 1) * ROWS : page * ROWS]
    return render(
        "history",
        rows=[_row(version) for version in shown],
        latest=found[0].number,
        chosen=chosen,
        page=page,
        pages=page_count(found),
        total=len(found),
        view=View(),
    )


def page_count(found: list[Version]) -> int:
    """How many pages the list takes, at least one."""
    return max(-(-len(found) // ROWS), 1)


def _row(version: Version) -> _Row:
    overall = version.figures.get("overall", {})
    source = SOURCES[version.source]
    if version.restored_from is not None:
        source = f"{source} bản {version.restored_from}"
    return _Row(version, source, words.rate(overall.get("completion_rate")), _count(overall, "overdue"))


def _count(overall: Mapping, key: str) -> str:
    return words.number(overall[key]) if key in overall else "—"


def version_card(version: Version, latest: int) -> str:
    """One version opened: who, when, why, from which, and links to see it as it was and to compare it."""
    return render(
        "history_version", version=version, row=_row(version), overall=version.figures.get("overall"), latest=latest,
        seen_on=version.figures.get("as_of", ""), view=View(),
    )  # fmt: skip


def course(found: list[Version]) -> pd.DataFrame:
    """The line of completion: at (an instant), rate, overdue, number, of the versions that have figures; oldest first.

    The figures are those that were published, with the states of the day of publishing.
    """
    rows = [
        (version.published_at, overall["completion_rate"], overall["overdue"], version.number)
        for version in reversed(found)
        if version.published_at and (overall := version.figures.get("overall"))
    ]
    return pd.DataFrame(rows, columns=["at", "rate", "overdue", "number"])


def audit(entries: Iterable[AuditEntry]) -> str:
    """Who did or tried what, newest first."""
    return render("audit", entries=[(entry, ACTIONS[entry.action]) for entry in entries])
