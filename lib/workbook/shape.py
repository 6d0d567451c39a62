"""The tables a workbook becomes: which columns each has, in order, and what they hold."""

from itertools import chain

TEXT, LIST, DAY, NUMBER, WHOLE, OPTIONAL_WHOLE = "str", "object", "datetime64[s]", "float64", "int64", "Int64"

TABLES: dict[str, dict[str, str]] = {
    "sections": {"section": TEXT, "name": TEXT},
    "units": {"unit": TEXT, "other_names": TEXT, "abbreviation": TEXT, "successor": TEXT, "members": LIST},
    "tasks": {
        "task": TEXT,
        "section": TEXT,
        "content": TEXT,
        "short_name": TEXT,
        "label": TEXT,
        "executing_text": TEXT,
        "lead_text": TEXT,
        "executing_units": LIST,
        "lead_units": LIST,
        "schedule": TEXT,
        "due": TEXT,
        "from_year": OPTIONAL_WHOLE,
        "to_year": OPTIONAL_WHOLE,
        "timing": WHOLE,
    },
    "timings": {"timing": WHOLE, "year": WHOLE, "due_on": DAY, "basis": TEXT},
    "progress": {
        "task": TEXT,
        "year": WHOLE,
        "due_on": DAY,
        "status": TEXT,
        "status_text": TEXT,
        "percent": NUMBER,
        "completed_on": DAY,
        "result": TEXT,
        "document": TEXT,
        "difficulty": TEXT,
        "proposal": TEXT,
        "updated_on": DAY,
        "lead_text": TEXT,
        "lead_units": LIST,
    },
    "models": {
        "model": TEXT,
        "year": WHOLE,
        "field": TEXT,
        "form": TEXT,
        "units_text": TEXT,
        "units": LIST,
        "place": TEXT,
        "registered_on": DAY,
        "evaluated_on": DAY,
        "evaluation": TEXT,
        "recognition": TEXT,
        "note": TEXT,
    },
}
"""Every table of a register: its columns in order and their types."""

Columns = dict[str, list]
"""A table as lists of equal length, one for each column."""


def joined(name: str, parts: list[Columns]) -> Columns:
    """The rows of all `parts`, in order, with the columns of the table called `name`."""
    if len(parts) == 1:
        return {column: parts[0][column] for column in TABLES[name]}
    return {column: list(chain.from_iterable(part[column] for part in parts)) for column in TABLES[name]}
