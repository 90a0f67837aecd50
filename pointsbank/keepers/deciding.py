"""What people decide after the third failed check running; nothing follows by itself."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.dates import day_in_words
from pointsbank.errors import Invalid, Refused
from pointsbank.keepers.models import KeeperDecisionRow
from pointsbank.keepers.patrolling import check_day, find_keeper
from pointsbank.keepers.reading import failing
from pointsbank.keepers.rules import RUNNING
from pointsbank.text import clean_required


class NothingToDecide(Refused):
    """The keeper has not failed three checks running since people last decided."""

    code = "keeper_nothing_to_decide"
    sentence = "{name}现在没有连续三次不合格，或者已经登记过怎么办，不用再登记。"
    fixed_by = "本人"


class DecidedTooEarly(Invalid):
    """The decision is older than the third failed check."""

    code = "keeper_decided_too_early"
    sentence = "第三次不合格是{day}的检查，定怎么办的会不会比它早，请改日期。"
    at = ("decided_on",)


def decide_failing(
    session: Session,
    *,
    village: str,
    keeper: str,
    words: str,
    resolution: str,
    decided_on: date,
    by: str,
    at: datetime,
) -> str:
    """Write down what people decided after three failed checks running; return the last one's id.

    Locks the keeper's accounts.

    Args:
        keeper: code of the keeper.
        words: what was decided, 1 to 200 characters; they stay inside.
        resolution: which meeting decided it, 1 to 200 characters.
        decided_on: not after today.

    Raises:
        ParticipantUnknown, ParticipantClosed, NotKeeper: as `find_keeper`.
        TextInvalid: a text is empty or too long.
        KeeperDayInvalid: as `check_day`.
        DecidedTooEarly: nothing was to be decided yet on the day.
        NothingToDecide: there are not three failed checks running.

    And those of `ledger.record`.

    Example:
        keepers.decide_failing(session, keeper="G01", words="再试用一个月", resolution="村委会会议", **more)
    """
    who = find_keeper(session, village=village, code=keeper)
    decision, meeting = clean_required(words, maximum=200), clean_required(resolution, maximum=200)
    check_day(decided_on, at, "decided_on")
    ledger.lock_accounts(session, village=village, participants=[who.id])
    running = failing(session, village=village).get(who.id)
    if not running:
        raise NothingToDecide(name=who.name)
    third = running[RUNNING - 1].checked_on
    if decided_on < third:
        raise DecidedTooEarly(day=day_in_words(third))
    row = KeeperDecisionRow(
        village_id=village,
        check_id=running[-1].id,
        words=decision,
        resolution=meeting,
        decided_on=decided_on,
        recorded_at=at,
        recorded_by=by,
    )
    session.add(row)
    session.flush()
    entry = {
        "check": row.check_id,
        "participant": who.id,
        "resolution": meeting,
        "decided_on": decided_on.isoformat(),
        "failed": len(running),
    }
    ledger.record(session, village=village, kind="keeper_decided", by=by, at=at, words=entry)
    return row.check_id


@ledger.describes("keeper_decided")
def _decided(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return whose failed checks were decided about, and where."""
    return f"{names(words['participant'])}连续{words['failed']}次不合格，{words['resolution']}"
