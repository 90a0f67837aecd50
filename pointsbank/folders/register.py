"""Finds the kinds of long prints: each module of `folders.kinds` declares one as `KIND`."""

from functools import cache

from pointsbank.errors import NotFound
from pointsbank.folders.kind import Kind
from pointsbank.registers import discover

_KINDS = "pointsbank.folders.kinds"


class KindUnknown(NotFound):
    """There is no such kind of long print."""

    code = "print_run_kind_unknown"
    sentence = "没有这种大批打印，请从“大批打印”页选择。"
    fixed_by = "本人"


@cache
def every() -> tuple[Kind, ...]:
    """Return all kinds, ordered by name.

    Raises:
        AttributeError: a module of `folders.kinds` declares no kind.

    Example:
        [one.name for one in folders.every()]  # ["cards", "inspection", "month"]
    """
    return tuple(sorted((module.KIND for module in discover(_KINDS)), key=lambda kind: kind.name))


def find(name: str) -> Kind:
    """Return the kind of this name.

    Raises:
        KindUnknown: there is none.

    Example:
        folders.find("month").suffix  # "zip"
    """
    known = {kind.name: kind for kind in every()}
    if name not in known:
        raise KindUnknown()
    return known[name]
