"""Questions: what villagers ask, doubt or suggest, and how it is answered."""

from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.question_kind import QUESTION_KIND
from pointsbank.labels.question_status import QUESTION_STATUS
from pointsbank.labels.question_way import QUESTION_WAY
from pointsbank.labels.unpublished_reason import UNPUBLISHED_REASON
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, Text, UtcDateTime, WholeNumber

MAXIMUM = 500


class QuestionBody(Schema):
    """What somebody asks."""

    kind = Choice(*QUESTION_KIND.codes, required=True, note="种类。")
    words = Text(maximum=MAXIMUM, lines=True, required=True, note="原话，只留在村里。")
    participant = Text(maximum=32, load_default=None, allow_none=True, note="户号；不愿说是谁的不填。")
    role = Choice(
        *ANSWERING_ROLE.codes, load_default=None, allow_none=True, note="由谁答复；不填就照村里的设置。"
    )


class AnswerBody(Schema):
    """An answer: both hang, or neither does."""

    words = Text(maximum=MAXIMUM, lines=True, required=True, note="答复。公开的不写姓名、电话。")
    question_words = Text(
        maximum=MAXIMUM, lines=True, empty=True, load_default="", note="公开的问题；不填就用原话。"
    )
    published = Flag(load_default=True, note="一问一答一起公开。")
    reason = Choice(
        *UNPUBLISHED_REASON.codes, load_default=None, allow_none=True, note="不公开的原因，不公开时要填。"
    )


class RoleBody(Schema):
    """Who answers instead."""

    role = Choice(*ANSWERING_ROLE.codes, required=True, note="改由谁答复。")


class AnswerSchema(ResponseSchema):
    """One answer; the last one stands."""

    number = WholeNumber(minimum=1, required=True)
    question_words = Text(maximum=MAXIMUM, lines=True, empty=True, required=True)
    words = Text(maximum=MAXIMUM, lines=True, required=True)
    published = Flag(required=True)
    reason = Choice(*UNPUBLISHED_REASON.codes, required=True, allow_none=True)
    role = Choice(*ANSWERING_ROLE.codes, required=True)
    shown_until = Day(required=True, note="公开到哪天。")
    answered_at = UtcDateTime(required=True)


class QuestionSchema(ResponseSchema):
    """A question as it stands."""

    id = Text(maximum=64, required=True)
    number = WholeNumber(minimum=1, required=True)
    kind = Choice(*QUESTION_KIND.codes, required=True)
    participant = Text(
        maximum=32, empty=True, required=True, attribute="code", note="户号；没有说是谁的为空。"
    )
    words = Text(maximum=MAXIMUM, lines=True, required=True)
    way = Choice(*QUESTION_WAY.codes, required=True)
    role = Choice(*ANSWERING_ROLE.codes, required=True)
    status = Choice(*QUESTION_STATUS.codes, required=True)
    due_on = Day(required=True, note="最晚哪天答复。")
    asked_at = UtcDateTime(required=True)


QuestionPage = items_of(QuestionSchema)
AnswerPage = items_of(AnswerSchema)
