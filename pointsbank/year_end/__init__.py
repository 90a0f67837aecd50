"""The year's end (年终结转): what becomes of points and honour when the points year is over.

Owns year_end_rule, year_end_run and year_end_line. Points move through the ledger's door; base points are
renewed by scoring. Scores nothing; must not know boards, proof or pages.
"""

from pointsbank.year_end import problems
from pointsbank.year_end.adopting import Rule, adopt_rule, rule_of, rules, rules_query
from pointsbank.year_end.planning import Account, Line, Plan, plan
from pointsbank.year_end.posting import check_ready, post_run
from pointsbank.year_end.reading import YearEnd, lines_of, runs, standing_run
from pointsbank.year_end.reminding import coming, own_outlook, own_reminder
from pointsbank.year_end.returning import any_return_over, old_returns, settle_returns
from pointsbank.year_end.row_rules import ROW_RULES
from pointsbank.year_end.rule import CEILING, STAY, TO_HONOUR
from pointsbank.year_end.states import NOTICE_DAYS, UNDO_DAYS, year_of
from pointsbank.year_end.summary import Summary, summary
from pointsbank.year_end.undoing import Undoing, check_reason, undo_run, undoing
