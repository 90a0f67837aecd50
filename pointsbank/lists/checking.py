"""Refuses what a list does not know, where nobody would see that it counted for nothing.

A page forgives a stale address: whoever looks sees all rows, or none. A program or a command that was given
an order or a word that is not there would take the wrong rows for the right ones.
"""

from sqlmodel import Session

from pointsbank.errors import Invalid
from pointsbank.lists.base import Asked, List


class SortUnknown(Invalid):
    """A list is wanted in the order of a column by which it does not sort."""

    code = "list_sort_unknown"
    sentence = "“{title}”不能按“{given}”排，可以按 {known} 排，前面加 - 倒过来。"
    at = ("sort",)


def check_asked(session: Session, wanted: List, asked: Asked) -> None:
    """Refuse an order, a choice or a name that is not there; the refusal names the parameter (`errors`).

    Raises:
        SortUnknown: nothing sorts by this column; and those of the filters' `check` and `check_named`.

    Example:
        check_asked(session, lists.find("roster"), Asked("chayuan", at, sort="bogus"))  # raises SortUnknown
    """
    sorting = [one.key for one in wanted.columns if one.sort]
    if asked.sort and asked.sort.removeprefix("-") not in sorting:
        problem = SortUnknown(title=wanted.title, given=asked.sort, known="、".join(sorting))
        raise _at(problem, "sort")
    for one in wanted.filters:
        if value := asked.filters.get(one.name):
            try:
                one.check(value)
                one.check_named(session, value, asked.village, asked.at)
            except Invalid as problem:
                raise _at(problem, one.name) from None


def _at(problem: Invalid, parameter: str) -> Invalid:
    """Return the refusal with the parameter that it is about."""
    problem.fields.setdefault("errors", [{"field": parameter, "detail": problem.detail}])
    return problem
