"""How long a page's script takes at 100 000 occurrences, as a ratio to its time on the plan's own workbook.

    python -m benchmarks.pages [--tasks 20000] [--rounds 7]

The aim is at most 3. Both workbooks are read and worked out once before measuring; what is measured is what every
further look at a page costs: one run of `dashboard.py` with that page, in this process, without a browser.
"""

import argparse
import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

from benchmarks import workbooks
from benchmarks.measuring import by_turns, ratio

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["overview", "departments", "sections", "dan_van_kheo", "tasks"]


def runner(page: str, data_dir: Path):
    """A function that runs one page of the dashboard on the workbook of `data_dir`."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    os.environ["DATA_DIR"] = str(data_dir)
    app.run()
    app.switch_page(f"pages/monitor/{page}.py")

    def run() -> None:
        os.environ["DATA_DIR"] = str(data_dir)
        app.run()
        if app.exception or app.error:
            raise SystemExit(f"{page} failed, so nothing was measured")

    return run


def main() -> None:
    """Print each page's two times and their ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        small.mkdir()
        large.mkdir()
        workbooks.write(large / "so-theo-doi.xlsx", options.tasks)
        print(f"{options.tasks} tasks, {options.tasks * 5} occurrences; the plan's own workbook has 20 tasks")
        for page in PAGES:
            times = by_turns(options.rounds, plan=runner(page, small), large=runner(page, large))
            found = ratio(times["large"], times["plan"])
            print(f"{page:14} plan {times['plan']}   large {times['large']}   ratio {found}")


if __name__ == "__main__":
    main()
