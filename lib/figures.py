"""Summary tables -> Plotly figures, for the pages where people compare and explore.

Figures are painted for the day; in the dark and on paper the style sheet repaints them (`theme.css`).
"""

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from lib import words
from lib.text import shorten
from lib.theme import ACCENT, FONT, INK, LINE, MUTED, PAINTS, STRIPES, SURFACE, Paint
from lib.words import LOOK_LABELS, SIGNS, Look

TEMPLATE = "ke_hoach"
ROWS = 40
"""A comparison shows at most so many bars; more cannot be told apart."""

BAR_PIXELS, FRAME_PIXELS = 56, 24
NAME_LETTERS = 36

pio.templates[TEMPLATE] = go.layout.Template(
    layout={
        "font": {"family": f"{FONT}, sans-serif", "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "hoverlabel": {"font": {"family": f"{FONT}, sans-serif", "size": 14}},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": {"automargin": True, "gridcolor": LINE, "zeroline": False, "tickfont": {"color": MUTED}},
        "yaxis": {"automargin": True, "ticks": "", "showgrid": False},
        # A number that does not fit into its piece is left out, never shrunk; the table below has it.
        "uniformtext": {"mode": "hide", "minsize": 12},
    }
)

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
"""What the browser is told: no tool bar, no zooming by accident."""


def composition(table: pd.DataFrame, names: list[str]) -> go.Figure:
    """Stacked bars, a row for each of the first `ROWS` rows of a comparison, a piece for each look that occurs.

    `table` as `summary.by_department` or `by_section` give it, `names` what stands above each bar. Each piece carries
    (row, look) in `customdata`, so that a click can open its tasks.
    """
    shown = table.head(ROWS)
    figure = go.Figure([_pieces(shown, look) for look in Look if shown[f"look_{look}"].any()])
    above = [_name_above(place, *pair) for place, pair in enumerate(zip(names, shown["completion_rate"], strict=False))]
    figure.update_layout(
        template=TEMPLATE,
        barmode="stack",
        bargap=0.5,
        height=FRAME_PIXELS + BAR_PIXELS * max(len(shown), 1),
        showlegend=False,
        dragmode=False,
        annotations=above + [_total_beside(place, int(total)) for place, total in enumerate(shown["total"])],
    )
    figure.update_yaxes(autorange="reversed", type="category", showticklabels=False, fixedrange=True)
    # Every piece and every bar says its number: an axis would say it again.
    longest = int(shown["total"].max()) if len(shown) else 1
    figure.update_xaxes(visible=False, range=[0, longest * 1.1], fixedrange=True)
    return figure


def _name_above(place: int, name: str, rate: float) -> dict:
    """A row's name and completion rate over its bar, where a narrow screen has room for them too.

    `place` counts rows: a code such as `2.1` would be taken for a place between two of them.
    """
    text = f"{_as_text(shorten(name, NAME_LETTERS))} · <b>{words.rate(rate)}</b>"
    return {"y": place, "yshift": BAR_PIXELS * 0.42, "text": text, "x": 0, "xref": "paper"} | _WRITTEN


def _total_beside(place: int, total: int) -> dict:
    """How many there are, at the end of the bar."""
    return {"y": place, "x": total, "xshift": 6, "text": words.number(total), "font": {"color": MUTED}} | _WRITTEN


_WRITTEN = {"xanchor": "left", "borderpad": 0, "showarrow": False}
"""Of words in a chart that begin at their place."""


def _as_text(value: str) -> str:
    """A workbook's words in a place where Plotly would read tags."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pieces(table: pd.DataFrame, look: Look) -> go.Bar:
    """One look's piece of every bar."""
    paint, sign, counts = PAINTS[look], SIGNS[look], table[f"look_{look}"]
    return go.Bar(
        name=f"{sign.mark} {sign.label}",
        orientation="h",
        y=[str(row) for row in table.index],
        x=_without_zeros(counts),
        customdata=[[str(row), str(look)] for row in table.index],
        text=[f"{sign.mark} {words.number(count)}" if count else "" for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": paint.text},
        hovertemplate=f"%{{y}}<br>{LOOK_LABELS[look]}: %{{x}} lượt<extra></extra>",
        marker={
            "color": paint.fill,
            "line": {"color": paint.outline or SURFACE, "width": 2 if paint.outline else 1},
            "pattern": {"shape": paint.pattern, "fgcolor": STRIPES, "size": 6},
        },
    )


def _without_zeros(counts: pd.Series) -> list[int | None]:
    """The counts, None for nothing: a bar of length zero would still draw its outline."""
    return [int(count) or None for count in counts]


def composition_alt(table: pd.DataFrame) -> str:
    """The same comparison in words, for those who hear the page."""
    rows = [
        f"{row.Index}: {words.number(row.total)} lượt, quá hạn {words.number(row.overdue)}, "
        f"hoàn thành {words.rate(row.completion_rate)} số đến hạn"
        for row in table.head(ROWS).itertuples()
    ]
    return "; ".join(rows) or "Không có lượt nào"


EVALUATED = Paint(SURFACE, INK, outline=INK)
"""Of models that were evaluated: no state of a task, so none of their colours."""


def model_counts(table: pd.DataFrame) -> go.Figure:
    """Registered (on time and late) and evaluated models of each year beside the target; `summary.dan_van_kheo`."""
    years = [str(year) for year in table.index]
    late = table["registered"] - table["registered_on_time"]
    on_time_paint, late_paint = PAINTS[Look.DONE_ON_TIME], PAINTS[Look.DONE_LATE]
    figure = go.Figure(
        [
            _years_bar("Đăng ký đúng hạn", years, table["registered_on_time"], on_time_paint, "registered"),
            _years_bar("Đăng ký muộn", years, late, late_paint, "registered"),
            _years_bar("Đã đánh giá", years, table["evaluated"], EVALUATED, "evaluated"),
            go.Scatter(
                name="Chỉ tiêu",
                x=years,
                y=table["target"].tolist(),
                mode="markers",
                marker={"symbol": "line-ew", "size": 46, "line": {"width": 3, "color": INK}},
                hovertemplate="Chỉ tiêu năm %{x}: %{y} mô hình<extra></extra>",
            ),
        ]
    )
    figure.update_layout(template=TEMPLATE, barmode="relative", height=250, showlegend=False, dragmode=False)
    # The numbers stand in the bars: the axis would say them again.
    figure.update_yaxes(visible=False, rangemode="tozero", fixedrange=True)
    figure.update_xaxes(type="category", showgrid=False, fixedrange=True)
    return figure


def _years_bar(name: str, years: list[str], counts: pd.Series, paint: Paint, group: str) -> go.Bar:
    """One kind of count for every year; kinds of one `group` stand on each other."""
    return go.Bar(
        name=name,
        x=years,
        y=_without_zeros(counts),
        offsetgroup=group,
        text=[words.number(count) if count else "" for count in counts],
        textposition="inside",
        insidetextanchor="start",
        textangle=0,
        textfont={"color": paint.text},
        hovertemplate=f"{name} năm %{{x}}: %{{y}} mô hình<extra></extra>",
        marker={"color": paint.fill, "line": {"color": paint.outline or SURFACE, "width": 2 if paint.outline else 1}},
    )


def model_counts_alt(table: pd.DataFrame) -> str:
    """The same figures in words."""
    return "; ".join(
        f"năm {row.Index}: đăng ký {row.registered}, trong đó đúng hạn {row.registered_on_time}, "
        f"đánh giá {row.evaluated}, chỉ tiêu {row.target}"
        for row in table.itertuples()
    )


def course(table: pd.DataFrame) -> go.Figure:
    """The completion rate of one version after another; `table` as `panels.history.course` gives it.

    Of two versions at least. A step, not a slope: figures stay as published until the next version. Each point carries
    its version's number.
    """
    times = [at.astimezone(words.OFFICE_ZONE).replace(tzinfo=None) for at in table["at"]]
    told = [[number, words.office_time(at)] for number, at in zip(table["number"], table["at"], strict=True)]
    figure = go.Figure(
        go.Scatter(
            x=times,
            y=table["rate"].tolist(),
            customdata=told,
            mode="lines+markers+text",
            text=_ends([words.rate(rate) for rate in table["rate"].iloc[[0, -1]]], len(table)),
            textposition=_ends(["top right", "top left"], len(table), "top center"),
            cliponaxis=False,
            line={"shape": "hv", "width": 3, "color": ACCENT},
            marker={"size": 11, "color": ACCENT},
            hovertemplate="Phiên bản %{customdata[0]} · %{customdata[1]}<br>Hoàn thành %{y:.1%}<extra></extra>",
        )
    )
    figure.update_layout(template=TEMPLATE, height=260, showlegend=False, dragmode=False)
    figure.update_yaxes(range=[0, 1.12], tickvals=[0, 0.5, 1], tickformat=".0%", fixedrange=True)
    figure.update_yaxes(showgrid=True, gridcolor=LINE, tickfont={"color": MUTED})
    # The axis in figures alone: names of months would come in English.
    figure.update_xaxes(tickformat="%d/%m/%Y", tickvals=[times[0], times[-1]], tickangle=0, ticklabeloverflow="allow")
    figure.update_xaxes(showgrid=False, fixedrange=True)
    return figure


def _ends(told: list[str], count: int, between: str = "") -> list[str]:
    """Something for the first and the last of `count` points: where the line came from and where it is."""
    return [told[0], *[between] * (count - 2), told[1]]


def course_alt(table: pd.DataFrame) -> str:
    """The same line in words."""
    return "; ".join(
        f"phiên bản {row.number} lúc {words.office_time(row.at)}: {words.rate(row.rate)}, quá hạn {row.overdue}"
        for row in table.itertuples()
    )
