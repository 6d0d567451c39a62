"""English that is left on a screen: all text a browser holds, and which of its words cannot be Vietnamese."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page

# Everything that is shown, read aloud or shown on hovering, wherever in the document, in shadow trees too. Names of
# icons are drawn as pictures and not read.
COLLECT = """() => {
    const found = [];
    const names = ['aria-label', 'aria-valuetext', 'aria-description', 'aria-roledescription', 'title', 'placeholder',
        'alt'];
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.closest('script, style, noscript, [data-testid=stIconMaterial]')) continue;
            for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
            for (const name of names) if (element.hasAttribute(name)) found.push(element.getAttribute(name));
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document);
    return [...new Set(found.map((text) => text.trim().replace(/\\s+/g, ' ')).filter(Boolean))];
}"""

# How an unmarked Vietnamese syllable can be built.
START = "b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh|n|ph?|qu|r|s|th|tr|t|v|x|"
MIDDLE = "a|e|i|o|u|y|ia|iu|oa|oe|ua|ue|uy|oo|uye"
OPEN_END = "ai|ao|au|ay|eo|oi|ui|oai|oay|oeo|uya|uyu|uay|uao"
END = "ch?|m|ng|nh|n|p|t"
SYLLABLE = re.compile(f"({START})(({MIDDLE})({END})?|{OPEN_END})", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")

ALLOWED = {
    "caps",
    "lock",
    "csv",
    "excel",
    "enter",
    "esc",
    "xlsx",
    "xlsm",
    "xlsb",
    "xls",
    "ods",
    "kb",
    "mb",
    "png",
    "pdf",
    "http",
    "docx",
    "zip",
    "ics",
    "word",
    "powerpoint",
    "outlook",
    "google",
    "gzip",
    "libreoffice",
    "web",
    "nn",
    "tt",
    "nnnn",
}
"""Kinds of files, programs, units, keys, which the office calls so too; ngày/tháng/năm in an empty date."""
NUMBER_OF_DOCUMENT = re.compile(r"\d+/[\w-]+")
# Built like Vietnamese, and still not to be met alone on these screens.
LOOK_VIETNAMESE = {
    "the",
    "to",
    "on",
    "in",
    "no",
    "not",
    "can",
    "run",
    "set",
    "get",
    "put",
    "it",
    "if",
    "up",
    "at",
    "era",
}


def english_in(text: str) -> list[str]:
    """The words of the text that no Vietnamese reader would know."""
    words = [
        word.lower() for word in WORD.findall(NUMBER_OF_DOCUMENT.sub("", text)) if word.isascii() and not is_code(word)
    ]
    strange = [word for word in words if not SYLLABLE.fullmatch(word) and word not in ALLOWED]
    plain = text.isascii() and len(words) > 1
    return strange + ([word for word in words if word in LOOK_VIETNAMESE] if plain else [])


QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|\*\.\w+|#[A-Z/0]+[!?]?|\((?:Text|Number|(?:\w+ ?)+(?: › [\w ]+)+)\)")
"""In a sentence of the product: what people wrote, kinds of files, errors and menus of Excel by its own names."""


def english_in_sentence(sentence: str) -> list[str]:
    """The same of a sentence that quotes what people wrote; what it quotes may be in any language."""
    return english_in(QUOTED.sub("", sentence))


def is_code(word: str) -> bool:
    """A letter, or letters as in a code or a numeral: A, F2, BC-BDT, XII."""
    return len(word) == 1 or (word.isupper() and len(word) < 5 and not SYLLABLE.fullmatch(word))


def left(page: Page, but: set[str] = frozenset()) -> Iterator[str]:
    """Every text of the page with English in it, but for the whole texts `but` (names of files)."""
    for text in page.evaluate(COLLECT):
        if text not in but and english_in(_without_names(text, but)):
            yield text


def _without_names(text: str, names: set[str]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text
