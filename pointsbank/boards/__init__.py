"""Boards: where everybody stood in a month, and who is praised or warned for it, by people's decision.

Owns the resolution for a black board, listings and the objections to them, and the frozen standing. Never
masks a name (publicity does), never moves a point, and never lists anybody by itself.
"""

from pointsbank.boards import problems
from pointsbank.boards.basis import basis_of
from pointsbank.boards.carrying_over import carry_over
from pointsbank.boards.deciding import decide, take_down
from pointsbank.boards.delivering import deliver, deliveries
from pointsbank.boards.drafting import propose_black, propose_red
from pointsbank.boards.due_process import DAYS_UP, WORKING_DAYS_NOTIFIED_BEFORE
from pointsbank.boards.erasing import forget
from pointsbank.boards.fact_objections import (
    decide_fact_objection,
    fact_answers_due,
    fact_objections,
    object_to_fact,
)
from pointsbank.boards.leaving import has_left, leave, rejoin, who_left
from pointsbank.boards.listings import Listing, listings, open_listings
from pointsbank.boards.month_board import board, listing, red_board, warnings_up
from pointsbank.boards.objections import (
    decide_listing_objection,
    end_resting_on,
    listing_objections,
    object_to_listing,
    warnings_on,
)
from pointsbank.boards.own_period import OwnPeriod, own_periods
from pointsbank.boards.own_place import OwnPlace, own_place
from pointsbank.boards.period_board import (
    PeriodBoard,
    first_places,
    last_final,
    period_board,
    periods_closed,
)
from pointsbank.boards.period_lines import FrozenLine, PeriodLine, period_lines
from pointsbank.boards.periods import is_period, month_or_period_in_words, parse_period, periods_of
from pointsbank.boards.praise_basis import praise_basis_of
from pointsbank.boards.praise_boards import praise_board, praise_proposed, standing_praise
from pointsbank.boards.praise_kinds import (
    MAXIMUM_PLACES,
    adopt_kind,
    end_kind,
    praise_kind,
    praise_kinds,
)
from pointsbank.boards.praise_places import STANDING
from pointsbank.boards.praising import Proposer, propose_praise
from pointsbank.boards.putting_right import (
    put_right_reports,
    put_right_to_check,
    record_seen,
    report_put_right,
)
from pointsbank.boards.ranking import front_runners
from pointsbank.boards.resolutions import (
    Resolution,
    black_board_resolution,
    end_black_board,
    ended_with_it,
    resolve_black_board,
)
from pointsbank.boards.row_rules import ROW_RULES
from pointsbank.boards.signed import to_countersign, visa
from pointsbank.boards.standing import (
    GroupLine,
    StandingLine,
    freeze_standing,
    group_places,
    has_scores,
    is_frozen,
    issued_in,
    scored_kinds,
    standing,
)
from pointsbank.boards.states import SCORE_CORRECTED
from pointsbank.boards.taken_down import check_seen, taken_down
from pointsbank.boards.visas import countersign
from pointsbank.boards.voting import Vote, decide_each, undecided_red
from pointsbank.boards.waiting import answers_due, expired, undecided
from pointsbank.boards.wrong import is_wrong, wrong_warnings
