"""Words of official documents that every part of a report shares: amounts, lists, days, the end of a sentence."""

from collections.abc import Iterable, Sequence

from lib.words import number


def amount(count: int) -> str:
    """A count as documents write it: `08`, `12`, `1.500`."""
    return f"{count:02d}" if 0 < count < 10 else number(count)


def listed(parts: Sequence[str]) -> str:
    """`a`, `a và b`, `a, b và c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}" if parts else ""


def clauses(parts: Iterable[str]) -> str:
    """The parts that say something, as one sentence."""
    return "; ".join(part for part in parts if part) + "."


def capital(sentence: str) -> str:
    """The sentence with a capital first letter; nothing else is changed."""
    return sentence[:1].upper() + sentence[1:]


def unended(text: str) -> str:
    """What somebody typed, without the full stop or semicolon at its end: more follows in the same sentence."""
    return text.strip().rstrip(".;, ")


def ended(text: str) -> str:
    """What somebody typed, as a sentence: a full stop where no other sign ends it."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(';, ')}."
