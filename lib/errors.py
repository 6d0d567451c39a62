"""Every error raised on purpose. Its message is Vietnamese and is shown to people exactly as it is.

Anything else that is raised is a bug: the edge (`dashboard.py`, `lib/commands.py`) logs it in full and shows a
calm sentence instead.
"""


class DashboardError(Exception):
    """Something a person can understand and mend; `str(error)` says what happened and what to do."""


class UnreadableWorkbook(DashboardError):
    """The bytes are not a workbook that can be opened at all (wrong kind, damaged, locked, too large)."""
