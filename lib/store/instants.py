"""Instants as they are kept: UTC in ISO 8601 with microseconds, so that their order is that of the texts."""

import datetime as dt


def written(at: dt.datetime) -> str:
    """An aware instant as text."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def read(text: str | None) -> dt.datetime | None:
    """The instant of such a text."""
    return dt.datetime.fromisoformat(text) if text else None
