"""Claims (申报): deeds that somebody reports, until a meeting takes each over as a score or declines it.

Owns claim and claim_decision. Scores enter through scoring's door, photos lie with attachments; must not know
boards, goods or pages.
"""

from pointsbank.claims import problems
from pointsbank.claims.deciding import decline, take_over, withdraw_score
from pointsbank.claims.erasing import forget
from pointsbank.claims.filing import OWNER_KIND, add_photo, file, withdraw_photo
from pointsbank.claims.looking import give_opinion
from pointsbank.claims.reading import (
    Claim,
    claim,
    claim_of_score,
    claims_query,
    count_waiting,
    decisions,
    of_participant,
    waiting,
)
from pointsbank.claims.row_rules import ROW_RULES
from pointsbank.claims.states import MAXIMUM_PHOTOS
