""" "Dân vận khéo" by year, and the models of the year in question."""

import pandas as pd

from lib import explain, words
from lib.panels.models import model_years
from lib.scenes.material import Material
from lib.scenes.parts import Cell, ModelCards, Scene, Table
from lib.scenes.rows import table
from lib.text import one_line, shorten

CODE, NAME = "dan-van-kheo", "Dân vận khéo"
_COLUMNS = (("Mô hình năm {}", 44), ("Đơn vị phụ trách", 20), ("Đăng ký", 12), ("Đánh giá", 24))
_NAME_LETTERS, _RESULT_LETTERS = 90, 60


def dan_van_kheo(material: Material) -> Scene | None:
    """Each year in view against its target; None where the plan sets none and there are no models."""
    years = material.models.loc[[material.view.year]] if material.view.year else material.models
    if not years[["target", "registered"]].to_numpy().any():
        return None
    plan = material.register.plan
    cards = model_years(years, material.register.models, material.as_of)
    deadline = words.day_month(plan.registration_due(plan.first_year))
    listed = _listed(material)
    blocks = (ModelCards(tuple(cards), plan.model_target, deadline), *([listed] if listed.rows else []))
    return Scene(CODE, NAME, explain.models_finding(years), blocks)


def _listed(material: Material) -> Table:
    """The models of the chosen year, else of the as-of date's."""
    year = material.view.year or material.as_of.year
    models = material.register.models
    found = models[models["year"] == year]
    columns = [(header.format(year), share) for header, share in _COLUMNS]
    return table(columns, [_row(row, pd.Timestamp(material.as_of)) for row in found.itertuples()])


def _row(row: object, today: pd.Timestamp) -> tuple[Cell, ...]:
    """Days after the as-of date are not known yet on that date."""
    registered = words.day(row.registered_on) if row.registered_on <= today else "chưa"
    evaluated = "chưa"
    if row.evaluated_on <= today:
        result = shorten(row.evaluation, _RESULT_LETTERS) if row.evaluation else ""
        evaluated = f"{words.day(row.evaluated_on)}{f', {one_line(result)}' if result else ''}"
    return Cell(shorten(row.model, _NAME_LETTERS)), Cell("; ".join(row.units) or "—"), Cell(registered), Cell(evaluated)
