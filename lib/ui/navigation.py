"""The pages that are offered, made once: Streamlit follows each one's path through the file system when it is made."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from lib.ui.kept import Kept

_made = Kept(1)


def offered(make: Callable[[], Mapping[str, list[Any]]]) -> dict[str, list[Any]]:
    """The pages that `make` gave first, under their headings. Copies: st.navigation marks the one that may run, and
    other sessions run at the same time."""
    pages = _made.get("pages", make)
    return {heading: [copy(page) for page in some] for heading, some in pages.items()}
