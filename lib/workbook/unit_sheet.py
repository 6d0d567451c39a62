"""Sheet `Đơn vị` -> the units, and the names by which every other sheet may call them.

The rules are in docs/quy-tac-tinh.md, "Đơn vị".
"""

from lib.schema import UNASSIGNED
from lib.text import fold
from lib.workbook import columns, rows
from lib.workbook.problems import Problems
from lib.workbook.shape import TABLES, Columns, joined
from lib.workbook.tables import Table
from lib.workbook.units import UnitNames, circles, split_names


def read(table: Table | None, problems: Problems) -> tuple[Columns, UnitNames]:
    """The units in sheet order, and their names; empty where there is no table."""
    if table is None or "unit" not in table.columns:
        return joined("units", []), UnitNames()
    kept = rows.counted(table, set(), problems)
    cells = {name: columns.texts(table, name, kept) for name in TABLES["units"]}
    names = _names(table, kept, cells, problems)
    successors = _links(table, kept, "successor", cells, names, problems)
    members = _links(table, kept, "members", cells, names, problems)
    _check_circles(table, kept, "successor", cells["unit"], successors, problems)
    if not _check_circles(table, kept, "members", cells["unit"], members, problems):
        names.members = {unit: named for unit, named in members.items() if named}
    resolved = {
        "successor": _single(table, kept, cells, successors, problems),
        "members": [names.expand(unit) if unit in names.members else [] for unit in cells["unit"]],
    }
    return cells | resolved, names


def _names(table: Table, kept: list[int], cells: dict[str, list[str]], problems: Problems) -> UnitNames:
    """Every accepted name; the units' own names are claimed before other names and abbreviations."""
    names = UnitNames(units=[unit for unit in cells["unit"] if unit])
    for column in ("unit", "other_names", "abbreviation"):
        for position, unit, cell in zip(kept, cells["unit"], cells[column], strict=True):
            for name in [cell] if column == "unit" else split_names(cell):
                _claim(table, position, column, unit, name, names, problems)
    return names


def _claim(
    table: Table, position: int, column: str, unit: str, name: str, names: UnitNames, problems: Problems
) -> None:
    key, where = fold(name), table.cell(column, position)
    if key == fold(UNASSIGNED):
        message = f"“{UNASSIGNED}” chỉ nhóm việc chưa giao đơn vị nào, không là tên đơn vị. Đổi tên, hoặc xóa dòng."
        problems.error("reserved-unit", table.title, where, message)
    elif not key:
        return
    elif key in names.names and (column == "unit" or names.names[key] != unit):
        message = f"Tên “{name}” dùng cho hai đơn vị: “{names.names[key]}” và “{unit}”. Mỗi tên chỉ của một đơn vị."
        problems.error("duplicate-unit", table.title, where, message)
    else:
        names.names[key] = unit


def _links(
    table: Table, kept: list[int], column: str, cells: dict[str, list[str]], names: UnitNames, problems: Problems
) -> dict[str, list[str]]:
    """Unit -> the units its cell names; reports names that are none."""
    links = {}
    for position, unit, cell in zip(kept, cells["unit"], cells[column], strict=True):
        links[unit], unknown = names.named(cell)
        for piece in unknown:
            report_unknown(table, column, position, piece, names, problems)
    return links


def report_unknown(table: Table, column: str, position: int, piece: str, names: UnitNames, problems: Problems) -> None:
    """A name that resolves to no unit, with the unit that was probably meant."""
    message = (
        f"Không có đơn vị “{piece}” trong trang Đơn vị.{names.suggestion(piece)} "
        "Sửa lại tên, hoặc thêm vào Tên gọi khác của đơn vị đó."
    )
    problems.error("unknown-unit", table.title, table.cell(column, position), message)


def _single(
    table: Table, kept: list[int], cells: dict[str, list[str]], links: dict[str, list[str]], problems: Problems
) -> list[str]:
    for position, unit in zip(kept, cells["unit"], strict=True):
        if len(links[unit]) > 1:
            message = f"“{unit}” có {len(links[unit])} đơn vị kế thừa. Chỉ ghi một đơn vị tiếp nhận chính."
            problems.error("several-successors", table.title, table.cell("successor", position), message)
    return [links[unit][0] if links[unit] else "" for unit in cells["unit"]]


def _check_circles(
    table: Table, kept: list[int], column: str, units: list[str], links: dict[str, list[str]], problems: Problems
) -> bool:
    """Report every circle at its first unit; whether there is one."""
    found = circles(links)
    for circle in found:
        position = kept[units.index(circle[0])]
        way = " → ".join(f"“{unit}”" for unit in [*circle, circle[0]])
        header = table.form.column(column).header
        message = f"Các đơn vị chỉ vòng quanh nhau: {way}. Xóa bớt một liên kết ở cột {header}."
        problems.error("unit-circle", table.title, table.cell(column, position), message)
    return bool(found)
