"""Starts the pages: `python -m lib.server run dashboard.py ...` takes what `python -m streamlit` takes."""

from streamlit import net_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli


def prepare() -> None:
    """Turn off what Streamlit has no setting for."""
    # A folder `pages` beside the entry makes a fresh Streamlit believe in its old way of many pages until the entry has
    # run once; whoever opens a deep link first would be told "Page not found". The entry says its pages itself.
    PagesManager.uses_pages_directory = False
    # Asked from a foreign origin, it would look up its own address at a public service. The office is offline.
    net_util.get_external_ip = lambda: None


def main() -> None:
    """Run Streamlit's own command line."""
    prepare()
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
