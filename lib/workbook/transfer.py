"""What was read as plain bytes between processes: JSON for the facts, Arrow for the tables, nothing that can run."""

import datetime as dt
import json
from dataclasses import asdict, fields

import pyarrow as pa

from lib.calendar_days import DayMonth
from lib.workbook.plan import Plan
from lib.workbook.problems import Problem, Severity
from lib.workbook.reading import Findings
from lib.workbook.shape import DAY, LIST, NUMBER, OPTIONAL_YEAR, TABLES, TEXT, YEAR, Columns

_ARROW_TYPES = {
    TEXT: pa.large_string(),
    LIST: pa.list_(pa.large_string()),
    DAY: pa.date32(),
    NUMBER: pa.float64(),
    YEAR: pa.int64(),
    OPTIONAL_YEAR: pa.int64(),
}


def pack(findings: Findings) -> bytes:
    """One line of JSON that says how long each table is, then the tables."""
    streams = {name: _stream(name, columns) for name, columns in findings.tables.items()}
    header = {
        "problems": [problem.as_dict() for problem in findings.problems],
        "plan": _plan_facts(findings.plan) if findings.plan else None,
        "tables": {name: len(stream) for name, stream in streams.items()},
    }
    return b"".join([json.dumps(header, ensure_ascii=False).encode(), b"\n", *streams.values()])


def unpack(data: bytes) -> tuple[Plan | None, dict[str, pa.Table], tuple[Problem, ...]]:
    """The plan, tables and problems `pack` was given; no plan and no tables where there were errors."""
    end = data.index(b"\n")
    header = json.loads(data[:end])
    problems = tuple(Problem(**problem | {"severity": Severity(problem["severity"])}) for problem in header["problems"])
    tables, start = {}, end + 1
    for name, length in header["tables"].items():
        tables[name] = pa.ipc.open_stream(data[start : start + length]).read_all()
        start += length
    return (_plan(header["plan"]) if header["plan"] else None), tables, problems


def _plan_facts(plan: Plan) -> dict[str, object]:
    return asdict(plan) | {"issued_on": plan.issued_on.isoformat() if plan.issued_on else None}


def _plan(facts: dict) -> Plan:
    facts = {field.name: facts[field.name] for field in fields(Plan)}
    facts["issued_on"] = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else None
    facts["registration_deadline"] = DayMonth(**facts["registration_deadline"])
    return Plan(**facts)


def _stream(name: str, columns: Columns) -> bytes:
    arrays = {column: pa.array(columns[column], _ARROW_TYPES[kind]) for column, kind in TABLES[name].items()}
    table = pa.table(arrays)
    sink = pa.BufferOutputStream()
    # Compressed, a hundred thousand rows are six times fewer bytes to push through the pipe.
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()
