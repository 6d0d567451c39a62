"""Dân vận khéo: each year against its target, by field and form, and every model."""

import streamlit as st

from lib import ui
from lib.panels import address, frame, models
from lib.ui import drawn

with ui.page("Dân vận khéo", address.MODELS) as board:
    if board.view.unit or board.view.section:
        ui.draw(frame.notes([models.OF_THE_WHOLE_AGENCY]))
    ui.draw(drawn.models_strip(board))
    if board.without_models:
        ui.draw(frame.message("Chưa có mô hình nào trong phạm vi đang xem", models.HOW_TO_ADD))
    else:
        left, right = st.columns([1.3, 1])
        with left:
            ui.chart(drawn.models_chart(board), "models", clickable=False)
        with right:
            for name, kind in (("field", "lĩnh vực"), ("form", "hình thức")):
                ui.draw(drawn.models_by(board, name, kind))
        ui.draw(drawn.every_model(board))
