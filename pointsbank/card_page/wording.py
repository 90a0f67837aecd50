"""Why a line stands in a statement, in words for who it is about."""

from collections.abc import Iterable

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.card_visits import CardVisit
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import StatementLine


def reasons(session: Session, lines: Iterable[StatementLine], *, visit: CardVisit) -> list[str]:
    """Return why each line of the household's own statement stands there; no other person is named.

    Example:
        wording.reasons(session, page.lines, visit=visit)  # ["参加环境清扫（清理河道）"]
    """
    return reasons_of(session, lines, village=visit.village, participant=visit.participant)


def reasons_of(
    session: Session, lines: Iterable[StatementLine], *, village: str, participant: str
) -> list[str]:
    """Return why each line of a participant's (id) own statement stands there; no other person is named.

    Raises:
        ParticipantUnknown: there is no such participant.

    Example:
        wording.reasons_of(session, page.lines, village="cy", participant=wang.id)
    """
    who = roster.by_id(session, village=village, id=participant)

    def named(key: object) -> str:
        # Whose page it is stands above it; others' names are none of its reader's business.
        return who.name if key == participant else "别的户"

    return [_reason(line, named, who.name) for line in lines]


def _reason(line: StatementLine, named: ledger.Names, name: str) -> str:
    """Return why one line stands there."""
    if line.words is None:
        return "内容已依法删除"
    words = ledger.describe(line.kind, line.words, named).removeprefix(f"{name}：")
    return words or TRANSACTION_KIND.name(line.kind)
