"""What was read as plain bytes between processes: facts, and nothing that can run.

A line of JSON, then the columns that are long enough to be worth more than JSON, one after another.
"""

import datetime as dt
from dataclasses import fields
from typing import Any

import orjson

from lib.calendar_days import DayMonth
from lib.workbook.packed import Packed, pack_column
from lib.workbook.plan import Plan
from lib.workbook.problems import Beside, Problem, Severity
from lib.workbook.reading import Findings
from lib.workbook.shape import TABLES

PackedTables = dict[str, dict[str, Packed]]


def pack(findings: Findings) -> bytes:
    """The plan, the tables and the problems."""
    columns = {
        (table, column): pack_column(findings.tables[table][column], kind)
        for table in findings.tables
        for column, kind in TABLES[table].items()
    }
    told = [(*place, column.rows, len(column.data), column.values) for place, column in columns.items()]
    head = orjson.dumps({"plan": findings.plan, "columns": told, "problems": findings.problems})
    return b"".join([head, b"\n", *(column.data for column in columns.values())])


def unpack(answer: bytes | bytearray) -> tuple[Plan | None, PackedTables, tuple[Problem, ...]]:
    """The plan, tables and problems `pack` was given; no plan and no tables where there were errors."""
    end = answer.index(b"\n")
    found = orjson.loads(memoryview(answer)[:end])
    problems = tuple(map(problem_of, found["problems"]))
    return (
        (_plan(found["plan"]) if found["plan"] else None),
        _tables(found["columns"], memoryview(answer)[end + 1 :]),
        problems,
    )


def _tables(told: list[tuple[str, str, int, int, list[Any] | None]], data: memoryview) -> PackedTables:
    tables: PackedTables = {}
    for table, column, rows, size, values in told:
        tables.setdefault(table, {})[column] = Packed(rows, data[:size], values)
        data = data[size:]
    return tables


def problem_of(facts: dict) -> Problem:
    """The problem that was written as JSON."""
    around = tuple(Beside(**beside) for beside in facts.get("around", ()))
    return Problem(**facts | {"severity": Severity(facts["severity"]), "around": around})


def _plan(facts: dict) -> Plan:
    facts = {field.name: facts[field.name] for field in fields(Plan)}
    facts["issued_on"] = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else None
    facts["registration_deadline"] = DayMonth(**facts["registration_deadline"])
    return Plan(**facts)
