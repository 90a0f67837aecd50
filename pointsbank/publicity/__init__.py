"""Publicity: the days in which everybody may see and object, and the names that may be seen.

Owns notice, objection and consent. Decides how a name is written in public; posts through scoring, once.
"""

from pointsbank.publicity.consent import Consent, consents, give_consent, shown_as, withdraw_consent
from pointsbank.publicity.erasing import forget
from pointsbank.publicity.masking import NAMED, NUMBERED, PERSONS, mask, public_name
from pointsbank.publicity.noticeboard import BlackPlace, PublicBoard, RedPlace, public_board
from pointsbank.publicity.notices import (
    Notice,
    NoticeEntry,
    NoticeInFull,
    WallEntry,
    WallNotice,
    close_and_publish,
    notice,
    notices,
    public_notice,
)
from pointsbank.publicity.objections import (
    Objection,
    decide_objection,
    objection,
    objections,
    raise_objection,
    struck_out,
)
from pointsbank.publicity.problems import (
    ConsentInvalid,
    ConsentJustGiven,
    ConsentNotNeeded,
    ConsentUnknown,
    EntererCannotDecide,
    NoticeStillOpen,
    NoticeUnknown,
    NotOnNotice,
    ObjectionDecided,
    ObjectionStands,
    ObjectionTooLate,
    ObjectionUnknown,
)
from pointsbank.publicity.settling import Settled, settle
from pointsbank.publicity.sheet import notice_sheet

__all__ = [
    "NAMED",
    "NUMBERED",
    "PERSONS",
    "BlackPlace",
    "Consent",
    "ConsentInvalid",
    "ConsentJustGiven",
    "ConsentNotNeeded",
    "ConsentUnknown",
    "EntererCannotDecide",
    "NotOnNotice",
    "Notice",
    "NoticeEntry",
    "NoticeInFull",
    "NoticeStillOpen",
    "NoticeUnknown",
    "Objection",
    "ObjectionDecided",
    "ObjectionStands",
    "ObjectionTooLate",
    "ObjectionUnknown",
    "PublicBoard",
    "RedPlace",
    "Settled",
    "WallEntry",
    "WallNotice",
    "close_and_publish",
    "consents",
    "decide_objection",
    "forget",
    "give_consent",
    "mask",
    "notice",
    "notice_sheet",
    "notices",
    "objection",
    "objections",
    "public_board",
    "public_name",
    "public_notice",
    "raise_objection",
    "settle",
    "shown_as",
    "struck_out",
    "withdraw_consent",
]
