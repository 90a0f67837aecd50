"""SQL: on which scores and fact a black listing rests, whether they are posted, and contested."""

RESTS = (
    "s.village_id = l.village_id AND s.participant_id = l.participant_id"
    " AND EXISTS (SELECT 1 FROM scheme_item i WHERE i.village_id = s.village_id AND i.id = s.item_id"
    " AND i.direction <> 'plus')"
    " AND (substr(l.rule, 1, length(s.item_code) + 1) = s.item_code || ' '"
    " OR NOT EXISTS (SELECT 1 FROM scheme_item i WHERE i.village_id = l.village_id"
    " AND substr(l.rule, 1, length(i.code) + 1) = i.code || ' '))"
)
"""The listing `l` rests on the score `s`: same household, no award, its item or a clause in words."""

_OPEN_TO_SCORE = (
    "EXISTS (SELECT 1 FROM score_objection o JOIN score s ON s.village_id = o.village_id"
    " AND s.id = o.subject_id WHERE o.village_id = l.village_id"
    " AND NOT EXISTS (SELECT 1 FROM score_objection_answer a WHERE a.village_id = o.village_id"
    f" AND a.objection_id = o.id) AND {RESTS})"
)


def _waits(objections: str, subject: str) -> str:
    """SQL: an objection to what the basis `b` names waits for its answer."""
    return (
        f"EXISTS (SELECT 1 FROM {objections} o WHERE o.village_id = b.village_id"
        f" AND o.subject_id = b.{subject}"
        f" AND NOT EXISTS (SELECT 1 FROM {objections}_answer a WHERE a.village_id = o.village_id"
        " AND a.objection_id = o.id))"
    )


_OPEN_TO_BASIS = (
    "EXISTS (SELECT 1 FROM listing_basis b WHERE b.village_id = l.village_id AND b.listing_id = l.id"
    f" AND ({_waits('score_objection', 'score_id')} OR {_waits('listing_fact_objection', 'fact_id')}))"
)
OPEN_OBJECTION = f"({_OPEN_TO_SCORE} OR {_OPEN_TO_BASIS})"
"""The listing `l` rests on a score, or on a recorded fact, whose objection waits."""


def _is_version(score: str) -> str:
    """SQL: this score was put right, or puts another one right."""
    return (
        f"EXISTS (SELECT 1 FROM score_correction c WHERE c.village_id = {score}.village_id"
        f" AND ({score}.id = c.score_id OR {score}.id = c.corrects))"
    )


BASIS_POSTED = (
    "EXISTS (SELECT 1 FROM listing_basis b WHERE b.village_id = l.village_id AND b.listing_id = l.id"
    " AND (b.fact_id IS NOT NULL OR EXISTS (SELECT 1 FROM score s JOIN score p"
    " ON p.village_id = s.village_id AND p.meeting_id = s.meeting_id AND p.item_code = s.item_code"
    " WHERE s.village_id = b.village_id AND s.id = b.score_id AND s.participant_id = l.participant_id"
    " AND p.participant_id = l.participant_id AND p.status = 'posted'"
    f" AND (p.id = s.id OR ({_is_version('s')} AND {_is_version('p')})))))"
)
"""The listing `l` rests on a fact, or on a score of the household that is posted, itself or put right.

SQLite follows no chain of versions in a trigger: two that were put right, of one household in one meeting for
one item, count as versions of one deed. The verbs follow the chain (`basis.is_posted`).
"""
