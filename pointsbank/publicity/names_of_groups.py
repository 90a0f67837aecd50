"""How the names of groups stand in public: as they are, or as 第2个小组 where one may not hang."""

from dataclasses import dataclass

from sqlmodel import Session

from pointsbank import governing, law, ledger, roster, villages
from pointsbank.law import Cleared, Use


@dataclass(frozen=True, slots=True)
class Unshown:
    """A name from before its rule, and what everybody reads in its place until somebody changes it."""

    name: str
    instead: str


def public_groups(session: Session, *, village: str, people: law.People) -> dict[str, Cleared]:
    """Return for each group's name what may be shown of it; the empty name is nobody's group.

    Args:
        people: the village's people (`governing.named_people`), after none of whom a group is shown.

    Example:
        public_groups(session, village="chayuan", people=people)
        # {"": "", "一组": "一组", "低保户组": "第2个小组"}
    """
    known = villages.groups(session, village=village, also_closed=True)
    shown = {"": law.NOTHING}
    for one in known:
        number = law.replace_unlawful(f"第{one.position}个小组", Use.GROUP)
        shown[one.name] = law.replace_unlawful(one.name, Use.GROUP, instead=number, people=people)
    return shown


def unshown_names(session: Session, *, village: str) -> list[Unshown]:
    """Return the names of open groups, and of who is no person and not closed, that stand on no wall.

    Example:
        unshown_names(session, village="chayuan")  # [Unshown("低保户组", "第2个小组")]
    """
    return list(
        ledger.kept(
            session, village=village, about="unshown names", make=lambda: tuple(_unshown(session, village))
        )
    )


def _unshown(session: Session, village: str) -> list[Unshown]:
    """Return these names as they are found now."""
    people = governing.named_people(session, village=village)
    shown = public_groups(session, village=village, people=people)
    groups = [
        Unshown(one.name, shown[one.name])
        for one in villages.groups(session, village=village)
        if shown[one.name] != one.name
    ]
    teams = [
        Unshown(one.name, f"户号{one.code}")
        for one in roster.not_persons(session, village=village)
        if law.findings(one.name, Use.TEAM) or people.named_in(one.name)
    ]
    return groups + teams
