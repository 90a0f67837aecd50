"""Oversight: how scoring is done, for who checks it; of households and items, never a ranking of people."""

from pointsbank.scoring.oversight.counter import CounterActs, counter_acts, day_book_totals
from pointsbank.scoring.oversight.item_use import ItemUse, item_use
from pointsbank.scoring.oversight.kin_scores import KinScores, kin_scores
from pointsbank.scoring.oversight.mark_spread import MarkSpread, mark_spreads
from pointsbank.scoring.oversight.pace import MonthPace, month_paces
from pointsbank.scoring.oversight.period import Period, PeriodInvalid, usual_period
