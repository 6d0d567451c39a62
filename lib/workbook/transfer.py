"""A reading as plain bytes between processes: JSON for the facts, Arrow for the tables, nothing that can run."""

import datetime as dt
import json
from dataclasses import asdict, fields

import pandas as pd
import pyarrow as pa

from lib.calendar_days import DayMonth
from lib.workbook.problems import Problem, Severity
from lib.workbook.reading import Reading
from lib.workbook.register import LIST, TABLES, Plan, Register, typed


def pack(reading: Reading) -> bytes:
    """One line of JSON that says how long each table is, then the tables."""
    frames = {name: _stream(getattr(reading.register, name)) for name in TABLES} if reading.register else {}
    header = {
        "problems": [problem.as_dict() for problem in reading.problems],
        "plan": _plan_facts(reading.register.plan) if reading.register else None,
        "tables": {name: len(stream) for name, stream in frames.items()},
    }
    return b"".join([json.dumps(header, ensure_ascii=False).encode(), b"\n", *frames.values()])


def unpack(data: bytes) -> Reading:
    """What `pack` was given."""
    end = data.index(b"\n")
    header = json.loads(data[:end])
    problems = tuple(Problem(**problem | {"severity": Severity(problem["severity"])}) for problem in header["problems"])
    if header["plan"] is None:
        return Reading(None, problems)
    frames, start = {}, end + 1
    for name, length in header["tables"].items():
        frames[name] = _frame(name, data[start : start + length])
        start += length
    return Reading(Register(_plan(header["plan"]), **frames), problems)


def _plan_facts(plan: Plan) -> dict[str, object]:
    facts = asdict(plan)
    facts["issued_on"] = plan.issued_on.isoformat() if plan.issued_on else None
    return facts


def _plan(facts: dict) -> Plan:
    facts = {field.name: facts[field.name] for field in fields(Plan)}
    facts["issued_on"] = dt.date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else None
    facts["registration_deadline"] = DayMonth(**facts["registration_deadline"])
    return Plan(**facts)


def _stream(frame: pd.DataFrame) -> bytes:
    sink = pa.BufferOutputStream()
    table = pa.Table.from_pandas(frame, preserve_index=False)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _frame(name: str, stream: bytes) -> pd.DataFrame:
    table = pa.ipc.open_stream(stream).read_all()
    lists = {column: table[column].to_pylist() for column, kind in TABLES[name].items() if kind == LIST}
    frame = table.drop_columns(list(lists)).to_pandas() if lists else table.to_pandas()
    return typed(name, frame.assign(**{column: pd.Series(values, dtype=object) for column, values in lists.items()}))
