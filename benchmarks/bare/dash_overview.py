"""The overview as Dash's documentation would write it: dropdowns, tiles, four charts, the tasks, one callback."""

import datetime as dt

import plan
from dash import Dash, Input, Output, callback, dash_table, dcc, html

tasks, models = plan.tasks(dt.date.today()), plan.models()
years = [plan.EVERY_YEAR, *sorted(tasks["Năm"].unique().tolist())]
departments = [plan.EVERY_DEPARTMENT, *sorted(tasks["Phòng"].unique())]

app = Dash(__name__, title="Tổng quan")
server = app.server
app.layout = html.Div(
    [
        html.H1("Tổng quan"),
        dcc.Dropdown(years, plan.EVERY_YEAR, id="year", clearable=False),
        dcc.Dropdown(departments, plan.EVERY_DEPARTMENT, id="department", clearable=False),
        html.Div(id="tiles", style={"display": "flex", "gap": "2rem"}),
        html.Div(
            [dcc.Graph(id=name) for name in ("map", "departments", "sections", "models")],
            style={"display": "grid", "gridTemplateColumns": "1fr 1fr"},
        ),
        dash_table.DataTable(id="rows", columns=[{"name": name, "id": name} for name in plan.SHOWN], page_size=20),
    ]
)


@callback(
    Output("tiles", "children"),
    Output("map", "figure"),
    Output("departments", "figure"),
    Output("sections", "figure"),
    Output("models", "figure"),
    Output("rows", "data"),
    Input("year", "value"),
    Input("department", "value"),
)
def update(year, department):
    rows = plan.chosen(tasks, year, department)
    return (
        [html.Div([html.Div(label), html.H2(figure)]) for label, figure in plan.tiles(rows).items()],
        plan.plan_map(rows),
        plan.by(rows, "Phòng", "Theo phòng"),
        plan.by(rows, "Tên mục", "Theo mục"),
        plan.by_model(plan.chosen(models, year)),
        rows[plan.SHOWN].assign(Hạn=rows["Hạn"].dt.strftime("%d/%m/%Y")).to_dict("records"),
    )


if __name__ == "__main__":
    app.run(debug=False)
