"""Proof: months are closed and sealed here, and anybody with last month's poster can check the ledger.

Owns the anchors. Moves no points; reads what the other capabilities say.
"""

from pointsbank.proof import problems
from pointsbank.proof.anchors import Anchor, anchor, anchors, typed_digits
from pointsbank.proof.checklist import DONE, Check, MonthAhead, month_ahead
from pointsbank.proof.closing import close_month
from pointsbank.proof.paths import consistency, inclusion
from pointsbank.proof.row_rules import ROW_RULES
from pointsbank.proof.verifying import Report, export_lines, verify
