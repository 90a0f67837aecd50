"""Helping: a helper (帮教人) for each household on the black board, the visits, what came of it.

Owns helper and helper_visit. Seen inside only; erased with the household. Never lists anybody, never ends a
listing.
"""

from pointsbank.helping import problems
from pointsbank.helping.acts import (
    Helper,
    Visit,
    assign_helper,
    end_help,
    forget,
    helpers,
    record_visit,
)
from pointsbank.helping.row_rules import ROW_RULES
