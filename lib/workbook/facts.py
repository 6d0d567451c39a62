"""What the cell reader hides, for each of the formats."""

from lib.workbook import ods, xls, xlsb, xlsx
from lib.workbook.budget import Budget
from lib.workbook.hidden import Hidden
from lib.workbook.package import Package

PACKAGES = {
    "xlsx": xlsx.hidden_facts,
    "xlsm": xlsx.hidden_facts,
    "xlsb": xlsb.hidden_facts,
    "ods": ods.hidden_facts,
}


def hidden_facts(data: bytes, kind: str, budget: Budget) -> dict[str, Hidden]:
    """What calamine hides of each sheet, by its name; UnreadableWorkbook for a file that asks for too much."""
    if kind == "xls":
        return xls.hidden_facts(data, budget)
    package = Package(data, budget.limits)
    facts = PACKAGES[kind](package, budget)
    package.check_rest()
    return facts
