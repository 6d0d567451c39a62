"""Departments and units: every name ever written resolves to one unit."""

import pytest

from tests.workbooks import TASKS, UNITS, problems, progress, read, register

HEADER = "# Đơn vị\nTên đơn vị | Tên gọi khác | Viết tắt | Đơn vị kế thừa | Gồm các đơn vị\n"
ORDINARY = UNITS.split("\n", 3)[3]


def units(*rows):
    """The ordinary units and `rows`."""
    return HEADER + ORDINARY + "\n".join(rows) + "\n"


def led_by(cell, *changed):
    """The units that a `Phòng tham mưu` cell stands for."""
    text = progress(f"2.1.1 | 2024 | | Đang thực hiện | | | | | | | | {cell}")
    return register(text, *changed).progress["lead_units"].iloc[0]


@pytest.mark.parametrize(
    "cell", ["Thanh tra Ban", "THANH TRA BAN.", "TTB", "ttb", "Thanh  tra\\nBan", "TTB; Thanh tra Ban"]
)
def test_a_unit_has_one_name_however_it_is_written(cell):
    assert led_by(cell) == ["Thanh tra Ban"]


@pytest.mark.parametrize("cell", ["TTB; VP", "TTB\\nVP", "TTB, VP", "TTB và VP", "TTB;VP;", "TTB, VP; -"])
def test_several_units_are_split(cell):
    assert led_by(cell) == ["Thanh tra Ban", "Văn phòng"]


def test_a_name_with_a_comma_or_va_in_it_is_tried_before_it_is_split():
    more = units("Phòng Kế hoạch, Tài chính | | KHTC | |", "Phòng Tổ chức và Hành chính | | | |")
    assert led_by("Phòng Kế hoạch, Tài chính", more) == ["Phòng Kế hoạch, Tài chính"]
    assert led_by("VP; Phòng Kế hoạch, Tài chính", more) == ["Văn phòng", "Phòng Kế hoạch, Tài chính"]
    assert led_by("VP, Phòng Tổ chức và Hành chính", more) == ["Văn phòng", "Phòng Tổ chức và Hành chính"]


@pytest.mark.parametrize("cell", ["", "-", "Chưa phân công", "CHƯA PHÂN CÔNG."])
def test_nobody(cell):
    assert led_by(cell) == []


def test_a_group_stands_for_its_members_and_those_of_its_groups_each_once():
    more = units("Toàn Ban | | | | Các phòng thuộc Ban; Lãnh đạo Ban; TTB")
    members = ["Thanh tra Ban", "Văn phòng", "Phòng Chính sách dân tộc"]
    assert led_by("Các phòng thuộc Ban") == members
    assert led_by("Toàn Ban", more) == [*members, "Lãnh đạo Ban"]


def test_a_former_name_counts_under_the_units_name():
    assert led_by("Phòng Chính sách") == ["Phòng Chính sách dân tộc"]


def test_a_unit_with_a_successor_still_counts_under_its_own_name():
    text = HEADER + ORDINARY.replace("Thanh tra Ban | | TTB | |", "Thanh tra Ban | | TTB | VP |")
    assert led_by("TTB", text) == ["Thanh tra Ban"]
    assert register(text).units["successor"].iloc[0] == "Văn phòng"


def test_an_unknown_name_is_an_error_at_its_cell_with_a_suggestion():
    found = read(TASKS.replace("| Văn phòng |", "| Văn phong |")).errors
    assert [(problem.rule, problem.cell) for problem in found] == [("unknown-unit", "E4")]
    assert "Có phải “Văn phòng”?" in found[0].message


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Phòng mới | | TTB | |"], ("duplicate-unit", "Đơn vị!C8")),
        (["Phòng mới | Văn phòng | | |"], ("duplicate-unit", "Đơn vị!B8")),
        (["VĂN PHÒNG | | | |"], ("duplicate-unit", "Đơn vị!A8")),
        (["Chưa phân công | | | |"], ("reserved-unit", "Đơn vị!A8")),
        (["Phòng mới | chưa phân công | | |"], ("reserved-unit", "Đơn vị!B8")),
        (["Phòng mới | | | Phòng lạ |"], ("unknown-unit", "Đơn vị!D8")),
        (["Phòng mới | | | | Phòng lạ"], ("unknown-unit", "Đơn vị!E8")),
        (["Phòng mới | | | TTB; VP |"], ("several-successors", "Đơn vị!D8")),
        (["A | | | B |", "B | | | A |"], ("unit-circle", "Đơn vị!D8")),
        (["A | | | A |"], ("unit-circle", "Đơn vị!D8")),
        (["A | | | | B", "B | | | | C; VP", "C | | | | A"], ("unit-circle", "Đơn vị!E8")),
    ],
)
def test_what_may_not_stand_in_the_sheet(rows, expected):
    assert problems(units(*rows)) == [expected]


def test_a_name_may_be_repeated_within_its_own_unit():
    assert problems(units("Phòng mới | Phòng Mới; PM | PM | |")) == []
