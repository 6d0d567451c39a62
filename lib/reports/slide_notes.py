"""What whoever speaks reads: a scene in sentences."""

from lib import explain, words
from lib.scenes import Bars, Block, Figures, Grid, Lead, ModelCards, Proposal, Scene, Table
from lib.words import LOOK_LABELS, Look


def notes(scene: Scene, data_line: str) -> str:
    """The finding, every block in sentences, where the figures come from."""
    said = [line for block in scene.blocks for line in _said(block)]
    return "\n".join([f"{scene.title}.", *said, data_line])


def _said(block: Block) -> list[str]:
    if isinstance(block, Lead):
        return [explain.sentence(list(block.parts))]
    if isinstance(block, Figures):
        return [f"{figure.label}: {figure.value} ({figure.beside})." for figure in block.items]
    if isinstance(block, Proposal):
        return [block.text]
    if isinstance(block, Bars):
        return [_bar(row) for row in block.rows]
    if isinstance(block, ModelCards):
        return [_year(year) for year in block.years]
    return _rows(block)


def _rows(block: Table | Grid) -> list[str]:
    if isinstance(block, Grid):
        return [f"{look_count[1]} ô {LOOK_LABELS[look_count[0]].lower()}." for look_count in _squares(block)]
    said = [
        "; ".join(
            f"{column.header.lower()} {f'{cell.code} ' if cell.code else ''}{cell.text}"
            for column, cell in zip(block.columns, row, strict=True)
            if cell.text not in ("", "—")
        )
        for row in block.rows
    ]
    more = [f"Và {words.number(block.hidden)} việc nữa."] if block.hidden else []
    return [f"- {line[:1].upper()}{line[1:]}." for line in said] + more


def _squares(block: Grid) -> list[tuple[Look, int]]:
    found = [cell.look for band in block.bands for line in band.lines for cell in line.cells if cell]
    return [(look, found.count(look)) for look in block.looks]


def _bar(row: object) -> str:
    pieces = ", ".join(f"{words.number(piece.count)} {LOOK_LABELS[piece.look].lower()}" for piece in row.pieces)
    rate = "" if row.rate is None or row.rate != row.rate else f"; tỷ lệ hoàn thành {words.rate(row.rate)}"
    return f"{f'{row.name} {row.beside}'.strip()}: {pieces}{rate}."


def _year(year: object) -> str:
    return (
        f"Năm {year.year}: đăng ký {year.registered}/{year.target} mô hình, đúng hạn {year.registered_on_time}, "
        f"đã đánh giá {year.evaluated}: {year.label.lower()}."
    )
