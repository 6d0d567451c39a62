"""The plan's workbook as a plain script would read it, and the four charts of the overview in plotly.express.

Shared by the overview as Streamlit's documentation would write it (`overview.py`) and as Dash's would. Nothing of the
contract's care is in it: no checks, no history, no day but the one on which the data are looked at.
"""

import datetime as dt
from pathlib import Path

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

WORKBOOK = Path(__file__).resolve().parents[2] / "data" / "ke-hoach-2022-2026.xlsx"
NOBODY = "Chưa phân công"
EVERY_YEAR, EVERY_DEPARTMENT = "Cả giai đoạn", "Tất cả phòng"
DONE, LATE, OVERDUE, GOING, UNKNOWN = "Đúng hạn", "Trễ hạn", "Quá hạn", "Trong hạn", "Chưa có báo cáo"
COLORS = {DONE: "#0E7C66", LATE: "#D98A00", OVERDUE: "#C8341F", GOING: "#2E6CB8", UNKNOWN: "#9AA5B5"}
SHOWN = ["Mã nhiệm vụ", "Nội dung", "Năm", "Phòng", "Hạn", "Tình trạng", "Tỷ lệ (%)", "Kết quả, sản phẩm"]


def tasks(today: dt.date) -> pd.DataFrame:
    """One row per task and year, with its section, department, due day and state on the day."""
    sheets = pd.read_excel(WORKBOOK, sheet_name=["Tiến độ", "Nhiệm vụ", "Mục"], dtype={"Mã": str, "Mã mục": str})
    plan = sheets["Nhiệm vụ"].merge(sheets["Mục"], on="Mã mục").rename(columns={"Phòng tham mưu": "Phòng của kế hoạch"})
    rows = sheets["Tiến độ"].assign(Mã=sheets["Tiến độ"]["Mã nhiệm vụ"].astype(str)).merge(plan, on="Mã")
    rows["Nội dung"] = rows["Tên ngắn"].fillna(rows["Nội dung nhiệm vụ"])
    rows["Phòng"] = rows["Phòng tham mưu"].fillna(rows["Phòng của kế hoạch"]).fillna(NOBODY).str.split(";").str[0]
    rows["Hạn"] = pd.to_datetime(rows["Hạn hoàn thành"].fillna("31/12/" + rows["Năm"].astype(str)), format="%d/%m/%Y")
    rows["Tình trạng"] = GOING
    rows.loc[rows["Trạng thái"].isna(), "Tình trạng"] = UNKNOWN
    rows.loc[rows["Hạn"] < pd.Timestamp(today), "Tình trạng"] = OVERDUE
    rows.loc[rows["Trạng thái"] == "Hoàn thành", "Tình trạng"] = DONE
    rows.loc[rows["Ngày hoàn thành"] > rows["Hạn"], "Tình trạng"] = LATE
    return rows


def models() -> pd.DataFrame:
    """The models as they are listed."""
    return pd.read_excel(WORKBOOK, sheet_name="Mô hình")


def chosen(rows: pd.DataFrame, year: int | str, department: str = EVERY_DEPARTMENT) -> pd.DataFrame:
    """The rows of a year and of a department."""
    rows = rows if year == EVERY_YEAR else rows[rows["Năm"] == year]
    return rows if department == EVERY_DEPARTMENT else rows[rows["Phòng"] == department]


def tiles(rows: pd.DataFrame) -> dict[str, str | int]:
    """The figures over the charts."""
    states = rows["Tình trạng"].value_counts()
    done = int(states.get(DONE, 0) + states.get(LATE, 0))
    due = done + int(states.get(OVERDUE, 0))
    return {
        "Số lượt": len(rows),
        "Đã hoàn thành": done,
        "Tỷ lệ hoàn thành": f"{done / due:.0%}" if due else "–",
        OVERDUE: int(states.get(OVERDUE, 0)),
        UNKNOWN: int(states.get(UNKNOWN, 0)),
    }


def by(rows: pd.DataFrame, column: str, title: str) -> go.Figure:
    """Stacked bars of the states by a column."""
    counts = rows.groupby([column, "Tình trạng"], as_index=False).size()
    return px.bar(
        counts, x="size", y=column, color="Tình trạng", orientation="h", title=title, color_discrete_map=COLORS
    )


def plan_map(rows: pd.DataFrame) -> go.Figure:
    """Every task and year as a square of its state's colour."""
    look = {"x": "Năm", "y": "Mã nhiệm vụ", "color": "Tình trạng", "hover_name": "Nội dung"}
    figure = px.scatter(rows, **look, title="Toàn bộ kế hoạch", color_discrete_map=COLORS)
    return figure.update_traces(marker={"symbol": "square", "size": 14}).update_yaxes(type="category")


def by_model(rows: pd.DataFrame) -> go.Figure:
    """Models by year and kind."""
    counts = rows.groupby(["Năm", "Hình thức"], as_index=False).size()
    return px.bar(counts, x="Năm", y="size", color="Hình thức", title="Mô hình Dân vận khéo")
