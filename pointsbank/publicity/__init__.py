"""Publicity: the days in which everybody may see and object, and the names that may be seen.

Owns notice, objection and consent. Decides how a name is written in public; posts through scoring, once.
"""

from pointsbank.publicity import problems
from pointsbank.publicity.consent import consents, give_consent, shown_as, withdraw_consent
from pointsbank.publicity.erasing import forget
from pointsbank.publicity.hanging import Hanging, hang, hangings, unhung, usual_places
from pointsbank.publicity.masking import NAMED, PublicName, public_name
from pointsbank.publicity.names_of_groups import Unshown, public_groups, unshown_names
from pointsbank.publicity.noticeboard import BlackPlace, GroupPlace, public_board
from pointsbank.publicity.notices import (
    Notice,
    PublicEntry,
    close_and_publish,
    notice,
    notices,
    public_notice,
)
from pointsbank.publicity.objections import (
    Objection,
    answers_due,
    decide_objection,
    objection_by_id,
    objections,
    raise_objection,
)
from pointsbank.publicity.row_rules import ROW_RULES
from pointsbank.publicity.settling import Settled, due_by_themselves, over, settle
