"""What was read as plain bytes between processes: JSON, which holds facts and nothing that can run."""

import datetime as dt
from dataclasses import fields

import orjson

from lib.calendar_days import DayMonth
from lib.workbook.plan import Plan
from lib.workbook.problems import Beside, Problem, Severity
from lib.workbook.reading import Findings
from lib.workbook.shape import Columns


def pack(findings: Findings) -> bytes:
    """The plan, the tables (days as `2026-12-31`) and the problems."""
    return orjson.dumps(findings)


def unpack(data: bytes) -> tuple[Plan | None, dict[str, Columns], tuple[Problem, ...]]:
    """The plan, tables and problems `pack` was given; no plan and no tables where there were errors."""
    found = orjson.loads(data)
    problems = tuple(map(problem_of, found["problems"]))
    return (_plan(found["plan"]) if found["plan"] else None), found["tables"], problems


def problem_of(facts: dict) -> Problem:
    """The problem that was written as JSON."""
    around = tuple(Beside(**beside) for beside in facts.get("around", ()))
    return Problem(**facts | {"severity": Severity(facts["severity"]), "around": around})


def _plan(facts: dict) -> Plan:
    facts = {field.name: facts[field.name] for field in fields(Plan)}
    facts["issued_on"] = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else None
    facts["registration_deadline"] = DayMonth(**facts["registration_deadline"])
    return Plan(**facts)
