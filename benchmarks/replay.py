"""A bare page: what one run of a page drew, written down as the plainest script that draws the same from constants.

While a page runs, each call of a Streamlit command is noted with its arguments. The notes become two files, as a
plain author would have them: an entry with the navigation, and the page itself. Every HTML text, option, label and
figure in them is a literal. What remains is what Streamlit asks of any page with that content:

- the commands themselves, in the same containers, with the same keys; a widget's value is set where ours sets it;
- a Plotly figure is made by `go.Figure` from lists of numbers in each run, as its documentation has it;
- components are those that the product declared once: nothing is declared again in a run;
- callbacks are left out, and what a download would hold is empty where ours is made on the click.
"""

import datetime as dt
import enum
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from lib.ui import appearance, links, meeting, sign_in

COMMANDS = (
    *("set_page_config", "html", "write", "code", "container", "columns", "expander", "form", "form_submit_button"),
    *("button", "download_button", "toggle", "checkbox", "radio", "selectbox", "segmented_control", "multiselect"),
    *("date_input", "text_input", "file_uploader", "plotly_chart"),
)
PLACES = ("container", "columns", "expander", "form")
"""Those of them that give something to draw in."""
COMPONENTS = {"links": (links, "_clicks"), "appearance": (appearance, "_choices"), "session": (sign_in, "_cookie")}
COMPONENTS |= {"deck": (meeting, "_deck"), "prepare": (meeting, "_prepare")}
CALLBACKS = {"on_change", "args"}
HEAD = """\
import datetime
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from lib.ui import appearance, links, meeting, sign_in

"""


class Script:
    """One file in the making: its lines, how deep in `with` blocks it is, its numbered containers."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.depth = 0

    def add(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    @property
    def text(self) -> str:
        return HEAD + "\n".join(self.lines) + "\n"


class Recorder:
    """Takes down what is called, in the entry and, while a page runs, in the page."""

    def __init__(self) -> None:
        self.entry, self.page = Script(), Script()
        self._now = self.entry
        self._names: dict[int, str] = {id(st.sidebar): "st.sidebar"}
        self._kept: list[Any] = []
        self._count = 0

    def _named(self, made: Any) -> str:
        """A name for what a command gave, where other lines may need it."""
        self._count += 1
        name = f"place{self._count}"
        self._kept.append(made)
        for position, one in enumerate(made if isinstance(made, list) else [made]):
            self._names[id(one)] = f"{name}[{position}]" if isinstance(made, list) else name
        return name

    def command(self, name: str, call: Callable) -> Callable:
        """A Streamlit command that is noted when it is called."""

        def noted(*args: Any, **words: Any) -> Any:
            if "on_change" in words:
                self._now.add(f"st.session_state[{words['key']!r}] = {_literal(st.session_state[words['key']])}")
            line = f"st.{name}({_arguments(args, words)})"
            place = self._now, len(self._now.lines)
            self._now.add(line)
            made = call(*args, **words)
            if name in PLACES:
                script, at = place
                script.lines[at] = script.lines[at].replace("st.", f"{self._named(made)} = st.", 1)
            return made

        return noted

    def component(self, module: Any, attribute: str, call: Callable) -> Callable:
        """A component of ours, likewise."""

        def noted(**words: Any) -> Any:
            self._now.add(f"{module.__name__.rsplit('.', 1)[1]}.{attribute}({_arguments((), words)})")
            return call(**words)

        return noted

    def navigation(self, call: Callable) -> Callable:
        """The navigation, with files of the bare page's own."""

        def noted(pages: Mapping[str, list], **words: Any) -> Any:
            self._now.add("page = st.navigation(")
            self._now.add("    {")
            for group, some in pages.items():
                listed = ", ".join(f"st.Page({_page(one)})" for one in some)
                self._now.add(f"        {group!r}: [{listed}],")
            self._now.add("    },")
            self._now.add(f"    {_arguments((), words)},")
            self._now.add(")")
            return call(pages, **words)

        return noted

    @contextmanager
    def running_page(self) -> Iterator[None]:
        """What is called within the block belongs to the page's own file."""
        self._now.add("page.run()")
        before, self._now = self._now, self.page
        try:
            yield
        finally:
            self._now = before

    @contextmanager
    def within(self, place: DeltaGenerator) -> Iterator[None]:
        """What is called within the block stands in a container."""
        script = self._now
        script.add(f"with {self._names[id(place)]}:")
        script.depth += 1
        start = len(script.lines)
        try:
            yield
        finally:
            if len(script.lines) == start:
                script.add("pass")
            script.depth -= 1


def _arguments(args: tuple, words: Mapping[str, Any]) -> str:
    options = next((value for value in (*args, words.get("options")) if isinstance(value, (list, tuple))), ())
    written = [_literal(value) for value in args]
    for word, value in words.items():
        if word not in CALLBACKS:
            written.append(f"{word}={_told(value, options) if word == 'format_func' else _literal(value)}")
    return ", ".join(written)


def _told(words: Callable[[Any], str], options: list) -> str:
    """What a widget's options are called: a dictionary."""
    return f"{_literal({option: words(option) for option in options})}.get"


def _literal(value: Any) -> str:
    if isinstance(value, go.Figure):
        return _figure(value)
    if isinstance(value, Path):
        return f"Path({str(value)!r})"
    if isinstance(value, enum.Enum):
        return repr(value.value)
    if isinstance(value, (list, tuple)):
        inside = "".join(f"{_literal(one)}, " for one in value)
        return f"[{inside}]" if isinstance(value, list) else f"({inside})"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, str):
        return repr(str(value))
    if callable(value):
        return 'lambda: b""'
    if value is None or isinstance(value, (bool, int, float, bytes, dt.date)):
        return repr(value)
    raise TypeError(f"no literal for {value!r}")


def _figure(figure: go.Figure) -> str:
    """A figure as its author would write it: traces by their classes, the template by its name."""
    parts = figure.to_plotly_json()
    traces = [
        f"go.{type(trace).__name__}(**{_literal({k: v for k, v in part.items() if k != 'type'})})"
        for trace, part in zip(figure.data, parts["data"], strict=True)
    ]
    layout = parts["layout"] | {"template": "ke_hoach"}
    return f"go.Figure([{', '.join(traces)}], {_literal(layout)})"


def _page(page: StreamlitPage) -> str:
    words = {"title": page.title, "url_path": page.url_path, "visibility": page.visibility}
    if page._default:
        words = {"title": page.title, "default": True}
    return f"Path(__file__).parent / {page._page.name!r}, {_arguments((), words)}"


@contextmanager
def recorded() -> Iterator[Recorder]:
    """While the block runs, a page that runs is taken down."""
    taken = Recorder()
    run, enter, leave = StreamlitPage.run, DeltaGenerator.__enter__, DeltaGenerator.__exit__
    open_places: list[tuple[Any, Any]] = []

    def run_page(self: StreamlitPage) -> None:
        with taken.running_page():
            run(self)

    def enter_place(self: DeltaGenerator) -> None:
        within = taken.within(self)
        within.__enter__()
        open_places.append(within)
        enter(self)

    def leave_place(self: DeltaGenerator, *error: Any) -> Any:
        open_places.pop().__exit__(None, None, None)
        return leave(self, *error)

    with ExitStack() as stack:
        for name in COMMANDS:
            stack.enter_context(patch.object(st, name, taken.command(name, getattr(st, name))))
        for module, attribute in COMPONENTS.values():
            call = getattr(module, attribute)
            stack.enter_context(patch.object(module, attribute, taken.component(module, attribute, call)))
        stack.enter_context(patch.object(st, "navigation", taken.navigation(st.navigation)))
        stack.enter_context(patch.object(StreamlitPage, "run", run_page))
        stack.enter_context(patch.object(DeltaGenerator, "__enter__", enter_place))
        stack.enter_context(patch.object(DeltaGenerator, "__exit__", leave_place))
        yield taken


def write(taken: Recorder, folder: Path, page: str, files: Iterable[str]) -> Path:
    """The bare page in `folder`: its entry, its own file `page`, and an empty one for each other page of `files`."""
    folder.mkdir(parents=True)
    for name in files:
        (folder / name).write_text("", encoding="utf-8")
    (folder / page).write_text(taken.page.text, encoding="utf-8")
    entry = folder / "bare.py"
    entry.write_text(taken.entry.text, encoding="utf-8")
    return entry


def sent(messages: Iterable[ForwardMsg]) -> list[str]:
    """What a run sent for the screen, without what differs in any two runs: hashes, the order of a figure's fields."""
    return [_told_apart(one) for one in messages if one.WhichOneof("type") in ("delta", "navigation")]


def _told_apart(message: ForwardMsg) -> str:
    copy = ForwardMsg()
    copy.CopyFrom(message)
    if copy.delta.new_element.WhichOneof("type") == "plotly_chart":
        chart = copy.delta.new_element.plotly_chart
        chart.spec = json.dumps(json.loads(chart.spec), sort_keys=True)
    return re.sub(r"\b[0-9a-f]{32}\b|hash: .*", "", str(copy))
