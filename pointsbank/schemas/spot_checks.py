"""Spot checks: how many entries of a closed month are drawn, the dice, and what was found."""

from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.labels.spot_check_status import SPOT_CHECK_STATUS
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, ListOf, Month, Nested, Text, UtcDateTime, WholeNumber


class SpotCheckBody(Schema):
    """How many entries are drawn of which month, fixed before the dice."""

    month = Month(required=True, note="已月结的月份。")
    size = WholeNumber(minimum=1, maximum=100, load_default=20, note="抽几条；不够的全抽。定了不能再改。")


class DiceBody(Schema):
    """The ten dice as they were thrown at the assembly."""

    dice = Text(maximum=40, required=True, note="10个数字，每个是1至6，按掷出的先后。")
    thrower = Text(maximum=32, required=True, note="掷骰的人是哪一户：户号。")
    witness = Text(maximum=32, required=True, note="看着的人是哪一户：户号，另一户。")
    reason = Text(
        maximum=200,
        empty=True,
        load_default="",
        note="更正的原因；第一次不填。只能更正一次，由角色不同的另一个人办，去看以前才行。",
    )


class FoundBody(Schema):
    """What was found of one drawn entry."""

    index = WholeNumber(required=True, note="条目在账本里的编号，要是抽到的。")
    answer = Choice(*SPOT_CHECK_ANSWER.codes, required=True)
    note = Text(maximum=200, empty=True, load_default="", note="备注，只留在村里，说事不说人。")


class AnswersBody(Schema):
    """What two people found of some drawn entries; of an entry the last answer counts."""

    answers = ListOf(Nested(FoundBody), maximum=100, required=True)
    first = Text(maximum=32, required=True, note="去看的第一个人是哪一户：户号。")
    second = Text(maximum=32, required=True, note="去看的第二个人是哪一户：户号，另一户。")


class SpotCheckSignatureBody(Schema):
    """A signature; the server knows whether it is the first or the second."""

    seen = Text(
        maximum=40, load_default=None, note="签字人看到的 mark；填了而内容已变，就拒绝，请重新核对后再签。"
    )


class DrawnSchema(ResponseSchema):
    """One drawn entry, and what was found."""

    index = WholeNumber(required=True, note="条目在账本里的编号。")
    answer = Choice(*SPOT_CHECK_ANSWER.codes, required=True, allow_none=True)


class SpotCheckSchema(ResponseSchema):
    """The draw of a month as it stands, with all by which it is worked out anew."""

    month = Month(required=True)
    size = WholeNumber(minimum=1, required=True)
    population = WholeNumber(minimum=1, required=True, note="从几条里抽。")
    status = Choice(*SPOT_CHECK_STATUS.codes, required=True)
    rule = Text(maximum=40, required=True, note="签的规则名，四行字的第一行。")
    digest = Text(maximum=64, required=True, note="当月存证码全文，十六进制。")
    start = WholeNumber(required=True, note="从账本的这个编号起。")
    stop = WholeNumber(required=True, note="到这个编号以前。")
    dice = Text(maximum=10, empty=True, required=True, note="没有掷骰时是空的。")
    drawn = ListOf(Nested(DrawnSchema), maximum=100, required=True)
    mark = Text(maximum=40, required=True, note="每登记、每签字就变；签字时放进 seen。")
    planned_at = UtcDateTime(required=True)
    sealed_at = UtcDateTime(required=True, allow_none=True)
    result = Text(maximum=200, empty=True, required=True, note="两人签字以后的一句话。")


SpotCheckPage = items_of(SpotCheckSchema)
