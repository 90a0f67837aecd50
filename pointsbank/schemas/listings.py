"""Listings as those inside read them, and the steps that a program may write down."""

from pointsbank.labels.board import BOARD
from pointsbank.labels.handed_to import HANDED_TO
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.labels.listing_status import LISTING_STATUS
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, Month, Text, WholeNumber


class ListingSchema(ResponseSchema):
    """One entry of a board with the full code, for those inside."""

    id = Text(maximum=64, required=True)
    month = Month(required=True)
    first_month = Month(required=True, note="首次上榜的月份。")
    board = Choice(*BOARD.codes, required=True)
    participant = Text(maximum=32, required=True)
    status = Choice(*LISTING_STATUS.codes, required=True, note="今天的状态，到期的是 expired。")
    shown = Flag(required=True, note="今天可以显示：在榜、没有到期、没有等答复的异议。")
    rule = Text(maximum=200, empty=True, required=True)
    fact = Text(maximum=200, empty=True, required=True)
    notified_on = Day(required=True, allow_none=True)
    earliest_on = Day(required=True, allow_none=True, note="最早哪天可以签字和表决。")
    decided_on = Day(required=True, allow_none=True)
    expires_on = Day(required=True, allow_none=True)


class LetterBody(Schema):
    """Into whose hands the letter was given."""

    on = Day(required=True, note="哪天送到。")
    handed_to = Choice(*HANDED_TO.codes, required=True, note="交给谁。")
    brought_by = Text(maximum=30, required=True, note="谁送的。")
    receiver = Text(maximum=30, empty=True, load_default="", note="家里哪位成年人收的。")
    witness = Text(maximum=30, empty=True, load_default="", note="拒收、贴在门上的写见证人。")


class CarryOverBody(Schema):
    """To which month an uncorrected listing is carried over."""

    month = Month(required=True)


class HelperBody(Schema):
    """Who helps."""

    name = Text(maximum=30, required=True, note="帮教人。")


class VisitBody(Schema):
    """One visit."""

    on = Day(required=True, note="哪天。")
    form = Choice(*HELP_FORM.codes, required=True, note="谈心、劝导、调解。")
    words = Text(maximum=200, required=True, note="谈了什么；只在村里看。")


class HelpEndedBody(Schema):
    """What came of it."""

    outcome = Choice(*HELP_OUTCOME.codes, required=True)
    words = Text(maximum=200, required=True, note="说明；只在村里看。")


class HelperSchema(ResponseSchema):
    """Who helps, and what came of it."""

    listing = Text(maximum=64, required=True)
    number = WholeNumber(minimum=1, required=True)
    name = Text(maximum=30, required=True)
    assigned_on = Day(required=True)
    visits = WholeNumber(required=True)
    ended_on = Day(required=True, allow_none=True)
    outcome = Choice(*HELP_OUTCOME.codes, required=True, allow_none=True)


class BlackBoardEndBody(Schema):
    """The resolution that ends the black board."""

    resolution = Text(maximum=200, required=True, note="村民会议哪次决议。")
    on = Day(required=True, note="决议的日期。")


class BlackBoardSchema(ResponseSchema):
    """The resolution about a black board."""

    id = Text(maximum=64, required=True)
    resolution = Text(maximum=200, required=True)
    adopted_on = Day(required=True)
    ended_on = Day(required=True, allow_none=True)


ListingPage = items_of(ListingSchema)
HelperPage = items_of(HelperSchema)
