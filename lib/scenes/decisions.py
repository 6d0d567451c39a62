"""What needs a decision, worst first: overdue work, work nobody was given, what departments ask for."""

import pandas as pd

from lib import words
from lib.scenes.material import Material
from lib.scenes.parts import Proposal, Scene
from lib.scenes.rows import due_cell, joined, lead_cell, remark_cell, standing_cell, table, task_cell
from lib.words import State

CODE, NAME = "quyet-dinh", "Cần quyết định"
_COLUMNS = (("Nhiệm vụ", 30), ("Phòng", 14), ("Hạn", 12), ("Tình trạng", 19), ("Vướng mắc, kiến nghị", 25))
_CODES_NAMED = 6
_OPEN = (State.OVERDUE, State.WITHIN)


def decisions(material: Material) -> Scene | None:
    """None where nothing is overdue, everything has somebody, and nobody asks for anything."""
    overdue = material.attention.overdue
    nobodys = unfinished(material.attention.unassigned)
    asked = asking(material.occurrences)
    found = joined([overdue, nobodys, asked])
    if found.empty:
        return None
    rows = [
        (task_cell(row), lead_cell(row), due_cell(row), standing_cell(row), remark_cell(row))
        for row in found.itertuples()
    ]
    asks = [Proposal(text) for text in (_proposal(overdue, nobodys),) if text]
    title = _finding(material, len(nobodys), len(asked))
    return Scene(CODE, NAME, title, (*asks, table(_COLUMNS, rows)))


def unfinished(unassigned: pd.DataFrame) -> pd.DataFrame:
    """Of `summary.unassigned` the tasks with something still to do: what is done needs nobody any more."""
    return unassigned[~unassigned["state"].isin([State.DONE_ON_TIME, State.DONE_LATE])]


def asking(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Open occurrences whose departments ask for something, the nearest deadline first."""
    asked = occurrences["state"].isin(_OPEN) & (occurrences["proposal"] != "")
    return occurrences[asked].sort_values("due_on", kind="stable")


def _finding(material: Material, nobodys: int, asked: int) -> str:
    counts = material.counts
    said = []
    if counts["overdue"]:
        longest = words.number(counts["longest_overdue_days"])
        said.append(f"{words.number(counts['overdue'])} lượt quá hạn, lâu nhất {longest} ngày")
    if nobodys:
        said.append(_nobodys(nobodys, len(material.attention.unassigned)))
    if asked and not said:
        said.append(f"{words.number(asked)} lượt có kiến nghị")
    return "; ".join(said)


def _nobodys(unfinished_tasks: int, tasks: int) -> str:
    """Tasks that nobody leads; where some of them are done already, how many are not."""
    if unfinished_tasks == tasks:
        return f"{words.number(tasks)} nhiệm vụ chưa giao phòng nào"
    return (
        f"{words.number(unfinished_tasks)} trong {words.number(tasks)} nhiệm vụ chưa giao phòng nào còn việc phải làm"
    )


def _proposal(overdue: pd.DataFrame, nobodys: pd.DataFrame) -> str:
    """What follows from the figures alone: who is to be named, for what a day is to be set."""
    said = []
    if len(nobodys):
        codes = nobodys["task"].tolist()
        named = ", ".join(codes[:_CODES_NAMED]) + (", …" if len(codes) > _CODES_NAMED else "")
        said.append(f"giao phòng tham mưu cho nhiệm vụ {named}")
    if len(overdue):
        said.append(f"chốt ngày hoàn thành của {words.number(len(overdue))} lượt quá hạn")
    return f"Đề nghị: {'; '.join(said)}." if said else ""
