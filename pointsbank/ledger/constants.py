"""The ledger's closed lists: units, kinds of account, transaction and log entry, and the accounts' names."""

POINTS = "points"
HONOUR = "honour"
UNITS = (POINTS, HONOUR)

VILLAGE_KINDS = ("issuance", "market", "charity", "expiry", "pending")
ACCOUNT_KINDS = ("participant", *VILLAGE_KINDS)

_OLDEST_KINDS = (
    "award",
    "deduction",
    "redemption",
    "donation",
    "gift",
    "transfer",
    "clearing",
    "opening",
    "reversal",
    "correction",
)
TRANSACTION_KINDS = (*_OLDEST_KINDS, "goods_return", "base")
LOG_KINDS = (
    *_OLDEST_KINDS,
    "scheme_adopted",
    "minutes_closed",
    "listing_up",
    "listing_down",
    "card_issued",
    "card_revoked",
    "stocktake",
    "month_closed",
    "household_closed",
    "erasure",
    "watermark_accepted",
    "village_founded",
    "settings_changed",
    "group_made",
    "group_renamed",
    "group_closed",
    "price_set",
    "roles_changed",
    "staff_disabled",
    "staff_enabled",
    "notice_up",
    "notice_down",
    "objection_filed",
    "objection_decided",
    "black_board_resolved",
    "black_board_ended",
    "consent_given",
    "consent_withdrawn",
    "staff_recovered",
    "approval_requested",
    "approval_confirmed",
    "approval_declined",
    "approval_withdrawn",
    "approval_expired",
    "pin_set",
    "pin_reset",
    "pin_changed",
    "rows_witnessed",
    "goods_described",
    "village_placed",
    "township_renamed",
    # In the order in which migrations added them.
    "score_corrected",
    "goods_return",
    "card_batch_printed",
    "card_batch_voided",
    "household_changed",
    "household_split",
    "notice_hung",
    "correction_hung",
    "panel_made",
    "panel_changed",
    "panel_ended",
    "meeting_called",
    "meeting_call_changed",
    "meeting_cancelled",
    "attachment_added",
    "attachment_removed",
    "claim_filed",
    "claim_looked",
    "claim_decided",
    "case_put",
    "marks_given",
    "case_drawn",
    "case_dropped",
    "mark_code_shown",
    "restriction_begun",
    "restriction_ended",
    "walking_order_set",
    "inspection_begun",
    "inspection_ended",
    "inspection_made",
    "inspection_looked_again",
    "inspection_decided",
    "score_sheet_printed",
    "score_sheet_read",
    "score_sheet_entered",
    "base",
    "staff_kin_changed",
    "ceremony_limits_adopted",
    "ceremony_announced",
    "ceremony_signed",
    "ceremony_changed",
    "ceremony_reported",
    "ceremony_decided",
    "boards_left",
    "boards_rejoined",
    "question_asked",
    "question_passed_on",
    "question_answered",
    "question_withdrawn",
    *(
        "spot_check_planned",
        "spot_check_thrown",
        "spot_check_answered",
        "spot_check_signed",
        "spot_check_sealed",
    ),
    "signing_key_set",
    *("grade_table_adopted", "grade_measure_done"),
    *(
        "title_kind_adopted",
        "title_nominated",
        "title_checked",
        "title_voted",
        "title_hung",
        "title_given",
        "title_taken_off",
        "title_given_back",
        "title_lost",
        "title_withdrawn",
        "title_recommended",
        "title_benefit_noted",
        "title_letter_written",
        "title_letter_brought",
    ),
    "year_end_adopted",
    "year_end_posted",
    "year_end_undone",
    "board_kind_adopted",
    "board_kind_ended",
    *("listing_fact_recorded", "listing_delivered", "listing_countersigned", "listing_looked_at"),
    *("listing_helped", "listing_barred", "listing_unbarred", "wall_put_up", "wall_taken_down"),
    *(
        "keeper_list_adopted",
        "keeper_patrolled",
        "keeper_checked",
        "keeper_looked_again",
        "keeper_check_struck",
        "keeper_decided",
    ),
    "index_rules_adopted",
    "listing_correction_declined",
    *("title_name_agreed", "title_name_withdrawn"),
)

# Only these may take a participant's points below zero: a reversal always, or spent points could never come
# back; a deduction where the scheme says so, which its caller decides by not asking for 扣完为止; a transfer
# where a household that owes points becomes part of another, which then owes them.
MAY_GO_BELOW_ZERO = frozenset({"reversal", "correction", "deduction", "transfer"})


def account_of(participant_id: str, unit: str) -> str:
    """Return the id of a participant's account of one unit.

    Example:
        >>> account_of("k3v7q2n5x4b6m8ja", POINTS)
        'k3v7q2n5x4b6m8ja.points'
    """
    return f"{participant_id}.{unit}"


def village_account(kind: str, unit: str) -> str:
    """Return the id of one of the village's own accounts.

    Example:
        >>> village_account("market", POINTS)
        'market.points'
    """
    return f"{kind}.{unit}"


VILLAGE_ACCOUNTS = frozenset(village_account(kind, unit) for kind in VILLAGE_KINDS for unit in UNITS)


def is_village_account(account_id: str) -> bool:
    """Tell whether an account is the village's own and not a participant's."""
    return account_id in VILLAGE_ACCOUNTS
