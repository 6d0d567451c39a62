"""Dân vận khéo: each year against its target, by field and form, and every model."""

import streamlit as st

from lib import explain, figures, ui
from lib.panels import address, figure_tables, frame, models

with ui.page("Dân vận khéo", address.MODELS) as board:
    if board.view.unit or board.view.section:
        ui.draw(frame.notes([models.OF_THE_WHOLE_AGENCY]))
    table, listed = board.models_table(), board.models()
    ui.draw(models.models_strip(explain.models_finding(table), board.model_years(), board.register))
    if listed.empty:
        ui.draw(frame.message("Chưa có mô hình nào trong phạm vi đang xem", models.HOW_TO_ADD))
    else:
        left, right = st.columns([1.3, 1])
        with left:
            heading = models.chart_heading(explain.registered_finding(table))
            drawn, said = figures.model_counts(table), figures.model_counts_alt(table)
            ui.chart(heading, drawn, "models", said, figure_tables.models(table), clickable=False)
        with right:
            counted = board.registered_models()
            for name, kind in (("field", "lĩnh vực"), ("form", "hình thức")):
                ui.draw(models.breakdown(explain.share_finding(counted[name], kind), counted[name], kind))
        ui.draw(models.models_table(listed, board.register))
