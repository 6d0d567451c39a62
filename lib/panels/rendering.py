"""Templates into HTML: every value that comes from a workbook is text, whatever it holds."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lib import theme, words
from lib.panels.address import href


def style_sheet() -> str:
    """The one style sheet of everything drawn here: the palette's rules, then those of each sheet."""
    return theme.css() + "".join(map(_sheet, SHEETS))


def style_element() -> str:
    """The same as an element of a page."""
    return f"<style>{style_sheet()}</style>"


SHEETS = ("look", "check", "comparison", "script", "documents", "small", "print")
"""In the order in which they hold; a later one may overrule an earlier one."""


def meeting_style_sheet() -> str:
    """The style sheet of the projected screen alone, on top of the others."""
    return _sheet("meeting")


@cache
def _sheet(name: str) -> str:
    return (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")


def first_view(parts: Iterable[tuple[str, str]]) -> str:
    """Panels that were drawn, as a page before the program: pairs of `whole`, `left` or `right` and their HTML."""
    # In a tree of its own there is no :root.
    style = style_sheet().replace(":root{", ":host{") + _sheet("first_view")
    return render("first_view", style=Markup(style), parts=[(place, Markup(html)) for place, html in parts])


def mark(look: str) -> Markup:
    """The sign of a look in its colours, without words: for use beside words that say the same."""
    return Markup('<span class="s {}" aria-hidden="true">{}</span>').format(look, words.SIGNS[words.Look(look)].mark)


def _environment() -> Environment:
    """Escaping on, and a name missing from a template's data an error."""
    # Read once: what happens to the program's folder while it runs does not reach the screens.
    made = Environment(
        auto_reload=False,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"number": words.number, "rate": words.rate, "day": words.day, "day_month": words.day_month}
    made.filters["office_time"] = words.office_time
    made.globals |= {"href": href, "mark": mark, "LOOK_LABELS": words.LOOK_LABELS, "SIGNS": words.SIGNS}
    made.globals["SHORT_LOOKS"] = words.SHORT_LOOKS
    return made


_ENVIRONMENT = _environment()


def render(template: str, /, **values: object) -> str:
    """The HTML of `templates/<template>.html` with `values`."""
    return _ENVIRONMENT.get_template(f"{template}.html").render(**values)
