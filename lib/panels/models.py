"""“Dân vận khéo”: each year against its target, and the list of models."""

import datetime as dt
from collections import Counter

import pandas as pd

from lib import words
from lib.panels.rendering import render
from lib.panels.tiles import ModelYear
from lib.words import ModelState
from lib.workbook.register import Register

DAYS_NAMED = 3
OF_THE_WHOLE_AGENCY = "Số mô hình được tính cho cả cơ quan, không tách theo phòng hay theo mục."
HOW_TO_ADD = [
    "Ghi mỗi mô hình một dòng trong trang Mô hình của sổ: tên, năm, ngày đăng ký, ngày đánh giá.",
    "Mô hình chưa có ngày đăng ký thì chưa được đếm vào chỉ tiêu.",
]


def model_years(table: pd.DataFrame, models: pd.DataFrame, as_of: dt.date) -> list[ModelYear]:
    """Each row of `summary.dan_van_kheo` with the days of that year's models, those after `as_of` left out."""
    return [
        ModelYear(
            year=int(row.Index),
            target=int(row.target),
            registered=int(row.registered),
            registered_on_time=int(row.registered_on_time),
            evaluated=int(row.evaluated),
            state=ModelState(row.state),
            registered_days=_days(models.loc[models["year"] == row.Index, "registered_on"], as_of),
            evaluated_days=_days(models.loc[models["year"] == row.Index, "evaluated_on"], as_of),
        )
        for row in table.itertuples()
    ]


def _days(column: pd.Series, as_of: dt.date) -> str:
    """The first few days in order, `28/3, 12/4`; "" where there are none by `as_of`."""
    known = column[column <= pd.Timestamp(as_of)].sort_values()
    return ", ".join(map(words.day_month, known.head(DAYS_NAMED))) + (", …" if len(known) > DAYS_NAMED else "")


def models_strip(title: str, years: list[ModelYear], register: Register) -> str:
    """A card for each year: registered against the target, its state in words, the days."""
    plan = register.plan
    deadline = words.day_month(plan.registration_due(plan.first_year))
    return render("models_strip", title=title, years=years, target=plan.model_target, deadline=deadline)


def chart_heading(text: str) -> str:
    """The heading over the chart of years, and what its bars and lines stand for."""
    return render("models_heading", text=text)


def breakdown(title: str, column: pd.Series, kind: str) -> str:
    """How many models have each value of `column`, most first; `kind` is what the column holds."""
    found = column.value_counts()
    return render(
        "breakdown", title=title, kind=kind, rows=list(found.items()), most=int(found.max()) if len(found) else 0
    )


def models_table(models: pd.DataFrame, register: Register) -> str:
    """Every model with all its columns; a registration after the year's deadline is said in words."""
    rows = [(row, _lateness(row, register)) for row in models.itertuples()]
    told = Counter(lateness.split()[0] for _, lateness in rows)
    said = [f"{words.number(told[first])} {what}" for first, what in _REGISTRATIONS.items() if told[first]]
    return render("models_table", rows=rows, told=", ".join(said))


_REGISTRATIONS = {"đúng": "đăng ký đúng hạn", "muộn": "đăng ký muộn", "chưa": "chưa đăng ký"}
"""What the first word of a model's registration comes to."""


def _lateness(row: object, register: Register) -> str:
    """How a model's registration stands to the deadline of its year."""
    if pd.isna(row.registered_on):
        return "chưa đăng ký"
    due = register.plan.registration_due(int(row.year))
    days = (row.registered_on.date() - due).days
    return f"muộn {words.number(days)} ngày" if days > 0 else "đúng hạn"
