"""Spot checks (掷骰抽查): dice and a closed month's seal draw entries, which two people look at on the spot.

Owns spot_check, spot_check_throw and spot_check_answer. Reads the ledger, scores and the seal; moves no
points and corrects nothing; must not know pages.
"""

from pointsbank.spot_checks import problems
from pointsbank.spot_checks.answering import Found, answer, sign
from pointsbank.spot_checks.entries import DrawnEntry, drawn_entries
from pointsbank.spot_checks.erasing import forget
from pointsbank.spot_checks.planning import lawful_words, plan, throw
from pointsbank.spot_checks.reading import (
    SpotCheck,
    eligible,
    months_to_draw,
    spot_check,
    spot_checks,
    stretches,
)
from pointsbank.spot_checks.row_rules import ROW_RULES
from pointsbank.spot_checks.rule import RULE
from pointsbank.spot_checks.states import DEFAULT_SIZE, MAXIMUM_SIZE
