"""The overview as Streamlit's documentation would write it: filters in the sidebar, tiles, four charts, the tasks."""

import datetime as dt

import pandas as pd
import plan
import streamlit as st


@st.cache_data
def load(today: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    return plan.tasks(today), plan.models()


st.set_page_config(page_title="Tổng quan", layout="wide")
tasks, models = load(dt.date.today())

year = st.sidebar.selectbox("Năm", [plan.EVERY_YEAR, *sorted(tasks["Năm"].unique())])
department = st.sidebar.selectbox("Phòng tham mưu", [plan.EVERY_DEPARTMENT, *sorted(tasks["Phòng"].unique())])
rows = plan.chosen(tasks, year, department)

st.title("Tổng quan")
for column, (label, figure) in zip(st.columns(5), plan.tiles(rows).items(), strict=True):
    column.metric(label, figure)

left, right = st.columns(2)
left.plotly_chart(plan.plan_map(rows))
right.plotly_chart(plan.by(rows, "Phòng", "Theo phòng"))
right.plotly_chart(plan.by_model(plan.chosen(models, year)))
left.plotly_chart(plan.by(rows, "Tên mục", "Theo mục"))
st.dataframe(rows[plan.SHOWN], hide_index=True)
