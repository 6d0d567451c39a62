"""Sheets `Mô hình` -> the "Dân vận khéo" models of the plan's years.

The rules are in docs/quy-tac-tinh.md, "Mô hình".
"""

from collections.abc import Callable
from itertools import compress

from lib.schema import FIELDS, FORMS
from lib.text import fold, suggest
from lib.workbook import cells, columns, rows
from lib.workbook.cells import CellFault, Value
from lib.workbook.kept_rows import Rows
from lib.workbook.plan import Plan
from lib.workbook.problems import Problems
from lib.workbook.progress_rules import swapped_in
from lib.workbook.shape import Columns, joined
from lib.workbook.tables import Table
from lib.workbook.unit_column import read_units
from lib.workbook.units import UnitNames


def read(tables: list[Table], plan: Plan | None, names: UnitNames, problems: Problems) -> Columns:
    """The models of the plan's years from all `Mô hình` sheets, joined."""
    parts = []
    first_seen: dict[tuple[str, int], str] = {}
    for table in tables:
        read_rows = _read_rows(table, names, problems)
        _check_unique(read_rows, first_seen, problems)
        _check_dates(read_rows, problems)
        inside = _inside(read_rows, plan, problems)
        parts.append({name: list(compress(values, inside)) for name, values in read_rows.values.items()})
    return joined("models", parts)


def _listed(allowed: tuple[str, ...]) -> Callable[[Value], str]:
    by_fold = {fold(word): word for word in allowed}

    def read_choice(value: Value) -> str:
        found = by_fold.get(fold(cells.text(value)))
        if found is None:
            shown = cells.shown(value.raw)
            meant = suggest(shown, list(allowed))
            advice = f" Có phải “{meant}”?" if meant else ""
            message = f"“{shown}” không có trong danh sách.{advice} Ghi một trong: {'; '.join(allowed)}."
            raise CellFault("unknown-choice", message)
        return found

    return read_choice


def _read_rows(table: Table, names: UnitNames, problems: Problems) -> Rows:
    kept = rows.counted(table, set(), problems)
    units_text = columns.texts(table, "units", kept)
    values = {
        "model": columns.texts(table, "model", kept),
        "year": columns.read(table, "year", kept, cells.year, problems),
        "field": columns.read(table, "field", kept, _listed(FIELDS), problems, blank=""),
        "form": columns.read(table, "form", kept, _listed(FORMS), problems, blank=""),
        "units_text": units_text,
        "units": read_units(table, "units", kept, units_text, names, problems),
        "registered_on": columns.read(table, "registered_on", kept, cells.date, problems),
        "evaluated_on": columns.read(table, "evaluated_on", kept, cells.date, problems),
    }
    values |= {name: columns.texts(table, name, kept) for name in ("place", "evaluation", "recognition", "note")}
    if "year" not in table.columns:
        values["year"] = [table.year] * len(kept)
    return Rows(table, kept, values)


def _check_unique(read_rows: Rows, first_seen: dict[tuple[str, int], str], problems: Problems) -> None:
    table = read_rows.table
    for position, model, year in read_rows.of("model", "year"):
        if not model or year is None:
            continue
        where, key = table.cell("model", position), (fold(model), year)
        if key in first_seen:
            message = f"Mô hình “{model}” năm {year} đã có ở {first_seen[key]}. Mỗi mô hình mỗi năm một dòng."
            problems.error("duplicate-model", table.title, where, message)
        else:
            first_seen[key] = f"{table.title}!{where}"


def _check_dates(read_rows: Rows, problems: Problems) -> None:
    table = read_rows.table
    for position, model, registered, evaluated in read_rows.of("model", "registered_on", "evaluated_on"):
        where = table.cell("registered_on", position)
        if registered is None and cells.is_blank(table.value("registered_on", position).raw):
            message = f"Mô hình “{model}” chưa có Ngày đăng ký nên chưa được đếm. Ghi ngày/tháng/năm đăng ký."
            problems.warning("model-not-registered", table.title, where, message)
        elif registered and evaluated and evaluated < registered:
            message = f"Mô hình “{model}” có Ngày đánh giá trước Ngày đăng ký. Kiểm tra lại hai ngày."
            problems.warning("evaluated-before-registered", table.title, table.cell("evaluated_on", position), message)
    for _, rule, column, position, message in swapped_in(table, ("registered_on", "evaluated_on"), read_rows.kept):
        problems.warning(rule, table.title, table.cell(column, position), message)


def _inside(read_rows: Rows, plan: Plan | None, problems: Problems) -> list[bool]:
    """Whether each model's year is one of the plan's; a model of another year counts nowhere."""
    table, inside = read_rows.table, []
    for position, model, year in read_rows.of("model", "year"):
        outside = plan is not None and year is not None and year not in plan.years
        inside.append(not outside)
        if outside:
            message = (
                f"Mô hình “{model}” thuộc năm {year}, ngoài giai đoạn {plan.first_year}-{plan.last_year} của kế hoạch, "
                "nên không được đếm. Kiểm tra lại năm."
            )
            column = "year" if "year" in table.columns else "model"
            problems.warning("model-outside-plan", table.title, table.cell(column, position), message)
    return inside
