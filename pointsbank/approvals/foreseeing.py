"""What a request would do as things stand now: said to whoever confirms it."""

from collections.abc import Callable, Iterable

from pointsbank.errors import Problem


def as_things_stand(foresee: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Return what an act will do, a sentence each, or in one why it can no longer be done.

    Days lie between a request and its answer: what moved in between is said on the page, not only once
    somebody confirms.

    Args:
        foresee: reads only; raises what the act itself would raise.

    Example:
        >>> as_things_stand(lambda: ["移到二组。"])
        ('移到二组。',)
    """
    try:
        return tuple(foresee())
    except Problem as problem:
        return (f"现在不能确认：{problem.detail}",)
