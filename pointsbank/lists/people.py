"""Who stands behind the ids of a list's rows: participants as staff read them and as paper shows them."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from pointsbank import governing, law, publicity, roster, staff, villages
from pointsbank.lists.base import Asked, Row
from pointsbank.prepared import chunks
from pointsbank.publicity import NAMED

_NOBODY = {"code": "", "name": "", "group": "", "paper_name": "", "group_id": None, "code_order": ""}


def add_participants(session: Session, asked: Asked, rows: Sequence[Row], *, key: str) -> None:
    """Add to each row the code, name and group of its participant, and the name that may hang.

    Args:
        key: of the participant's id in a row; None there leaves all empty.
    """
    ids = {row[key] for row in rows if row[key]}
    known = roster.by_ids(session, village=asked.village, ids=ids)
    shown = paper_names(session, village=asked.village, people=known.values()) if asked.on_paper else {}
    for row in rows:
        one = known.get(row[key] or "")
        row.update(_NOBODY)
        if one is not None:
            row |= {
                "code": one.code,
                "name": one.name,
                "group": one.group,
                "paper_name": shown.get(one.id, ""),
            }
            row |= {"group_id": one.group_id, "code_order": one.sort_key}


def group_names(session: Session, *, village: str) -> dict[str, str]:
    """Return the names of the groups by id, of closed ones too.

    Example:
        group_names(session, village="chayuan")  # {"7qk…": "一组"}
    """
    return {one.id: one.name for one in villages.groups(session, village=village, also_closed=True)}


def add_standing(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add to the lines of a board who each is; the group stays the one that the line was counted in."""
    counted_in = [row["group"] for row in rows]
    add_participants(session, asked, rows, key="participant")
    for row, group in zip(rows, counted_in, strict=True):
        row["group"] = group


def paper_names(session: Session, *, village: str, people: Collection[roster.Participant]) -> dict[str, str]:
    """Return by id the name under which each may stand on paper that could hang.

    Example:
        paper_names(session, village="chayuan", people=[wang])  # {"…": "王*国"}
    """
    wishes = publicity.shown_as(session, village=village)
    # Only a team's name is held against those of the people; it takes long to gather them.
    teams = any(one.kind not in roster.PERSONS for one in people)
    named = governing.named_people(session, village=village) if teams else law.NOBODY
    # Consent to be praised by name is not consent to stand in full on any list.
    return {
        one.id: str(
            publicity.public_name(
                one, None if (wish := wishes.get(one.id)) == NAMED else wish, number, people=named
            )
        )
        for number, one in enumerate(people, start=1)
    }


def add_staff(session: Session, rows: Sequence[Row], **keys: str) -> None:
    """Add to each row the name behind the id of a member of staff.

    Args:
        keys: the key to be added, and the one of the id.
    """
    ids = sorted({row[key] for row in rows for key in keys.values() if row[key]})
    names: dict[str, str] = {}
    for some in chunks(ids):
        names |= staff.actors(session, ids=some)
    for row in rows:
        for added, key in keys.items():
            row[added] = names.get(row[key] or "", row[key] or "")
