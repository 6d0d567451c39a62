"""Vietnamese text: comparing it as people read it, searching it, cutting it; Roman numerals.

The rules are in docs/quy-tac-tinh.md, "So khớp tên gọi".
"""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

# Grave, acute, hook above, tilde, dot below: the five tones. Circumflex, breve and horn make other letters.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TONE = re.compile(f"[{_TONES}]")
_MARKED_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WITHOUT_DIRECTIONS = dict.fromkeys(map(ord, _DIRECTIONS))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad" + _DIRECTIONS))
# Those that stand for white space are left.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_SPACE = re.compile(r"\s+")
_MARKS = re.compile("[\u0300-\u036f]")


def turns(value: str) -> bool:
    """Whether something unseen in `value` turns the direction of writing, so that it may look like another text."""
    # One after the other is three times quicker than a pattern.
    return any(letter in value for letter in _DIRECTIONS)


def clean(value: str) -> str:
    """Text as it is stored: NFC, trimmed, line breaks inside kept, without what `turns` it."""
    if value.isascii():
        return value.strip()
    unturned = value.translate(_WITHOUT_DIRECTIONS) if turns(value) else value
    return unicodedata.normalize("NFC", unturned).strip().strip("\u200b\ufeff").strip()


def for_terminal(value: str) -> str:
    """Text that a terminal prints and does not obey."""
    return _CONTROLS.sub("", clean(value))


def clean_all(values: list[str]) -> list[str]:
    """`clean` of every text; a column that is in order already, as nearly all are, is only trimmed."""
    together = "\n".join(values)
    in_order = unicodedata.is_normalized("NFC", together) and "\u200b" not in together and "\ufeff" not in together
    if in_order and not turns(together):
        return [value.strip() for value in values]
    return [clean(value) for value in values]


def one_line(value: str) -> str:
    """The same text with every run of white space, line breaks too, as one space."""
    return " ".join(clean(value).split())


@lru_cache(maxsize=50_000)
def fold(value: str) -> str:
    """The form in which two spellings of one name are equal.

    Case, NFC or NFD, tone placement (`uỷ` = `ủy`), line breaks, repeated spaces, `tỉ`/`tỷ`, the kind of dash and
    punctuation at the end do not count; accents do.
    """
    lowered = unicodedata.normalize("NFD", value.translate(_INVISIBLE)).casefold()
    toned = _MARKED_WORD.sub(_tone_last, lowered)
    spaced = _DASH.sub("-", _SPACE.sub(" ", toned)).strip()
    return _without_final_punctuation(spaced)


def _tone_last(word: re.Match[str]) -> str:
    """Write a word's tone after its letters, so that where it was placed no longer matters."""
    letters = _TONE.sub("", word[0])
    tone = "".join(_TONE.findall(word[0]))
    return "ty" + tone if letters == "ti" and tone == "\u0309" else letters + tone


def _without_final_punctuation(value: str) -> str:
    end = len(value)
    while end and (value[end - 1] == " " or unicodedata.category(value[end - 1])[0] == "P"):
        end -= 1
    return value[:end]


@lru_cache(maxsize=50_000)
def plain(value: str) -> str:
    """Lower case without any accent (`đ` is `d`): what searching compares."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", value.casefold())).replace("đ", "d")
    return _SPACE.sub(" ", bare).strip()


def suggest(value: str, names: list[str]) -> str | None:
    """The one of `names` that `value` was most likely meant to be, or None."""
    by_plain = {plain(name): name for name in names}
    close = get_close_matches(plain(value), by_plain, n=1, cutoff=0.75)
    return by_plain[close[0]] if close else None


def shorten(value: str, limit: int = 60) -> str:
    """`value` on one line in fewer than `limit` characters, cut at a word with an ellipsis where it must be."""
    line = one_line(value)
    if len(line) < limit:
        return line
    cut = line[: limit - 2]
    word_end = cut.rfind(" ")
    return (cut[:word_end] if word_end > limit // 2 else cut).rstrip(" ,;:.-") + "…"


_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE | re.ASCII)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def roman(value: str) -> int | None:
    """The number a Roman numeral stands for, or None where `value` is none (`IV` is 4)."""
    if not _ROMAN.fullmatch(value):
        return None
    digits = [_ROMAN_VALUES[letter] for letter in value.lower()]
    following = [*digits[1:], 0]
    return sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))


_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_WITH_ENDING = re.compile(r"(.*)(\.[A-Za-z0-9]{1,8})")
LONGEST_FILE_NAME = 120


def file_name(value: str, instead: str) -> str:
    """The name of a file that somebody sent, as it may be shown, kept and given to any system again: without its path,
    in no more than so many characters, with its ending; `instead` where nothing is left of it."""
    last = _NOT_IN_NAMES.sub("_", one_line(re.split(r"[/\\]", value)[-1])).rstrip(" .")
    named = _WITH_ENDING.fullmatch(last)
    stem, ending = (named[1].strip(" ."), named[2]) if named else (last.lstrip(" ."), "")
    if not stem:
        return instead
    if _DEVICES.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    return stem[: LONGEST_FILE_NAME - len(ending)].rstrip(" .") + ending
