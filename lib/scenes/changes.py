"""Since the last meeting: the figures then and now, and what became of which task."""

from lib import summary, words
from lib.scenes import since
from lib.scenes.material import Material
from lib.scenes.parts import Cell, Figure, Figures, Scene
from lib.scenes.rows import lead_cell, table, task_cell
from lib.words import Look

CODE, NAME = "thay-doi", "Thay đổi"
_COLUMNS = (("Nhiệm vụ", 36), ("Phòng", 18), ("Trước đó", 20), ("Hiện nay", 26))


def changes(material: Material) -> Scene | None:
    """None where no earlier day was chosen or nothing happened since."""
    if material.since is None:
        return None
    found = since.moves(material.since.occurrences, material.occurrences)
    pairs = list(found)
    if not pairs:
        return None
    title = f"Từ {words.day(material.since.day)}: {_finding(found)}"
    return Scene(CODE, NAME, title, (_figures(material), table(_COLUMNS, [_row(*pair) for pair in pairs])))


_KINDS = (
    ("done", "{} lượt hoàn thành"),
    ("newly_overdue", "{} lượt mới quá hạn"),
    ("reopened", "{} lượt rút hoàn thành"),
    ("postponed", "{} lượt lùi hạn"),
    ("suspended", "{} lượt tạm hoãn"),
    ("removed", "bỏ {} lượt"),
    ("added", "thêm {} lượt"),
    ("others", "{} lượt cập nhật khác"),
)
_NAMED = 3


def _finding(found: since.Moves) -> str:
    """The first few kinds of what happened, with their counts."""
    said = [form.format(words.number(len(pairs))) for name, form in _KINDS if (pairs := getattr(found, name))]
    rest = sum(len(getattr(found, name)) for name, _ in _KINDS) - sum(_counts(found)[:_NAMED])
    return ", ".join(said[:_NAMED]) + (f", {words.number(rest)} thay đổi khác" if len(said) > _NAMED else "")


def _counts(found: since.Moves) -> list[int]:
    return [len(pairs) for name, _ in _KINDS if (pairs := getattr(found, name))]


def _figures(material: Material) -> Figures:
    """The figures that a meeting compares, as they stood then beside those of now."""
    then, now = summary.counts(material.since.occurrences), material.counts
    day = words.day_month(material.since.day)
    return Figures(
        (
            Figure(
                "Hoàn thành trên số đến hạn",
                words.rate(now["completion_rate"]),
                f"{day}: {words.rate(then['completion_rate'])}",
            ),
            *(
                Figure(name, words.number(now[key]), f"{day}: {words.number(then[key])}", tone if now[key] else "")
                for key, name, tone in (("overdue", "Quá hạn", "alarm"), ("no_report", "Chưa có báo cáo", ""))
            ),
        )
    )


def _row(then: object | None, now: object | None) -> tuple[Cell, ...]:
    row = now or then
    look = Look(row.look) if now else None
    alarm = "alarm" if look == Look.OVERDUE else ""
    return task_cell(row), lead_cell(row), Cell(_before(then, now)), Cell(since.told(now), look=look, tone=alarm)


def _before(then: object | None, now: object | None) -> str:
    """How it stood, and who led it where that has changed."""
    said = since.told(then) if then else "chưa có trong kế hoạch"
    if then and now and then.lead_units != now.lead_units:
        said += f" ({'; '.join(then.lead_units) or 'chưa giao'})"
    return said
