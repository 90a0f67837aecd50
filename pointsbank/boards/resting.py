"""SQL: on which scores a black listing rests, and whether an objection to one of them waits."""

RESTS = (
    "s.village_id = l.village_id AND s.participant_id = l.participant_id"
    " AND EXISTS (SELECT 1 FROM scheme_item i WHERE i.village_id = s.village_id AND i.id = s.item_id"
    " AND i.direction <> 'plus')"
    " AND (substr(l.rule, 1, length(s.item_code) + 1) = s.item_code || ' '"
    " OR NOT EXISTS (SELECT 1 FROM scheme_item i WHERE i.village_id = l.village_id"
    " AND substr(l.rule, 1, length(i.code) + 1) = i.code || ' '))"
)
"""The listing `l` rests on the score `s`: same household, no award, its item or a clause in words."""

OPEN_OBJECTION = (
    "EXISTS (SELECT 1 FROM score_objection o JOIN score s ON s.village_id = o.village_id"
    " AND s.id = o.subject_id WHERE o.village_id = l.village_id"
    " AND NOT EXISTS (SELECT 1 FROM score_objection_answer a WHERE a.village_id = o.village_id"
    f" AND a.objection_id = o.id) AND {RESTS})"
)
"""The listing `l` rests on a score whose objection waits."""
