"""Dân vận khéo: each year against its target, by field and form, and every model."""

import streamlit as st

from lib import explain, figures, ui
from lib.panels import address, frame, models

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
            heading = frame.finding("Số mô hình mỗi năm so với chỉ tiêu")
            ui.chart(heading, figures.model_counts(table), "models", figures.model_counts_alt(table), clickable=False)
        with right:
            counted = board.registered_models()
            ui.draw(models.breakdown("Mô hình đã đăng ký theo lĩnh vực", counted["field"]))
            ui.draw(models.breakdown("Mô hình đã đăng ký theo hình thức", counted["form"]))
        ui.draw(models.models_table(listed, board.register))
