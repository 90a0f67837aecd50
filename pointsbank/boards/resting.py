"""SQL: on which scores and fact a black listing rests, and whether an objection to one of them waits."""

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
