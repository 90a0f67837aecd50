"""Boards: where everybody stood in a month, and who is praised or warned for it, by people's decision.

Owns the resolution for a black board, listings and the objections to them, and the frozen standing. Never
masks a name (publicity does), never moves a point, and never lists anybody by itself.
"""

from pointsbank.boards.bands import Band, BandsOverlap, band_for, check_bands
from pointsbank.boards.drafting import carry_over, propose_black, propose_red
from pointsbank.boards.erasing import forget
from pointsbank.boards.listings import Listing, decide, listing, listings, notify, take_down
from pointsbank.boards.month_board import Board, board
from pointsbank.boards.objections import (
    ListingObjection,
    decide_listing_objection,
    listing_objections,
    object_to_listing,
)
from pointsbank.boards.problems import (
    AlreadyListed,
    BlackBoardOff,
    BlackBoardOn,
    CarriedTooEarly,
    DayInvalid,
    DaysInvalid,
    FactUnfit,
    ListingDecidedAlready,
    ListingNotProposed,
    ListingNotUp,
    ListingObjectionStands,
    ListingObjectionUnknown,
    ListingUnknown,
    NotToldYet,
    ObjectionOpen,
    ProposedMeanwhile,
    ProposerCannotDecide,
    RuleUnfit,
    StandingFrozen,
    VotesInvalid,
)
from pointsbank.boards.ranking import rank
from pointsbank.boards.resolutions import (
    Resolution,
    black_board_resolution,
    end_black_board,
    resolve_black_board,
)
from pointsbank.boards.standing import (
    GroupLine,
    StandingLine,
    freeze_standing,
    group_standing,
    is_frozen,
    standing,
    standing_as_stored,
)

__all__ = [
    "AlreadyListed",
    "Band",
    "BandsOverlap",
    "BlackBoardOff",
    "BlackBoardOn",
    "Board",
    "CarriedTooEarly",
    "DayInvalid",
    "DaysInvalid",
    "FactUnfit",
    "GroupLine",
    "Listing",
    "ListingDecidedAlready",
    "ListingNotProposed",
    "ListingNotUp",
    "ListingObjection",
    "ListingObjectionStands",
    "ListingObjectionUnknown",
    "ListingUnknown",
    "NotToldYet",
    "ObjectionOpen",
    "ProposedMeanwhile",
    "ProposerCannotDecide",
    "Resolution",
    "RuleUnfit",
    "StandingFrozen",
    "StandingLine",
    "VotesInvalid",
    "band_for",
    "black_board_resolution",
    "board",
    "carry_over",
    "check_bands",
    "decide",
    "decide_listing_objection",
    "end_black_board",
    "forget",
    "freeze_standing",
    "group_standing",
    "is_frozen",
    "listing",
    "listing_objections",
    "listings",
    "notify",
    "object_to_listing",
    "propose_black",
    "propose_red",
    "rank",
    "resolve_black_board",
    "standing",
    "standing_as_stored",
    "take_down",
]
