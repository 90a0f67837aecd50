"""Inspections (巡查): households seen in walking order, faults handed over, seen again, then scored.

Owns inspection_round, inspection, inspection_fault, inspection_decision and walking_place. Scores enter
through scoring's door, photos lie with attachments; must not know boards, goods or pages.
"""

from pointsbank.inspections import problems
from pointsbank.inspections.columns import faults_query, inspections_query, rounds_query
from pointsbank.inspections.deciding import decline, take_over, withdraw_score
from pointsbank.inspections.erasing import forget
from pointsbank.inspections.handing_over import NewFault, hand_over, inspectable_items
from pointsbank.inspections.looking_again import recheck
from pointsbank.inspections.order import set_walking_order, walking_order
from pointsbank.inspections.photos import OWNER_KIND, add_photo, withdraw_photo
from pointsbank.inspections.reading import (
    Inspection,
    count_left,
    decisions,
    due_again,
    fault_of_score,
    faults_left,
    inspection,
    of_participant,
)
from pointsbank.inspections.rounds import Round, begin_round, end_round, the_round, under_way
from pointsbank.inspections.row_rules import ROW_RULES
from pointsbank.inspections.states import (
    LOOKED,
    MAXIMUM_PHOTOS,
    VERDICTS,
    is_tidiness,
    usual_due_day,
)
from pointsbank.inspections.stops import Stop, stops
