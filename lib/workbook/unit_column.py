"""A column that names departments and units -> for every row the units it stands for."""

from lib.workbook.problems import Problems
from lib.workbook.tables import Table
from lib.workbook.unit_sheet import report_unknown
from lib.workbook.units import UnitNames


def read_units(
    table: Table, name: str, kept: list[int], texts: list[str], names: UnitNames, problems: Problems
) -> list[list[str]]:
    """The units that each of a column's `texts` names (groups as their members); reports every name that is none."""
    memo: dict[str, tuple[list[str], list[str]]] = {}
    results = []
    for position, cell in zip(kept, texts, strict=True):
        if cell not in memo:
            memo[cell] = names.resolve(cell)
        units, unknown = memo[cell]
        for piece in unknown:
            report_unknown(table, name, position, piece, names, problems)
        results.append(units)
    return results
