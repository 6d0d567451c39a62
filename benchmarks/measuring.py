"""Medians and ratios: each thing and its yardstick by turns in one run, so that a slow minute slows both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Samples:
    """What each round gave, in order, all in one unit."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.each)

    def over(self, yardstick: "Samples") -> "Samples":
        """The ratio to the yardstick in each round; its median is not the ratio of the medians."""
        return Samples(tuple(mine / theirs for mine, theirs in zip(self.each, yardstick.each, strict=True)))

    def written(self, form: str = ".3f") -> str:
        """The median, and from the least to the most."""
        low, middle, high = (format(number, form) for number in (min(self.each), self.median, max(self.each)))
        return f"{middle} ({low} to {high})"


def wall(run: Callable[[], object]) -> float:
    """Seconds that passed while `run` worked."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def processor(run: Callable[[], object]) -> float:
    """Seconds that the processor worked in this process while `run` did."""
    start = time.process_time()
    run()
    return time.process_time() - start


def by_turns(
    rounds: int, clock: Callable[[Callable[[], object]], float] = wall, **measured: Callable[[], object]
) -> dict[str, Samples]:
    """Run each once to warm up, then all of them `rounds` times by turns; seconds by `clock`."""
    for run in measured.values():
        run()
    found: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(rounds):
        for name, run in measured.items():
            found[name].append(clock(run))
    return {name: Samples(tuple(seconds)) for name, seconds in found.items()}
