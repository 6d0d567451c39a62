"""All hostile cases, by name, and how they become a folder of files."""

import re
from pathlib import Path

from tests.hostile import case_cells, case_kinds, case_markup, case_sheets, case_zips
from tests.hostile.case import Case

CASES: dict[str, Case] = {
    case.name: case
    for module in (case_kinds, case_zips, case_markup, case_sheets, case_cells)
    for case in module.table.cases
}


def write(folder: Path) -> dict[Path, Case]:
    """Write every case into a folder, one file each; the file of each."""
    written = {}
    for number, case in enumerate(CASES.values()):
        path = folder / f"{number:03d}-{re.sub(r'[^0-9a-z]+', '-', case.name.lower())[:40]}.{case.kind}"
        path.write_bytes(case.make())
        written[path] = case
    return written
