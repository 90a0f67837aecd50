"""The village's indices (指数): 环境, 公共场所 and 人际, from deductions and faults, frozen by month.

Owns index_adoption, index_rule and index_figure. What counts into which index is adopted by resolution. An
index is a village's number, never a household's; moves no points; must not know pages.
"""

from pointsbank.indices import problems
from pointsbank.indices.adopting import NewRule, adopt_rules
from pointsbank.indices.columns import figures_query
from pointsbank.indices.freezing import freeze_indices
from pointsbank.indices.measuring import CLEAR_SHARE, FULL_MARK, Counted, Rule, value_of
from pointsbank.indices.reading import Adoption, Figure, adoptions, figures, rules_on
from pointsbank.indices.row_rules import ROW_RULES
