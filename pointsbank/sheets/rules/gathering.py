"""Reads a version of the scheme as it may hang: by category, deductions and vetoes at the end."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from pointsbank import dates, governing, law, scoring, villages
from pointsbank.errors import NotFound, Refused
from pointsbank.labels.direction import DIRECTION
from pointsbank.law import NOBODY, People, Use
from pointsbank.scoring import MINUS, PLUS, VETO, Item, Scheme, Timetable
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.rules.values import Part, RuleLine, RulesSheet, Words

_AT_THE_END = ((MINUS, Words.MINUS), (VETO, Words.VETO))


class NoRulesYet(Refused):
    """No version was adopted."""

    code = "no_rules_yet"
    sentence = "还没有通过的积分细则，没有可打印的：请先起草或导入细则，再登记通过。"
    fixed_by = "村委"


class VersionNotAdopted(NotFound):
    """There is no such version, or it is a draft."""

    code = "version_not_adopted"
    sentence = "没有通过的第{version}版细则；不写第几版的，打印现行的一版。"
    fixed_by = "本人"


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    version: str = "",
    pocket: bool = False,
) -> RulesSheet:
    """Return an adopted version: the one that is named, else the one in force, or the next to come.

    Raises:
        NoRulesYet: none was adopted.
        VersionNotAdopted: the one that is named was not.
    """
    found = scoring.scheme_timetable(session, village=village, day=dates.day_of(at))
    shown = _named(session, village, version) if version else next(iter(_usual(found)), None)
    if shown is None:
        raise NoRulesYet()
    items = scoring.items_of(session, village=village, scheme=shown.id)
    people = governing.named_people(session, village=village)
    parts = parts_of(items, people)
    settings = villages.settings(session, village=village)
    name = villages.get(session, village).name
    return RulesSheet(
        village=place_name(name),
        version=shown.version,
        since=Words.VERSION.format(version=shown.version, since=_since(shown)),
        standing=_standing(shown, found),
        resolution=law.replace_unlawful(shown.resolution, Use.HEADING, people=people),
        earn=Words.EARN.format(days=settings.notice_days),
        parts=parts,
        unpublished=len(items) - sum(len(part.lines) for part in parts),
        issued_by=place_name(f"{name}村民委员会"),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(
            subject=Words.SUBJECT, days=settings.objection_working_days
        ),
        hotline=settings.hotline or settings.contact_phone,
        pocket=pocket,
    )


def _usual(found: Timetable) -> list[Scheme]:
    return [one for one in (found.current, *found.coming) if one is not None]


def _named(session: Session, village: str, version: str) -> Scheme:
    adopted = [one for one in scoring.schemes(session, village=village) if one.status == "adopted"]
    shown = next((one for one in adopted if str(one.version) == version), None)
    if shown is None:
        raise VersionNotAdopted(version=version[:10])
    return shown


def _standing(shown: Scheme, found: Timetable) -> str:
    """Return what is to be known of a version that is not in force."""
    if shown == found.current:
        return ""
    return str(Words.NOT_YET if shown in found.coming else Words.REPLACED)


def _since(scheme: Scheme) -> str:
    return dates.day_in_words(scheme.from_date) if scheme.from_date else ""


def parts_of(items: Sequence[Item], people: People = NOBODY) -> tuple[Part, ...]:
    """Return what may hang by category in the scheme's order, then what takes points, then vetoes.

    Args:
        people: of the village: an item that names one of them does not hang.

    Example:
        >>> parts_of([])
        ()
    """
    public = [item for item in items if scoring.is_publishable(item) and not people.named_in(item.title)]
    plus = [item for item in public if item.direction == PLUS]
    categories = dict.fromkeys(item.category for item in plus)
    # Where the scheme has no categories at all its items are what gives points.
    others = Words.WITHOUT_CATEGORY if len(categories) > 1 else Words.PLUS
    found: list[tuple[str, list[Item]]] = [
        (category or str(others), [item for item in plus if item.category == category])
        for category in categories
    ]
    found += [(str(word), [one for one in public if one.direction == code]) for code, word in _AT_THE_END]
    return tuple(
        Part(
            law.replace_unlawful(heading, Use.HEADING, people=people),
            tuple(_line(item, people) for item in lines),
        )
        for heading, lines in found
        if lines
    )


def _line(item: Item, people: People) -> RuleLine:
    """Return an item whose words may hang; it was looked through as a whole before."""
    title = Use.DEED if item.direction == PLUS else Use.FAULT
    counts = scoring.label(item) or DIRECTION.name(item.direction)
    return RuleLine(
        title=law.replace_unlawful(item.title, title, people=people),
        label=law.replace_unlawful(counts, Use.HEADING, people=people),
        evidence=law.replace_unlawful(item.evidence, Use.EVIDENCE, people=people),
    )
