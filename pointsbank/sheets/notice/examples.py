"""A notice as a village of so many households would have it."""

from datetime import date

from pointsbank import law
from pointsbank.law import Use
from pointsbank.points import whole
from pointsbank.publicity import PublicEntry
from pointsbank.sheets.base import example_names, place_name
from pointsbank.sheets.notice.values import Notice


def example(households: int) -> Notice:
    """Return a notice with a score for each of so many households."""
    day, group = date(2026, 9, 3), place_name("一组")
    items = (law.clear(f"善行之{number}号", Use.DEED) for number in range(households))
    return Notice(
        id="",
        village=place_name("茶源村"),
        title=law.clear("茶源村9月评议会积分公示", Use.HEADING),
        entries=tuple(
            PublicEntry(
                number, name, group, item, day, whole(5), late=number % 7 == 3, contested=number % 5 == 3
            )
            for number, (name, item) in enumerate(zip(example_names(households), items, strict=True))
        ),
        unpublished=0,
        published_on=date(2026, 9, 26),
        days=3,
        hung_on=date(2026, 9, 26),
        ends_on=date(2026, 9, 29),
        issued_by=place_name("茶源村村民委员会"),
        objection_channel="请到村务监督委员会提出。",
        hotline="0596-7654321",
    )
