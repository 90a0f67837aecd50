"""The group's look at a claim: supported or not, with a word, by somebody who did not report it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, staff
from pointsbank.claims.reading import Claim, claim_row, view
from pointsbank.claims.states import check_opinion
from pointsbank.law import Use
from pointsbank.text import clean, clean_required

CONTROL = staff.declare(
    staff.Control(
        act="申报与小组查看",
        controlled="whoever writes down a deed for a household, perhaps one's own",
        controls="somebody else looks at it for the group, the meeting decides, its score hangs as others do",
        where=__name__,
        permissions=(staff.Permission.CLAIM_FILE, staff.Permission.CLAIM_REVIEW),
    )
)


def give_opinion(
    session: Session,
    *,
    village: str,
    claim: str,
    supported: bool,
    words: str = "",
    groups: Collection[str] | None = None,
    by: str,
    at: datetime,
) -> Claim:
    """Record how the group sees a claim that waits, once: it advises, the meeting decides.

    Args:
        words: why, at most 200 characters; needed by who does not support it.
        groups: only claims for participants of these groups (ids) are there; None for the whole village.

    Raises:
        ClaimUnknown: there is no such claim.
        ClaimDecided, ClaimLooked, OwnClaim: it is decided, was looked at, or is one's own.
        TextInvalid: the words are too long, or missing where they are needed.
        Wording, NamesSomebody: they hold what is said of nobody, or a name of the village; as `law.check`.

    And those of `ledger.record`.

    Example:
        claims.give_opinion(session, village="cy", claim=id, supported=True, by="zhou", at=now)
    """
    row = claim_row(session, village, claim, groups=groups, lock=True)
    check_opinion(row.status, looked=row.supported is not None, filed_by=row.filed_by, by=by)
    # Who contradicts says why: the meeting and the household read it.
    written = clean(words, maximum=200) if supported else clean_required(words, maximum=200)
    if written:
        people = governing.named_people(session, village=village)
        law.check(written, Use.FACT, field="意见", people=people)
    row.supported, row.opinion, row.looked_at, row.looked_by = supported, written, at, by
    session.flush()
    entry = {
        "claim": row.id,
        "participant": row.participant_id,
        "title": row.item_title,
        "supported": supported,
    }
    ledger.record(session, village=village, kind="claim_looked", by=by, at=at, words=entry)
    return view(session, row)


@ledger.describes("claim_looked")
def _looked(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 义务巡河：属实."""
    return f"{words['title']}：{'属实' if words['supported'] else '不属实'}"
