"""Writes that wait to travel together: on PostgreSQL several statements go as one, each a part of its WITH.

The rows that are changed are counted, so that a change that finds no row, or the second of two changes to one
row (of which PostgreSQL would make only one), is noticed and not lost. Foreign keys are looked at when all is
done.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pointsbank.prepared.plans import Parameters, Plan

_NUMBER = re.compile(r"\$(\d+)")
_texts: dict[tuple[Plan, ...], str] = {}


class Batch:
    """Statements with their values, in the order in which they were given."""

    def __init__(self) -> None:
        """Nothing waits yet."""
        self._plans: list[Plan] = []
        self._values: list[Any] = []

    def add(self, plan: Plan, rows: Sequence[Parameters]) -> None:
        """Let one more statement wait, once for each of these rows."""
        for row in rows:
            self._plans.append(plan)
            self._values += plan.values(row)

    def take(self) -> Iterator[tuple[str, list[Any], int]]:
        """What is to be run, if anything: SQL, values, and the number it has to answer with."""
        plans, values, self._plans, self._values = tuple(self._plans), self._values, [], []
        if plans:
            yield _text(plans), values, sum(plan.changes for plan in plans)


def _text(plans: tuple[Plan, ...]) -> str:
    """These statements as one; put together once."""
    text = _texts.get(plans)
    if text is None:
        parts: list[str] = []
        before = 0
        for plan in plans:
            answering = " RETURNING 1" if plan.changes else ""
            parts.append(f"w{len(parts)} AS ({_moved_on(plan.sql, before)}{answering})")
            before += plan.given
        changes = [f"(SELECT count(*) FROM w{number})" for number, plan in enumerate(plans) if plan.changes]
        text = _texts[plans] = f"WITH {', '.join(parts)} SELECT {' + '.join(changes or ['0'])}"
    return text


def _moved_on(sql: str, before: int) -> str:
    """A statement whose values stand behind so many others."""
    return _NUMBER.sub(lambda found: f"${int(found.group(1)) + before}", sql)
