"""Medians and ratios: each thing and its yardstick by turns in one run, so that a slow minute slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Seconds of each round, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        return f"{self.median:.3f} s ({min(self.seconds):.3f} to {max(self.seconds):.3f})"


def by_turns(rounds: int, **measured: Callable[[], object]) -> dict[str, Times]:
    """Run each once to warm up, then all of them `rounds` times by turns."""
    for run in measured.values():
        run()
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, run in measured.items():
            start = time.perf_counter()
            run()
            found[name].append(time.perf_counter() - start)
    return {name: Times(tuple(seconds)) for name, seconds in found.items()}


def ratio(times: Times, yardstick: Times) -> str:
    """The median of the rounds' own ratios, with their spread."""
    ratios = [mine / theirs for mine, theirs in zip(times.seconds, yardstick.seconds, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
