"""The steps of a title as a program sends them."""

from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.schemas.base import ResponseSchema, Schema
from pointsbank.schemas.fields import Choice, Day, Flag, ListOf, Text, WholeNumber

_TODAY = "哪天；不写就是今天。"
_FACTS = "说事不说人。"


class TitleCheckBody(Schema):
    """Whether each criterion is met, in the order of the rule."""

    met = ListOf(Flag(note="一个条件够不够，按办法里的顺序，一个不少。"), maximum=20, required=True)
    seen_by = Text(maximum=60, empty=True, load_default="", note="谁去看的；只在村里看。")
    words = Text(maximum=200, empty=True, load_default="", note=f"哪里不够。{_FACTS}")
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleVoteBody(Schema):
    """How a vote on one title went."""

    votes_for = WholeNumber(minimum=0, maximum=9999, required=True)
    votes_against = WholeNumber(minimum=0, maximum=9999, required=True)
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitlePaperBody(Schema):
    """Where the notice hangs."""

    place = Text(maximum=60, required=True, note="贴在哪里。")
    size = Choice(*PAPER_SIZE.codes, load_default="a4", note="纸张大小。")
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleNoticeBody(TitlePaperBody):
    """Which titles hang as one notice, and where."""

    titles = ListOf(Text(maximum=64, note="表决通过、还没有公示的称号。"), maximum=100, required=True)


class TitleDayBody(Schema):
    """On which day."""

    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleTakenOffBody(Schema):
    """Why the plate comes off, and until when it is put right."""

    reason = Text(maximum=200, required=True, note=_FACTS)
    until = Day(load_default=None, allow_none=True, note="整改到哪天；不写照办法。")
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleWithdrawalBody(Schema):
    """Why it ends."""

    reason = Text(maximum=200, required=True, note=_FACTS)
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleRecommendationBody(Schema):
    """To whom it is recommended."""

    to = Text(maximum=60, required=True, note="推荐到哪里。")
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleNameBody(Schema):
    """Whether the person of a title agrees to be named in full, or takes it back."""

    agreed = Flag(required=True, note="同意公开姓名，还是撤回。")
    signed_on = Day(load_default=None, allow_none=True, note="本人哪天签的字；不写就是今天。")


class TitleBenefitBody(Schema):
    """Whether a benefit was given, and why not."""

    benefit = WholeNumber(minimum=1, maximum=13, required=True, note="办法里的第几项礼遇。")
    given = Flag(required=True)
    words = Text(maximum=200, empty=True, load_default="", note=f"没有给的原因。{_FACTS}")
    on = Day(load_default=None, allow_none=True, note=_TODAY)


class TitleBenefitSchema(ResponseSchema):
    """A benefit of a title with the last word about it."""

    words = Text(maximum=60, required=True, note="礼遇是什么。")
    given = Flag(required=True)
    day = Day(required=True)
    until_on = Day(required=True, allow_none=True, note="到哪天；空着是称号在就有，或者没有给。")
