"""Scoring: the scheme, the meeting and the scores, until they are posted to the ledger.

Owns scheme, scheme_item, meeting, meeting_attendance, meeting_note, score, and of a meeting's calling
meeting_call, meeting_agenda, meeting_recusal and minutes_number; of judged items meeting_case, meeting_mark
and meeting_mark_code; of base points base_grant. Moves points only through the ledger's door; must not know
notices, objections, boards or goods.
"""

from pointsbank.scoring import problems, verifier
from pointsbank.scoring.agenda import AgendaLine, read_agenda
from pointsbank.scoring.agenda_outcomes import set_outcomes
from pointsbank.scoring.applicability import QUANTITY, applies, can_be_entered, is_ticked, needs
from pointsbank.scoring.attendance import Attendee, seated
from pointsbank.scoring.attending import add_attendee, set_presence
from pointsbank.scoring.base_granting import (
    BaseGiven,
    any_base_due,
    base_ahead,
    give_all_base,
)
from pointsbank.scoring.base_leaving import base_that_ends, end_base
from pointsbank.scoring.base_openings import doubt_openings
from pointsbank.scoring.base_periods import BasePeriod, period_in_words, period_of
from pointsbank.scoring.base_reading import (
    BaseStanding,
    base_grants_query,
    base_of,
)
from pointsbank.scoring.base_turning import BaseTurn, base_at_turn, spendable_base
from pointsbank.scoring.beginning import begin_called, convene, last_panel
from pointsbank.scoring.calling import Call, call, call_meeting, calls, cancel_call, change_call
from pointsbank.scoring.capped import recounts
from pointsbank.scoring.case_reading import Case, cases, open_cases, own_marks
from pointsbank.scoring.case_results import draw_result
from pointsbank.scoring.cells import (
    CELL_CHOICES,
    CELL_COLUMNS,
    holds_points,
    item_cells,
    item_value,
    scheme_table,
)
from pointsbank.scoring.columns import scores_light, scores_query, scores_taken_back, standing_in_notices
from pointsbank.scoring.comparing import (
    CellChange,
    Compared,
    compare,
    compared_versions,
)
from pointsbank.scoring.correcting import (
    Decision,
    correct_score,
    drop_correction,
    lock_for_correcting,
    post_correction,
    replace_withdrawn,
)
from pointsbank.scoring.correction_effects import ShouldBe
from pointsbank.scoring.correction_hanging import record_hanging, unhung_corrections
from pointsbank.scoring.correction_plan import Plan, as_it_stands, instead_of, new_version, plan_correction
from pointsbank.scoring.correction_reading import (
    ON_DISPLAY,
    UNHUNG,
    Correction,
    correction,
    corrections,
    replaced_by,
    versions,
)
from pointsbank.scoring.correction_words import signed
from pointsbank.scoring.counter import enter_at_counter
from pointsbank.scoring.counter_view import at_counter, counter_items
from pointsbank.scoring.day_books import close_day_book, day_book_on, open_day_books
from pointsbank.scoring.deciding import Judged
from pointsbank.scoring.deeds_on_record import cut_by_deed
from pointsbank.scoring.due_corrections import due_corrections
from pointsbank.scoring.entering import enter_scores
from pointsbank.scoring.finding_items import OFFERED as OFFERED_ITEMS
from pointsbank.scoring.finding_items import find_items, meant_item
from pointsbank.scoring.foreseeing import Foreseen, foresee_score
from pointsbank.scoring.graded_sums import base_given, base_left, category_totals, stars_won
from pointsbank.scoring.grid import (
    MAXIMUM_COLUMNS,
    CellValue,
    cell_hint,
    grid_items,
    read_cell,
    usual_columns,
)
from pointsbank.scoring.grid_reading import (
    Entered,
    entered_cells,
    foresee_scores,
    participants_scored,
)
from pointsbank.scoring.importing import SCORE_COLUMNS, import_scheme, import_scores
from pointsbank.scoring.judging_again import (
    Again,
    Effect,
    effect_of,
    effects_by_item,
    effects_by_participant,
    judge_month_again,
)
from pointsbank.scoring.lawful import is_publishable, item_findings, item_warnings
from pointsbank.scoring.leaving import forget, unsettled, unsettled_scores
from pointsbank.scoring.mark_codes import JudgeAtPhone, judge_at_phone, phones, show_code, take_code
from pointsbank.scoring.marking import give_marks
from pointsbank.scoring.meeting_models import DAY_BOOK
from pointsbank.scoring.meeting_summary import MeetingSummary, check_summary, meeting_summary
from pointsbank.scoring.meetings import (
    add_note,
    close_meeting,
    count_titled,
    is_day_book,
    meeting,
    meetings,
    write_minutes,
)
from pointsbank.scoring.minutes import Minutes, minutes_of
from pointsbank.scoring.month_deductions import month_deductions
from pointsbank.scoring.month_sums import month_totals
from pointsbank.scoring.of_participant import hanging_corrections, months_of, unposted
from pointsbank.scoring.on_wall import correction_counts, corrections_hanging_on, standing_as_text
from pointsbank.scoring.one_item import item, titles
from pointsbank.scoring.opening import open_meeting
from pointsbank.scoring.oversight import (
    CounterActs,
    ItemUse,
    KinScores,
    MarkSpread,
    MonthPace,
    Period,
    counter_acts,
    day_book_totals,
    item_use,
    kin_scores,
    mark_spreads,
    month_paces,
    usual_period,
)
from pointsbank.scoring.pending import contested_in, pending_items
from pointsbank.scoring.periods import months_later
from pointsbank.scoring.proposing import proposed_panel
from pointsbank.scoring.publishing import contest, publish, uncontest, withdraw, withdraw_score
from pointsbank.scoring.putting_up import drop_case, put_up
from pointsbank.scoring.reading import (
    counts,
    latest_scores,
    month_merits,
    score,
    score_ids,
    scored,
    scores,
    scores_by_id,
    standing_scores,
)
from pointsbank.scoring.row_rules import ROW_RULES
from pointsbank.scoring.scheme import items, items_by_id, items_of, scheme_on, scheme_shown, schemes
from pointsbank.scoring.scheme_rows import SCHEME_COLUMNS
from pointsbank.scoring.settling import settle_scores
from pointsbank.scoring.shapes import SHAPES, label
from pointsbank.scoring.sitting import open_meetings
from pointsbank.scoring.starters import starter_table, starters
from pointsbank.scoring.template import scheme_template
from pointsbank.scoring.timetable import Timetable, scheme_timetable
from pointsbank.scoring.values import (
    CONTESTED,
    ENTERED,
    MINUS,
    PLUS,
    POSTED,
    PUBLISHED,
    VETO,
    WITHDRAWN,
    Item,
    Meeting,
    MeetingNote,
    MonthTotal,
    Scheme,
    SchemeImported,
    Score,
    ScoreRow,
)
