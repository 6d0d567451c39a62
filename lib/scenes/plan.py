"""The sections of the plan, and the plan in one map."""

from lib import explain
from lib.panels import plan_map
from lib.panels.bars import section_bars
from lib.scenes.material import Material
from lib.scenes.parts import Bars, Grid, Scene

SECTIONS, SECTIONS_NAME = "muc", "Các mục"
MAP, MAP_NAME = "ban-do", "Bản đồ kế hoạch"
TASKS = 300
"""Of a larger plan the map shows so many; the overview pages through all."""


def sections(material: Material) -> Scene | None:
    """How each section with an occurrence stands."""
    filled = material.sections[material.sections["total"] > 0]
    if filled.empty:
        return None
    rows = tuple(section_bars(filled, material.view, len(filled)))
    return Scene(SECTIONS, SECTIONS_NAME, explain.section_finding(filled), (Bars(rows),))


def plan(material: Material) -> Scene | None:
    """Every task by every year."""
    tasks = material.occurrences["task"].drop_duplicates()
    if tasks.empty:
        return None
    shown = material.occurrences[material.occurrences["task"].isin(tasks.head(TASKS))]
    years = plan_map.years_shown(material.register, material.view)
    bands = plan_map.bands(shown, material.register, material.view, years)
    grid = Grid(tuple(years), tuple(bands), max(len(tasks) - TASKS, 0))
    return Scene(MAP, MAP_NAME, explain.map_finding(material.sections, material.years), (grid,))
