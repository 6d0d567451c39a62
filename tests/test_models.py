"""Sheets `Mô hình`."""

import pytest

from tests.workbooks import MODELS_HEADER, models, problems, read, register


def test_a_models_row_is_read():
    text = models(
        "Bản sạch | Năm 2024 | VĂN HOÁ – XÃ HỘI | nhân rộng | TTB, VP | Xã A | 28/3/2024! | 20/12/2024 | Tốt | Tỉnh"
    )
    row = register(text).models.iloc[0]
    assert (row["model"], row["year"], row["field"], row["form"]) == ("Bản sạch", 2024, "Văn hóa - xã hội", "Nhân rộng")
    assert row["units"] == ["Thanh tra Ban", "Văn phòng"]
    assert (f"{row['registered_on']:%d/%m/%Y}", f"{row['evaluated_on']:%d/%m/%Y}") == ("28/03/2024", "20/12/2024")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Bản sạch | 2024 | Thể thao | | | | 28/3/2024", ("unknown-choice", "Mô hình!C2")),
        ("Bản sạch | 2024 | | Thuê | | | 28/3/2024", ("unknown-choice", "Mô hình!D2")),
        ("Bản sạch | 2024 | | | Phòng lạ | | 28/3/2024", ("unknown-unit", "Mô hình!E2")),
        ("Bản sạch | 2024 | | | | | 31/2/2024", ("no-such-day", "Mô hình!G2")),
        ("Bản sạch | 2024", ("model-not-registered", "Mô hình!G2")),
        ("Bản sạch | 2024 | | | | | 28/3/2024 | 01/02/2024", ("evaluated-before-registered", "Mô hình!H2")),
        ("Bản sạch | 2021 | | | | | 28/3/2021", ("model-outside-plan", "Mô hình!B2")),
    ],
)
def test_each_rule_at_its_cell(row, expected):
    assert problems(models(row)) == [expected]


def test_a_misspelt_field_gets_a_suggestion():
    (found,) = read(models("Bản sạch | 2024 | Kinh te | | | | 28/3/2024")).errors
    assert "Có phải “Kinh tế”?" in found.message


def test_a_model_of_another_year_counts_nowhere():
    text = models("Bản sạch | 2021 | | | | | 28/3/2021", "Nhà đẹp | 2022 | | | | | 28/3/2022")
    assert register(text).models["model"].tolist() == ["Nhà đẹp"]


def test_a_model_may_stand_once_a_year_over_all_sheets():
    row = "Bản sạch | 2024 | | | | | 28/3/2024"
    again = "BẢN SẠCH. | 2024 | | | | | 28/3/2024"
    copy = f"# Mô hình 2024\n{MODELS_HEADER}\n{again}\n"
    assert problems(models(row) + copy) == [("duplicate-model", "Mô hình 2024!A2")]
    assert problems(models(row, row.replace("2024", "2025"))) == []


def test_a_copy_gives_its_year():
    header = MODELS_HEADER.replace("Năm | ", "")
    text = models() + f"# Mô hình 2025\n{header}\nBản sạch | Kinh tế | | | | 28/3/2025\n"
    assert register(text).models[["model", "year"]].values.tolist() == [["Bản sạch", 2025]]
