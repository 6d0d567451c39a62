"""A dashboard as Streamlit's own parts make it: five tiles, four charts, a table of 200 rows."""

import pandas as pd
import plotly.express as px
import streamlit as st

numbers = range(200)
rows = pd.DataFrame({"task": numbers, "group": [f"Group {n % 5}" for n in numbers], "rate": [n % 101 for n in numbers]})
for place, column in enumerate(st.columns(5)):
    column.metric(f"Group {place}", int(rows[rows["group"] == f"Group {place}"]["rate"].mean()))
for place, column in enumerate(st.columns(2) + st.columns(2)):
    part = rows[rows["task"] % 4 == place].groupby("group", as_index=False)["rate"].mean()
    column.plotly_chart(px.bar(part, x="group", y="rate"), key=f"chart{place}")
st.dataframe(rows)
