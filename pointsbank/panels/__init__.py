"""Panels (评议小组): who judges together, for which groups, whose households each member leaves to others.

Owns panel, panel_group, panel_member, panel_relative and staff_kin. Must not know schemes, meetings or
scores.
"""

from pointsbank.panels import problems
from pointsbank.panels.keeping import change_panel, end_panel, make_panel
from pointsbank.panels.kin import Kin, drop_kin, kin_noted, note_kin
from pointsbank.panels.leaving import follow, forget
from pointsbank.panels.members import MAXIMUM_MEMBERS, add_member, change_member, end_member
from pointsbank.panels.reading import households_of, kin_of, kin_of_household, member_of, names, panel, panels
from pointsbank.panels.relatives import drop_relative, name_relative
from pointsbank.panels.row_rules import ROW_RULES
from pointsbank.panels.values import GROUP, VILLAGE, Member, Panel, Relative
