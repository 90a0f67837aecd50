"""Ceremonies (红白事报备): weddings and funerals announced, pledged, seen by elders, decided by a meeting.

Owns ceremony, ceremony_limits, ceremony_change, ceremony_report and ceremony_decision. Scores enter through
scoring's door, photos lie with attachments; must not know boards, goods or pages.
"""

from pointsbank.ceremonies import problems
from pointsbank.ceremonies.announcing import announce
from pointsbank.ceremonies.changing import change, sign_pledge
from pointsbank.ceremonies.columns import ceremonies_query
from pointsbank.ceremonies.coming_up import awaiting_report, coming, latest, waiting
from pointsbank.ceremonies.deciding import decide, put_back, withdraw_score
from pointsbank.ceremonies.erasing import forget
from pointsbank.ceremonies.limits import Limits, adopt_limits, adopted_limits, limits_on, limits_query
from pointsbank.ceremonies.photos import add_photo, withdraw_photo
from pointsbank.ceremonies.reading import (
    Ceremony,
    ceremony,
    ceremony_of_score,
    changes,
    decisions,
    of_participant,
    report_of,
)
from pointsbank.ceremonies.reporting import OWNER_KIND, elders, report
from pointsbank.ceremonies.row_rules import ROW_RULES
from pointsbank.ceremonies.states import MAXIMUM_PHOTOS
