"""The HTML a browser starts from: Streamlit's own with what is English or needless taken out; and "no such page"."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path

TITLE = "Theo dõi kế hoạch"
NO_SCRIPT = "Trang này cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang."
SCRIPT_PATH = "/tieng-viet.js"
EARLY = (
    "[data-testid=stSkipToContent]{font-family:'Be Vietnam Pro',sans-serif !important}"
    ".kh,.kh :is(h1,h2,h3,h4){font-family:'Be Vietnam Pro',sans-serif}"
)
"""Before anything is drawn. Until Streamlit knows this product's font it writes in its own, and for a sign that ours
lacks its list of fonts goes on to its own: a browser would fetch it, 170 kB and as much again for italics.
"""


_HERE = Path(__file__).parent


class UnknownShell(ValueError):
    """Streamlit's HTML is not the one this module knows; the pinned version was changed without it."""


def script() -> str:
    """What runs before Streamlit's own script: light or dark as chosen, its words in Vietnamese with the dictionary."""
    parts = [(_HERE / f"{name}.js").read_text(encoding="utf-8") for name in ("appearance", "first_view", "vietnamese")]
    words = (_HERE / "vietnamese.json").read_text(encoding="utf-8").strip()
    return "\n".join([f"window.streamlitWords = {words};", *parts])


def script_address(code: str) -> str:
    """Where `code` is served: another version has another address, so no browser keeps an old one."""
    return f"{SCRIPT_PATH}?v={sha256(code.encode()).hexdigest()[:12]}"


def vietnamese(shell: str, script_at: str, later: str = "") -> str:
    """Streamlit's index.html for this office: its language, title and words, our script before Streamlit's.

    later: the address of a script to fetch once the page has come to rest. UnknownShell where a place to change is not
    found exactly once.
    """
    # Scripts with `defer` and modules run in the order they stand in.
    ahead = f'<style>{EARLY}</style>\n    <script defer src="{script_at}" data-later="{later}"></script>\n    '
    for place, instead in (
        (r'<html lang="en">', '<html lang="vi">'),
        (r"<title>Streamlit</title>", f"<title>{TITLE}</title>"),
        (r"<noscript>.*</noscript>", f"<noscript><p>{NO_SCRIPT}</p></noscript>"),
        # Its own font, which no page here uses.
        (r'<link\s+rel="preload"[^>]*SourceSans[^>]*/>\s*', ""),
        # Where programs would learn of an interface that is turned off here.
        (r'<!--\s*Machine-readable.*?-->\s*<link rel="service-desc"[^>]*/>\s*', ""),
        # For a service that keeps pages for search engines; without it no script stands in the page itself.
        (r"<!-- initialize window\.prerenderReady.*?</script>\s*", ""),
        (r'(?=<script type="module")', ahead),
        (f"(?={re.escape(ROOT)})", ""),
    ):
        shell, changed = re.subn(place, lambda _, new=instead: new, shell, flags=re.DOTALL)
        if changed != 1:
            raise UnknownShell(place)
    return shell


def letters(config: Path) -> str:
    """Style rules that bring the font of Streamlit's `config.toml` before the program does, from the same places."""
    faces = tomllib.loads(config.read_text(encoding="utf-8"))["theme"]["fontFaces"]
    return "".join(
        f"@font-face{{font-family:'{face['family']}';src:url('/{face['url']}') format('woff2');"
        f"font-weight:{face['weight']};font-style:{face['style']};unicode-range:{face['unicodeRange']};"
        "font-display:swap}"
        for face in faces
    )


ROOT = '<div id="root"></div>'
"""Where Streamlit's program begins."""


def with_first_view(shell: str, letters: str, view: str) -> str:
    """The shell with a page to be read before the program is there, and the font's style rules."""
    return shell.replace(ROOT, f"<style>{letters}</style>{view}{ROOT}", 1)


def no_such_page() -> str:
    """What is said at an address that cannot be a page."""
    return (_HERE / "no_such_page.html").read_text(encoding="utf-8")
