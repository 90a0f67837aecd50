"""What entries about a village itself say of its rows: the township it lies in, its settings."""

from collections.abc import Iterator

from pointsbank.naming import Stated, Words

_ELSEWHERE = {"opening_hours"}
"""Settings that another room keeps: their rows are told there."""


def stated_of_placing(words: Words) -> Iterator[Stated]:
    """Yield that the village lies in a township, and no longer in another."""
    if words["old"] is not None:
        yield Stated({"township_id": words["old"][0]}, gone=True)
    if words["new"] is not None:
        yield Stated({"township_id": words["new"][0]})


def stated_of_township(words: Words) -> Iterator[Stated]:
    """Yield the township that a village lies in from now on, and the one that concerns it no longer."""
    if words["old"] is not None:
        yield Stated({"id": words["old"][0]}, gone=True)
    if words["new"] is not None:
        yield Stated({"id": words["new"][0], "name": words["new"][1]})


def stated_of_first_settings(words: Words) -> Iterator[Stated]:
    """Yield the settings of a village that is founded."""
    yield Stated(words["settings"])


def stated_of_settings(words: Words) -> Iterator[Stated]:
    """Yield the settings that were changed; the others count only where nothing was said before.

    They stand among the words, too: one that somebody changed without an entry would be said by the next
    change of another.
    """
    ours = {name: new for name, _, new in words["changes"] if name not in _ELSEWHERE}
    yield Stated(ours, before=words.get("settings", {}))
