"""The parts of an xlsx or xlsm package, and the facts hidden in its sheets."""

from posixpath import join, normpath
from xml.etree import ElementTree

from lib.errors import UnreadableWorkbook
from lib.workbook.budget import Budget
from lib.workbook.formats import CellStyles, cell_styles
from lib.workbook.hidden import Hidden
from lib.workbook.package import DAMAGED, UNSAFE_XML, Package
from lib.workbook.xlsx_exact import scan_exactly
from lib.workbook.xlsx_quick import UnusualXml, scan_quickly
from lib.workbook.xlsx_strings import check_strings

WORKBOOK = "xl/workbook.xml"


def hidden_facts(package: Package, budget: Budget) -> dict[str, Hidden]:
    """Find what the cell reader hides, by sheet name, in the order of the workbook; worksheets only.

    Raises UnreadableWorkbook when the package is damaged or holds more than the budget's limits.
    """
    targets = relations(package, WORKBOOK)
    parts = _worksheets(package, targets)
    if len(parts) > budget.limits.sheets:
        raise UnreadableWorkbook(
            f"Tệp có {len(parts)} trang tính, quá mức đọc được. Hãy xóa các trang tính không cần thiết, lưu lại rồi "
            "chọn lại tệp."
        )
    styles = _styles(package, targets)
    facts = {name: _scan(package, part, name, styles, budget) for name, part in parts.items()}
    strings = package.read(target_part(targets, "/sharedStrings", "xl/sharedStrings.xml"))
    check_strings(strings, package, list(parts.values()), budget)
    return facts


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part: id -> (type, key of the target part)."""
    folder, _, name = part.rpartition("/")
    root = parse(package.read(f"{folder}/_rels/{name}.rels"))
    return {
        each.get("Id", ""): (each.get("Type", ""), normpath(join("/" + folder, each.get("Target", ""))))
        for each in root
    }


def parse(xml: bytes) -> ElementTree.Element:
    """Parse a small XML part. Raises UnreadableWorkbook when it is damaged or declares a document type."""
    if b"<!DOCTYPE" in xml:
        raise UnreadableWorkbook(UNSAFE_XML)
    try:
        return ElementTree.fromstring(xml)
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # the last two: an encoding nobody knows
        raise UnreadableWorkbook(DAMAGED) from error


def _worksheets(package: Package, targets: dict[str, tuple[str, str]]) -> dict[str, str]:
    parts = {}
    for sheet in parse(package.read(WORKBOOK)).iterfind("{*}sheets/{*}sheet"):
        relation = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        kind, target = targets.get(relation, ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        key = package.find(target)
        if key is None:
            raise UnreadableWorkbook(DAMAGED)
        parts[sheet.get("name", "")] = key
    return parts


def target_part(targets: dict[str, tuple[str, str]], kind: str, usual: str) -> str:
    """Give the part that a relation of some kind points to, or where programs usually put it."""
    return next((target for each, target in targets.values() if each.endswith(kind)), usual)


def styles_part(package: Package, targets: dict[str, tuple[str, str]], usual: str) -> bytes:
    """Give the styles, nothing where there are none. Raises UnreadableWorkbook where they are named and not there."""
    part = target_part(targets, "/styles", "")
    if part and package.find(part) is None:  # without them, 50 % in a cell would be half a percent
        raise UnreadableWorkbook(DAMAGED)
    return package.read(part or usual)


def _styles(package: Package, targets: dict[str, tuple[str, str]]) -> CellStyles:
    xml = styles_part(package, targets, "xl/styles.xml")
    if not xml:
        return CellStyles()
    try:
        return _cell_styles(parse(xml))
    except ValueError as error:
        raise UnreadableWorkbook(DAMAGED) from error


def _cell_styles(root: ElementTree.Element) -> CellStyles:
    codes = {
        int(each.get("numFmtId", "-1")): each.get("formatCode", "") for each in root.iterfind("{*}numFmts/{*}numFmt")
    }
    return cell_styles((int(each.get("numFmtId", "0")) for each in root.iterfind("{*}cellXfs/{*}xf")), codes)


def _scan(package: Package, part: str, sheet: str, styles: CellStyles, budget: Budget) -> Hidden:
    try:
        return scan_quickly(package, part, sheet, styles, budget)
    except UnusualXml:
        return scan_exactly(package.chunks(part), sheet, styles, budget)
    except ValueError as error:
        raise UnreadableWorkbook(DAMAGED) from error
