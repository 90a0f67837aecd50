"""Publicity: the days in which everybody may see and object, and the names that may be seen.

Owns notice, gathered_day_book, objection and consent. Decides how a name is written in public; posts through
scoring, once.
"""

from pointsbank.publicity import problems
from pointsbank.publicity.consent import (
    Consent,
    consent_of,
    consents,
    consents_taken_back,
    give_consent,
    shown_as,
    withdraw_consent,
)
from pointsbank.publicity.correcting import correct_score, settle_correction
from pointsbank.publicity.correction_copies import copies_to_hang, hang_correction_copy
from pointsbank.publicity.correction_hanging import UnhungCorrection, hang_correction, unhung_corrections
from pointsbank.publicity.correction_outlook import correction_outlook
from pointsbank.publicity.day_books import DueVillage, day_books_due, gather_day_books
from pointsbank.publicity.deciding import decide_objection
from pointsbank.publicity.due_corrections import (
    any_correction_due,
    over_corrections,
    settle_due_corrections,
)
from pointsbank.publicity.erasing import forget
from pointsbank.publicity.gathered import gathered, meetings_of
from pointsbank.publicity.hanging import Hanging, hang, hangings, unhung, usual_places
from pointsbank.publicity.listing_corrections import (
    decline_listing_correction,
    hang_listing_correction,
    listing_corrections_to_hang,
    public_listing_correction,
)
from pointsbank.publicity.masking import NAMED, NUMBERED, PublicName, public_name
from pointsbank.publicity.missing import enter_missing, missing_deeds
from pointsbank.publicity.names_of_groups import Unshown, public_groups, unshown_names
from pointsbank.publicity.notice_entries import PublicEntry
from pointsbank.publicity.notice_names import names_on_notice
from pointsbank.publicity.noticeboard import (
    BlackPlace,
    GroupPlace,
    RedPlace,
    public_board,
    public_deeds,
    public_red,
    public_standing,
    public_warnings,
)
from pointsbank.publicity.notices import (
    Notice,
    PublicNotice,
    close_and_publish,
    notice,
    notice_by_id,
    notice_of,
    notices,
    public_notice,
)
from pointsbank.publicity.objections import (
    Objection,
    answers_due,
    objection_by_id,
    objections,
    raise_objection,
)
from pointsbank.publicity.of_participant import (
    CorrectionUnderWay,
    UnderWay,
    corrections_under_way,
    promised,
    under_way,
)
from pointsbank.publicity.period_places import PeriodPlaces, public_period, public_periods
from pointsbank.publicity.public_correction import public_correction
from pointsbank.publicity.row_rules import ROW_RULES
from pointsbank.publicity.settling import (
    Settled,
    due_by_themselves,
    on_display,
    over,
    settle,
    settles_by_itself,
)
from pointsbank.publicity.wall import hanging_on, is_on_wall, wall_state
from pointsbank.publicity.wishes import wishes_at
