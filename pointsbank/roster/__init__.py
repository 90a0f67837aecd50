"""The roster: who holds points, how they are found, and the cards that identify them.

Owns participant, card and card_token, and brings in rosters and opening balances. Must not know deeds, goods
or pages; moves points only as opening transactions, through the ledger.
"""

from pointsbank.roster.balances import import_balances
from pointsbank.roster.cards import IssuedCard, NoCardToRevoke, card_faces, hand_out, issue, lose
from pointsbank.roster.importing import Change, ImportResult, import_roster
from pointsbank.roster.leaving import forget, retire
from pointsbank.roster.listing import Page, listing
from pointsbank.roster.looking_up import (
    CardHolder,
    CardMalformed,
    CardNotActive,
    CardReplaced,
    CardRevoked,
    CardUnknown,
    ParticipantSuspended,
    WrongVillage,
    by_number,
    check_card,
    look_up,
)
from pointsbank.roster.models import CARD_STATUSES, KINDS, PARTICIPANT_STATUSES
from pointsbank.roster.participants import (
    Participant,
    ParticipantClosed,
    ParticipantExists,
    ParticipantInvalid,
    ParticipantUnknown,
    add,
    by_code,
    by_id,
    by_ids,
    everyone,
    refuse_closed,
    set_status,
)
from pointsbank.roster.search import reading

__all__ = [
    "CARD_STATUSES",
    "KINDS",
    "PARTICIPANT_STATUSES",
    "CardHolder",
    "CardMalformed",
    "CardNotActive",
    "CardReplaced",
    "CardRevoked",
    "CardUnknown",
    "Change",
    "ImportResult",
    "IssuedCard",
    "NoCardToRevoke",
    "Page",
    "Participant",
    "ParticipantClosed",
    "ParticipantExists",
    "ParticipantInvalid",
    "ParticipantSuspended",
    "ParticipantUnknown",
    "WrongVillage",
    "add",
    "by_code",
    "by_id",
    "by_ids",
    "by_number",
    "card_faces",
    "check_card",
    "everyone",
    "forget",
    "hand_out",
    "import_balances",
    "import_roster",
    "issue",
    "listing",
    "look_up",
    "lose",
    "reading",
    "refuse_closed",
    "retire",
    "set_status",
]
