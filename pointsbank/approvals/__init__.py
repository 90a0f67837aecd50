"""Approvals: acts that one person may not do alone wait here for a second one's yes.

Owns approval. Each kind of act is a module of `kinds` that says who may request it, who may confirm it, what
happens then, and does it in the transaction of the confirmation. Moves nothing by itself.
"""

from pointsbank.approvals import problems
from pointsbank.approvals.answering import confirm, decline
from pointsbank.approvals.barring import request_bar, request_lift_bar
from pointsbank.approvals.correcting import request_correction
from pointsbank.approvals.describing import change_words, import_goods
from pointsbank.approvals.endings import foresee_closing, request_closing, request_erasure
from pointsbank.approvals.giving import request_gift
from pointsbank.approvals.hand_outs import (
    HandedCard,
    counted,
    request_batch,
    request_hand_out,
)
from pointsbank.approvals.kind import Approval
from pointsbank.approvals.lifting import request_lift
from pointsbank.approvals.listing import Shown, concerning, count_answerable, ended, shown, waiting
from pointsbank.approvals.loosening import change_setting
from pointsbank.approvals.month_closing import outlook as month_outlook
from pointsbank.approvals.month_closing import request_month_close
from pointsbank.approvals.monthly_limits import change_limit
from pointsbank.approvals.objecting import decide_objection
from pointsbank.approvals.on_screen import confirm_on_screen
from pointsbank.approvals.opening import BalancesRequested, import_balances
from pointsbank.approvals.overdue import any_overdue, end_overdue
from pointsbank.approvals.pins import request_pin
from pointsbank.approvals.pricing import change_price
from pointsbank.approvals.requesting import withdraw
from pointsbank.approvals.row_rules import ROW_RULES
from pointsbank.approvals.splitting import foresee_move, foresee_split, request_move, request_split
from pointsbank.approvals.year_ending import (
    request_year_end,
    request_year_end_undo,
    year_end_outlook,
)
