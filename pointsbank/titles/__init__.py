"""Titles (称号): nominated, checked, voted, hung, given, looked at again, taken off, given back or lost.

Owns title_kind, title_criterion, title_benefit, title, title_agreement, title_step, title_check,
title_benefit_note, title_letter and the objections to titles. Never gives a title by itself, moves no point;
must not know goods or pages.
"""

from pointsbank.titles import problems
from pointsbank.titles.adopting import adopt_kind
from pointsbank.titles.agreeing import agree_to_name, withdraw_name
from pointsbank.titles.awarding import Vote, check, give, hang, restricted_holders, vote
from pointsbank.titles.barring import TitleBar, bars_of
from pointsbank.titles.benefits import OwnBenefit, benefits_of, note_benefit
from pointsbank.titles.columns import benefits_query, kinds_query, titles_query
from pointsbank.titles.ending import end_with_household
from pointsbank.titles.erasing import forget
from pointsbank.titles.kinds import TitleKind, kinds, kinds_on
from pointsbank.titles.letters import Letter, bring_letter, letter, letters, letters_query, write_letter
from pointsbank.titles.nominating import nominate
from pointsbank.titles.notice_papers import by_notice, days_to_hang, papers_of, put_up_notice
from pointsbank.titles.objecting import decide_title_objection, object_to_title, title_objections
from pointsbank.titles.public import (
    Namer,
    PublicKind,
    PublicTitle,
    name_in_hand,
    plate,
    public_titles,
    shares,
    shown_titles,
    titles_to_print,
)
from pointsbank.titles.reading import Title, checks, taken, title, titles
from pointsbank.titles.row_rules import ROW_RULES
from pointsbank.titles.rules import read_benefit
from pointsbank.titles.starters import STARTERS, starter
from pointsbank.titles.states import may_follow
from pointsbank.titles.taking_off import (
    give_back,
    lose,
    recommend,
    take_off,
    withdraw,
    years_of,
)
from pointsbank.titles.waiting import answers_due, at_states, to_give, to_review, waiting
