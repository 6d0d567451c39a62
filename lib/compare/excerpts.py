"""Two long texts shortened around what differs, so that the difference can be seen in one line."""

from lib.text import one_line

LIMIT = 110
"""Characters of one side of a change in a sentence, but for a few marks."""
_AROUND = 24
"""Characters kept before and after what differs."""
_ONLY_SPACES = " (chỉ khác khoảng trắng hoặc xuống dòng)"


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Both texts on one line each, in about `LIMIT` characters at most, cut where they are alike."""
    before, now = one_line(old), one_line(new)
    if before == now and old != new:
        return cut(before), cut(now) + _ONLY_SPACES
    if max(len(before), len(now)) <= LIMIT or not before or not now:
        return cut(before), cut(now)
    first = _word_after(before, _alike(before, now))
    olds, news = before[first:][::-1], now[first:][::-1]
    last = _word_after(olds, _alike(olds, news))
    return _piece(before, first, last), _piece(now, first, last)


def _alike(one: str, other: str) -> int:
    """How many characters at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))


def _word_after(text: str, alike: int) -> int:
    """Where to begin so that a few of the `alike` first characters stand before what differs, at a word if one can."""
    start = max(alike - _AROUND, 0)
    space = text.find(" ", start, alike) if start else -1
    return space + 1 if space >= 0 else start


def _piece(text: str, first: int, last: int) -> str:
    middle = cut(text[first : len(text) - last].strip())
    return ("… " if first else "") + middle + (" …" if last and not middle.endswith("…") else "")


def cut(line: str) -> str:
    """The beginning of a line, up to a word's end, with an ellipsis where something is left out."""
    if len(line) <= LIMIT:
        return line
    kept = line[:LIMIT].rsplit(" ", 1)[0] if " " in line[LIMIT // 2 : LIMIT] else line[:LIMIT]
    return kept.rstrip(" ,;:.-") + "…"
