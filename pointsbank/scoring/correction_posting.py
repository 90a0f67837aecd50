"""Posts a correction: the old entry back and the new one in its place, in one transaction."""

from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.dates import month_of
from pointsbank.ledger import NewTransaction
from pointsbank.prepared import execute_many
from pointsbank.scoring.base_consequences import put_base_right
from pointsbank.scoring.correction_words import words_of_entry
from pointsbank.scoring.models import CorrectionRow
from pointsbank.scoring.reading import score as find_score
from pointsbank.scoring.restricting import begin_restrictions, end_restrictions
from pointsbank.scoring.scheme import items_by_id
from pointsbank.scoring.settling import MARK_POSTED, mark_of, posting_lines


def post_versions(session: Session, row: CorrectionRow, *, by: str, at: datetime) -> None:
    """Post the old score back and the new one in its place, in the months that count at this moment.

    A veto takes what it led to with it, or begins it. The caller holds the locks of `lock_for_correcting`.

    Raises:
        VillageUnknown: raised by `settings`; and those of `ledger.reverse`, `ledger.post` and
            `end_restrictions`.
        ScoreUnknown: raised by `score`.
    """
    village = row.village_id
    old = find_score(session, village=village, score_id=row.corrects)
    new = find_score(session, village=village, score_id=row.score_id)
    closed = set(villages.closed_months(session, village=village))
    month = villages.month_that_counts(month_of(new.occurred_on), closed)
    back = villages.month_that_counts(old.counted_in, closed)[0]
    reversal = posted = None
    since = ledger.tree_head(session, village=village).size
    if old.log_index is not None:
        reversal = ledger.reverse(
            session,
            village=village,
            index=old.log_index,
            words=words_of_entry(row, old, counted_in=back),
            source=("score_correction", row.score_id),
            by=by,
            at=at,
        )
    if new.counted_points:
        stop = villages.settings(session, village=village).deduction_floor == "stop_at_zero"
        lines = posting_lines(new.participant_id, new.counted_points, stop_at_zero=stop)
        words = words_of_entry(row, new, counted_in=month[0])
        entry = NewTransaction("correction", new.occurred_on, lines, words, ("score", new.id))
        [posted] = ledger.post(session, [entry], village=village, by=by, at=at)
    execute_many(session, MARK_POSTED, mark_of(new.id, posted, month, village=village, at=at))
    end_restrictions(session, row, at=at)
    if not row.struck:
        item = items_by_id(session, village=village)[new.item_id]
        begin_restrictions(session, item, new, village=village, by=by, at=at)
    people = (old.participant_id, new.participant_id)
    put_base_right(session, row, people, since=since, by=by, at=at)
    row.posted_at, row.taken_back_in = at, back
    row.reversal_index = reversal.index if reversal else None
    session.flush()
