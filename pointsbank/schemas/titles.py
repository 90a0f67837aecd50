"""Titles: kinds in force, nominations, and how each title stands."""

from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.labels.title_nominator import TITLE_NOMINATOR
from pointsbank.labels.title_state import TITLE_STATE
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, ListOf, Text, WholeNumber


class TitleKindSchema(ResponseSchema):
    """A kind of title in force."""

    id = Text(maximum=64, required=True)
    name = Text(maximum=20, required=True)
    holder = Choice(*TITLE_HOLDER.codes, required=True, note="授给谁。")
    quota = WholeNumber(required=True, allow_none=True, note="全村最多几个；空着是不限。")
    months = WholeNumber(required=True, allow_none=True, note="几个月复查一次。")
    criteria = ListOf(Text(maximum=60), maximum=20, required=True)
    from_date = Day(required=True)


class NominationBody(Schema):
    """Who is nominated for what."""

    kind = Text(maximum=64, required=True, note="称号的名称或者编号。")
    participant = Text(maximum=32, required=True, note="户号。")
    person = Text(maximum=60, empty=True, load_default="", note="授给个人的称号写姓名。")
    agreed_on = Day(load_default=None, allow_none=True, note="本人签字同意公开姓名的日期。")
    nominated_by = Choice(*TITLE_NOMINATOR.codes, required=True, note="谁提名。")
    nominator = Text(maximum=60, empty=True, load_default="", note="哪个小组、会议或者谁；只在村里看。")
    reason = Text(maximum=200, empty=True, load_default="", note="事迹。不写病情、贫困、信仰、上访和看法。")


class TitleSchema(ResponseSchema):
    """A title as it stands."""

    id = Text(maximum=64, required=True)
    number = WholeNumber(minimum=1, required=True)
    title = Text(maximum=20, required=True)
    participant = Text(maximum=32, required=True)
    person = Text(maximum=60, empty=True, required=True)
    agreed_on = Day(required=True, allow_none=True, note="本人哪天签字同意公开姓名；没有同意或者撤回的空着。")
    state = Choice(*TITLE_STATE.codes, required=True)
    since = Day(required=True, note="从哪天起是这个状态。")
    nominated_on = Day(required=True)
    given_on = Day(required=True, allow_none=True)
    review_on = Day(required=True, allow_none=True, note="哪天复查。")
    deadline = Day(required=True, allow_none=True, note="摘牌以后哪天前整改。")
    barred_until = Day(required=True, allow_none=True, note="失去以后哪天起可以再参评。")


TitlePage = items_of(TitleSchema)
TitleKindPage = items_of(TitleKindSchema)
