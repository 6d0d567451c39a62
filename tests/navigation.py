"""The pages that `dashboard.py` offers, read from its source: running it would draw a page."""

import ast
from pathlib import Path
from typing import NamedTuple

from lib.panels import address

ROOT = Path(__file__).resolve().parent.parent


class Offered(NamedTuple):
    """A page of the navigation; the start page has no path of its own."""

    title: str
    path: str


def offered() -> list[Offered]:
    """Every page in the order of the navigation."""
    tree = ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    keywords = [{word.arg: word.value for word in call.keywords} for call in calls]
    found = [words for words in keywords if "title" in words]
    paths = [getattr(address, words["url_path"].attr) if "url_path" in words else "" for words in found]
    return [Offered(words["title"].value, path) for words, path in zip(found, paths, strict=True)]


def paths() -> list[str]:
    """The address of every page, each page once; "" is the start page."""
    return [page.path for page in offered() if page.path != address.OVERVIEW]
