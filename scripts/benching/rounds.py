"""Rounds: limit and ours in turn, so that a busy neighbour slows both; the median of their ratios counts."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Measure = Callable[[], float]


@dataclass(frozen=True)
class Plan:
    """How much to measure: where files go, how often, how much at once."""

    folder: Path
    rounds: int
    quick: bool
    database_url: str | None = None

    def some(self, few: int, many: int) -> int:
        """The smaller number when it has to be quick."""
        return few if self.quick else many


def tell(figure: str, pairs: list[tuple[float, float]], unit: str) -> None:
    """One JSON line for pairs of (limit, ours): their medians, and the median, least and largest ratio."""
    ratios = [ours / limit if limit else 0.0 for limit, ours in pairs]
    line: dict[str, object] = {"figure": figure}
    line["ours"] = _short(median(ours for _, ours in pairs))
    line["limit"] = _short(median(limit for limit, _ in pairs))
    line |= {"ratio": _short(median(ratios)), "min": _short(min(ratios)), "max": _short(max(ratios))}
    print(json.dumps(line | {"unit": unit}, ensure_ascii=False), flush=True)


def compare(figure: str, limit: Measure, ours: Measure, *, rounds: int, unit: str) -> None:
    """Measure limit and ours in turn and tell the figure; which comes first changes with every round."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            mine = ours()
            pairs.append((limit(), mine))
        else:
            theirs = limit()
            pairs.append((theirs, ours()))
    tell(figure, pairs, unit)


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def processor_seconds(work: Callable[[], object]) -> float:
    """How long this process has the processor for some work, whoever else is busy on the machine."""
    began = time.process_time()
    work()
    return time.process_time() - began


@dataclass
class Spent:
    """Time spent: by the clock, and by this process on the processor."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure the block on both clocks."""
    spent = Spent()
    wall, cpu = time.perf_counter(), time.process_time()
    yield spent
    spent.wall, spent.cpu = time.perf_counter() - wall, time.process_time() - cpu


def disk(plan: Plan) -> None:
    """How often a second this disk makes a page durable: what every commit waits for."""
    path = plan.folder / "fdatasync.bin"
    rates = []
    for _ in range(3):
        with path.open("wb") as file:
            count, began = 0, time.perf_counter()
            while time.perf_counter() - began < 0.3:
                os.pwrite(file.fileno(), bytes(4096), 0)
                getattr(os, "fdatasync", os.fsync)(file.fileno())
                count += 1
            rates.append(count / (time.perf_counter() - began))
    path.unlink()
    tell("disk: fdatasync", [(rate, rate) for rate in rates], "/s")


def _short(number: float) -> float:
    """A number with four digits that mean something."""
    return float(f"{number:.4g}")
