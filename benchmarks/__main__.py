"""python run.py bench: measures the sections that are named, or all, and writes benchmarks/RESULTS.md.

python run.py bench [reading pages ...] [--rounds 5] [--browser /usr/bin/chromium]
"""

import argparse
import datetime as dt
import importlib
import shutil

from benchmarks import results
from benchmarks.findings import Effort

# Each is a module of this package with `measure(effort) -> Findings`.
SECTIONS = {
    "reading": "Reading a workbook",
    "pages": "What the script of each page costs",
    "documents": "What documents cost",
    "first_view": "The first view, and the start",
    "load": "Many screens at work",
    "idle": "Many screens at rest, and a publication",
    "beside_dash": "Beside Dash and plain Streamlit",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")


def write_page() -> None:
    """Put what every section found last on the page of results."""
    results.PAGE.write_text(results.page(SECTIONS), encoding="utf-8")


def main() -> None:
    """Measure, keep what was found after each section, write the page."""
    parser = argparse.ArgumentParser(prog="python run.py bench")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--browser", default=next(filter(None, map(shutil.which, BROWSERS)), "msedge"))
    parser.add_argument("--page-only", action="store_true", help="write the page from what was found before")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    for name in [] if options.page_only else options.sections or SECTIONS:
        print(f"measuring: {SECTIONS[name]}", flush=True)
        findings = importlib.import_module(f"benchmarks.{name}").measure(Effort(options.rounds, options.browser))
        results.keep(name, findings, options.rounds, dt.datetime.now(dt.UTC).date())
        write_page()
    write_page()
    print(results.page(SECTIONS))


if __name__ == "__main__":
    main()
