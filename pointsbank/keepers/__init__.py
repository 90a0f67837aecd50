"""Keepers (管护员), hired or not: their rounds, checks of their places, what failed checks lead people to.

Owns keeper_list, keeper_list_item, keeper_patrol, keeper_check, keeper_fault and keeper_decision. Photos lie
with attachments. A check gives no points and pays nobody; must not know grades, boards or pages.
"""

from pointsbank.keepers import photos, problems
from pointsbank.keepers.check_lists import CheckList, adopt_list, check_lists, list_on
from pointsbank.keepers.checking import (
    MAXIMUM_PHOTOS,
    OWNER_KIND,
    recheck,
    record_check,
    strike_check,
)
from pointsbank.keepers.deciding import decide_failing
from pointsbank.keepers.erasing import forget
from pointsbank.keepers.patrolling import KEEPER, Patrol, record_patrol
from pointsbank.keepers.reading import Check, Fault, checks, failing, mean_scores, one_check, patrols
from pointsbank.keepers.row_rules import ROW_RULES
from pointsbank.keepers.rules import MAXIMUM_ITEMS, RUNNING, CheckItem, faults_of
from pointsbank.keepers.rules import mean as mean_of
