"""The opening: the plan in one sentence, the figures answered first."""

from lib import explain, words
from lib.panels.models import model_years
from lib.scenes.material import Material
from lib.scenes.parts import Figure, Figures, Lead, Scene

CODE, NAME = "mo-dau", "Mở đầu"


def opening(material: Material) -> Scene:
    """The sentence of the overview and its tiles; a plan without tasks says so."""
    counts, plan = material.counts, material.register.plan
    parts = explain.headline(counts, material.as_of, len(material.attention.unassigned))
    tiles = (Figures(_figures(material)),) if counts["total"] else ()
    return Scene(CODE, NAME, plan.title, (Lead(tuple(parts)), *tiles))


def _figures(material: Material) -> tuple[Figure, ...]:
    counts, plan, found = material.counts, material.register.plan, material.attention
    done = counts["done_on_time"] + counts["done_late"]
    rate = f"{words.number(done)}/{words.number(done + counts['overdue'])} lượt đến hạn"
    worst = f"lâu nhất {words.number(counts['longest_overdue_days'])} ngày" if counts["overdue"] else "không có"
    nearest = _nearest(found.due_soon)
    late_silent = int((found.no_report["days_overdue"] > 0).sum())
    silent = f"trong đó {words.number(late_silent)} lượt quá hạn" if late_silent else "đều còn trong hạn"
    return (
        Figure("Hoàn thành trên số đến hạn", words.rate(counts["completion_rate"]), rate),
        Figure("Quá hạn", words.number(counts["overdue"]), worst, "alarm" if counts["overdue"] else ""),
        Figure(f"Đến hạn trong {plan.due_soon_days} ngày", words.number(counts["due_soon"]), nearest),
        Figure("Chưa có báo cáo", words.number(counts["no_report"]), silent if counts["no_report"] else "không có"),
        *_models(material),
    )


def _nearest(due_soon: object) -> str:
    return f"gần nhất {words.day(due_soon['due_on'].iloc[0])}" if len(due_soon) else "không có"


def _models(material: Material) -> tuple[Figure, ...]:
    """The models of the chosen year, else of the as-of date's, where the plan has it."""
    year = material.view.year or material.as_of.year
    table = material.models
    if year not in table.index:
        return ()
    found = model_years(table.loc[[year]], material.register.models, material.as_of)[0]
    value = f"{words.number(found.registered)}/{words.number(found.target)}"
    return (Figure(f"Dân vận khéo {year}", value, found.label.lower()),)
