"""Governing: who works here, by which settings, groups and township; each decision is an entry of the log.

Owns no table. `villages` and `staff` keep the rows and know nothing of the log; the verbs here change a row
and write its entry in one transaction. Whoever changes these rows does it here: a house test sees to it.
Prices are told by `market`, new groups of a roster's file by `roster`, which both know the log themselves.
"""

from pointsbank.governing import problems
from pointsbank.governing.founding import found_village
from pointsbank.governing.groups import close_group, make_group, rename_group
from pointsbank.governing.loosening import change_alone
from pointsbank.governing.naming import named_people
from pointsbank.governing.openings import import_balances
from pointsbank.governing.people import add_staff, disable, enable, remove_roles, set_roles, use_setup_code
from pointsbank.governing.roles import role_in_words
from pointsbank.governing.row_rules import ROW_RULES
from pointsbank.governing.settings import change_settings
from pointsbank.governing.townships import end_township_role, make_township, place_village, rename_township
