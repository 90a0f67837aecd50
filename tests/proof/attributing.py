"""Tells which of many edits that were made at once are found: each of them by itself.

To verify a village takes as long for one edit as for many, so many are made together. An edit is found

1. where a finding names its table and column; else
2. by a timetable: sixteen runs, each edit made in two of them, no two edits in the same two. A finding that
   comes in just these two runs is its own, for every other edit is made in one more run or one less; else
3. where a look at this edit alone finds anything: who is hidden by others ends here, and who is missed.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from tests.proof.editor import Edit

RUNS, TABLES = 16, 15
"""A round robin: sixteen runs make 120 pairs, which fall into fifteen rounds of eight that share no run. So
each table has a round, and in no run are two of its cells edited: they may be one and the same."""

TOGETHER = 20
"""Tables whose cells are edited at once where findings name them: few enough for one report of fifty."""

Look = Callable[[Sequence[Edit]], frozenset[Hashable]]
"""Makes these edits, returns what is found with them, and takes them back."""


def pairs_of(round_: int) -> list[tuple[int, int]]:
    """Return the eight pairs of runs of one round; all rounds together hold each pair once.

    >>> sorted(run for pair in pairs_of(4) for run in pair) == list(range(RUNS))
    True
    """
    last = RUNS - 1
    return [
        (last, round_),
        *(((round_ + step) % last, (round_ - step) % last) for step in range(1, RUNS // 2)),
    ]


def found_by_name(
    queues: Iterable[Sequence[Edit]], look: Look, is_named: Callable[[Edit, frozenset[Hashable]], bool]
) -> Iterator[Edit]:
    """Yield the edits that a finding names; `queues`: those of each table."""
    left = [deque(queue) for queue in queues]
    for start in range(0, len(left), TOGETHER):
        some = left[start : start + TOGETHER]
        while batch := [queue.popleft() for queue in some if queue]:
            findings = look(batch)
            yield from (edit for edit in batch if is_named(edit, findings))


def found_by_timetable(queues: Iterable[Sequence[Edit]], look: Look) -> Iterator[Edit]:
    """Yield the edits with a finding that comes and goes with them; `queues`: those of each table."""
    left = [deque(queue) for queue in queues]
    while True:
        left.sort(key=len, reverse=True)
        runs_of = {
            queue.popleft(): set(pair)
            for round_, queue in enumerate(left[:TABLES])
            for pair in pairs_of(round_)
            if queue
        }
        if len(runs_of) <= RUNS:
            # Looked at one by one they take no longer.
            return
        seen = [look([edit for edit, pair in runs_of.items() if run in pair]) for run in range(RUNS)]
        comings = [{run for run in range(RUNS) if one in seen[run]} for one in frozenset().union(*seen)]
        yield from (edit for edit, pair in runs_of.items() if pair in comings)


def found_alone(queues: Iterable[Sequence[Edit]], look: Look, *, likely: bool = True) -> Iterator[Edit]:
    """Yield the edits that are found when nothing else is edited.

    Args:
        likely: whether most are; otherwise some of several tables are tried together, and where even that
            leaves nothing to find, none of them is found.
    """
    left = [deque(queue) for queue in queues]
    while batch := [queue.popleft() for queue in left if queue]:
        if likely or look(batch):
            yield from (edit for edit in batch if look([edit]))
