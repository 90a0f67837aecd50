"""Reads a version of the scheme as it may hang: by category, deductions and vetoes at the end."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import dates, governing, law, scoring, villages
from pointsbank.disclosure.rules_in_words import RuleWords, parts_of
from pointsbank.errors import NotFound, Refused
from pointsbank.law import Use
from pointsbank.scoring import Scheme, Timetable
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.rules.values import RulesSheet, Words


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
        earn=RuleWords.EARN.format(days=settings.notice_days),
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
