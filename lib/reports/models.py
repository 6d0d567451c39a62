"""“Dân vận khéo” in a report: each year against its target, and the models that were registered by the day."""

import pandas as pd

from lib import summary
from lib.reports.blocks import Block, point, text
from lib.reports.phrases import amount, clauses, ended, unended
from lib.reports.scope import Scope
from lib.text import one_line
from lib.words import ModelState, day

_STATES = {
    ModelState.MET: "đạt chỉ tiêu",
    ModelState.AWAITING_EVALUATION: "chờ đánh giá",
    ModelState.NOT_EVALUATED: "hết năm chưa đánh giá đủ chỉ tiêu",
    ModelState.REGISTERED_LATE: "đăng ký muộn so với hạn",
    ModelState.NOT_DUE: "chưa đến hạn đăng ký",
    ModelState.MISSED: "không đạt chỉ tiêu đăng ký",
}
SHORT = (ModelState.MISSED, ModelState.REGISTERED_LATE, ModelState.NOT_EVALUATED)


def model_years(scope: Scope) -> pd.DataFrame:
    """`summary.dan_van_kheo` of the period's years that have begun by the day."""
    table = summary.dan_van_kheo(scope.register, scope.as_of)
    begun = (table["state"] != ModelState.UPCOMING) & table.index.isin(scope.period.years)
    return table[begun]


def model_blocks(scope: Scope) -> list[Block]:
    """A sentence for each year, a point for each registered model."""
    blocks: list[Block] = []
    for year, row in model_years(scope).iterrows():
        blocks.append(text(f"Năm {year}: {year_words(year, row, scope)}"))
        models = scope.register.models
        registered = models[(models["year"] == year) & (models["registered_on"] <= pd.Timestamp(scope.as_of))]
        blocks += [point(_model(model, scope)) for model in registered.itertuples()]
    return blocks


def year_words(year: int, row: pd.Series, scope: Scope) -> str:
    """What was registered and evaluated against the target, and what that comes to."""
    deadline = day(scope.plan.registration_due(year))
    target = f"chỉ tiêu {amount(row['target'])} mô hình" if row["target"] else "không đặt chỉ tiêu"
    if not row["registered"]:
        said = [f"chưa có mô hình nào được đăng ký ({target}, hạn đăng ký {deadline})"]
    else:
        said = [f"đã đăng ký {amount(row['registered'])} mô hình ({target}){_on_time(row, deadline)}", _evaluated(row)]
    said_already = row["registered"] and not row["registered_on_time"]
    return clauses([*said, _STATES[ModelState(row["state"])] if row["target"] and not said_already else ""])


def _on_time(row: pd.Series, deadline: str) -> str:
    on_time, registered = row["registered_on_time"], row["registered"]
    if on_time == registered:
        return f", đúng hạn {deadline}"
    if not on_time:
        return f", sau hạn {deadline}"
    return f", trong đó {amount(on_time)} mô hình đúng hạn {deadline}"


def _evaluated(row: pd.Series) -> str:
    if row["evaluated"]:
        return f"đã đánh giá {amount(row['evaluated'])} mô hình"
    said_by_state = row["state"] in (ModelState.AWAITING_EVALUATION, ModelState.NOT_EVALUATED)
    return "" if said_by_state else "chưa đánh giá mô hình nào"


def _model(model: object, scope: Scope) -> str:
    """A model's facts, its evaluation only where that had taken place by the day."""
    facts = [one_line(part) for part in (model.form, model.field, model.place, "; ".join(model.units)) if part]
    named = f"Mô hình “{one_line(model.model)}”" + (f" ({'; '.join(facts)})" if facts else "")
    if not model.evaluated_on <= pd.Timestamp(scope.as_of):
        return f"{named}: đăng ký ngày {day(model.registered_on)}, chưa đánh giá."
    recognition = f" Công nhận: {unended(one_line(model.recognition))}." if model.recognition else ""
    found = ended(model.evaluation) if model.evaluation else "chưa ghi kết quả đánh giá."
    return f"{named}: đánh giá ngày {day(model.evaluated_on)}: {found}{recognition}"
