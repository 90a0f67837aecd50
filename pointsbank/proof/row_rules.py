"""How many rows there must be because a closed month tells of them.

A closed month counts the tables whose rows are never removed: so those that no entry tells of by itself, as
objections and notices, are missed after a restore too.
"""

from collections.abc import Mapping
from typing import Any

from pointsbank.ledger import RowRules

GROWING = (
    *(
        "anchor",
        "approval",
        "award_bar",
        "attachment",
        "attachment_removal",
        "attempt",
        "black_board_resolution",
        "board_leave",
        "ceremony",
        "ceremony_change",
        "ceremony_decision",
        "ceremony_limits",
        "ceremony_report",
        "base_grant",
        "claim",
        "claim_decision",
        "consent",
        "export_record",
        "goods_price",
    ),
    *("grade", "grade_band", "grade_measure", "grade_table"),
    *("keeper_check", "keeper_decision", "keeper_fault", "keeper_list", "keeper_list_item", "keeper_patrol"),
    *("index_adoption", "index_figure", "index_rule"),
    *("inspection", "inspection_decision", "inspection_fault", "inspection_round"),
    *(
        "gathered_day_book",
        "hanging",
        "listing",
        "listing_decision",
        "listing_end",
        "listing_notification",
        "listing_objection",
    ),
    *(
        "helper",
        "helper_visit",
        "listing_basis",
        "listing_delivery",
        "listing_fact",
        "listing_fact_objection",
    ),
    *("listing_fact_objection_answer", "listing_praise", "listing_put_right", "listing_visa", "wall_copy"),
    "praise_kind",
    *("listing_objection_answer", "log_entry", "meeting", "meeting_attendance", "meeting_call"),
    *(
        "meeting_case",
        "meeting_mark",
        "meeting_note",
        "meeting_recusal",
        "minutes_number",
        "missing_deed",
        "notice",
        "panel",
        "panel_member",
    ),
    *("pin_event", "posting", "question", "question_answer", "redemption", "redemption_return"),
    *(
        "redemption_reversal",
        "request",
        "restriction",
        "row_batch",
        "row_witness",
        "score",
        "score_correction",
    ),
    *("score_sheet", "score_sheet_entry", "score_sheet_reading"),
    *("score_objection", "score_objection_answer", "standing", "stock_move", "stock_move_undone"),
    *("spot_check", "spot_check_answer", "spot_check_throw"),
    *("stocktake", "stocktake_count", "stocktake_return", "transaction"),
    *("title", "title_agreement", "title_benefit", "title_benefit_note", "title_check", "title_criterion"),
    "title_kind",
    *("title_letter", "title_objection", "title_objection_answer", "title_step"),
    *("year_end_line", "year_end_rule", "year_end_run"),
)
"""The tables whose rows are never removed (the tests hold this list against the guards)."""


def _rows(words: Mapping[str, Any]) -> dict[str, int]:
    """Return what a closed month says of these tables; months of the first days say nothing."""
    counted = words.get("rows")
    numbers = counted if isinstance(counted, dict) else {}
    return {table: rows for table, rows in numbers.items() if table in GROWING and type(rows) is int}


ROW_RULES = RowRules(
    by_kind={"month_closed": lambda words: {"closed_month": 1, "anchor": 1}}, in_all={"month_closed": _rows}
)
