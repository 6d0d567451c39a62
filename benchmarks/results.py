"""The page of results: what each section found last, with the words about it, written by the command alone.

Each section's findings lie in `benchmarks/results/<name>.json`, so that one section can be measured again without the
others; `benchmarks/results/<name>.md` is what people add: before and after, what was tried, why something is missed.
"""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.findings import Aim, Findings, Table
from benchmarks.measuring import Samples

FOLDER = Path(__file__).resolve().parent / "results"
PAGE = Path(__file__).resolve().parent / "RESULTS.md"
PACKAGES = ("streamlit", "pandas", "plotly", "python-calamine", "openpyxl", "dash")
OPENING = """\
# Results

Written by `python run.py bench`; what is measured, and how, is said at the top of each section's module. Every ratio
is to a yardstick run by turns with it, in the same minute: median of the rounds (least to most). To repeat one
section: `python run.py bench {example}`; all of them: `python run.py bench`, on a machine that does nothing else.
"""


@dataclass(frozen=True)
class Measured:
    """A section as it was measured: what was found, and on what."""

    on: str
    findings: Findings


def keep(name: str, findings: Findings, rounds: int, today: dt.date) -> None:
    """File the findings of a section in the place of its earlier ones."""
    packages = ", ".join(filter(None, map(_as_installed, PACKAGES)))
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    kept = {"on": f"{today:%d/%m/%Y}, {rounds} rounds, {machine}, {packages}", "findings": asdict(findings)}
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _as_installed(package: str) -> str:
    """The package with its version; "" where only the benchmarks bring it and they were not installed."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def measured(name: str) -> Measured | None:
    """A section as it was last measured; None when it never was."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    tables = tuple(Table(table["title"], tuple(map(tuple, table["rows"]))) for table in kept["findings"]["tables"])
    return Measured(kept["on"], Findings(tables, tuple(map(_aim, kept["findings"]["aims"]))))


def _aim(kept: dict) -> Aim:
    return Aim(**kept | {"found": Samples(tuple(kept["found"]["each"]))})


def page(sections: dict[str, str]) -> str:
    """The whole page; `sections` names them in order, with their titles."""
    found = {name: one for name in sections if (one := measured(name))}
    lines = [OPENING.format(example=next(iter(sections))), "## Aims", "", *_aims(found)]
    for name, one in found.items():
        lines += ["", f"## {sections[name]}", "", f"`benchmarks/{name}.py`. {one.on}."]
        for table in one.findings.tables:
            lines += ["", *_table(table)]
        lines += _words(name)
    return "\n".join(lines) + "\n"


def _aims(found: dict[str, Measured]) -> Iterator[str]:
    yield "| what | aim | found | |"
    yield "|---|---|---|---|"
    for one in found.values():
        for aim in one.findings.aims:
            limit = f"at {'least' if aim.at_least else 'most'} {aim.limit:g} {aim.unit}"
            yield f"| {aim.what} | {limit} | {aim.found.written('.2f')} | {_verdict(aim)} |"


def _verdict(aim: Aim) -> str:
    if aim.met:
        return "met"
    return f"missed by {abs(aim.found.median / aim.limit - 1):.0%}"


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield from (f"**{table.title}**", "")
    head, *rows = table.rows
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _words(name: str) -> list[str]:
    path = FOLDER / f"{name}.md"
    return ["", path.read_text(encoding="utf-8").strip()] if path.exists() else []
