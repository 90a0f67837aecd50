"""Long prints: what can be asked for, and how far each is."""

from marshmallow import fields

from pointsbank.labels.print_run_state import PRINT_RUN_STATE
from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Text, UtcDateTime, WholeNumber
from pointsbank.schemas.sheets import OptionSchema


class PrintRunKindSchema(ResponseSchema):
    """One kind of long print and its options."""

    name = Text(maximum=40, required=True, note="也是地址里的名字：…/print-runs/{kind}。")
    title = Text(maximum=40, required=True)
    about = Text(maximum=200, required=True)
    caution = Text(maximum=200, empty=True, required=True, note="拿到文件的人要知道的。")
    options = fields.List(fields.Nested(OptionSchema), required=True)


class PrintRunSchema(ResponseSchema):
    """One long print: how far it is, or how it ended."""

    id = Text(maximum=64, required=True)
    kind = Text(maximum=40, required=True)
    title = Text(maximum=200, required=True)
    state = Choice(*PRINT_RUN_STATE.codes, required=True, note="done 的可以取文件。")
    attempts = WholeNumber(required=True, note="第几次做；机器重启以后重新做，就多一次。")
    step = WholeNumber(required=True, note="做到第几步。")
    steps = WholeNumber(required=True, note="一共几步；还没有开始的是0。")
    doing = Text(maximum=500, empty=True, required=True)
    asked_by = Text(maximum=64, required=True)
    asked_at = UtcDateTime(required=True)
    ended_at = UtcDateTime(required=True, allow_none=True)
    size = WholeNumber(required=True, note="文件多少字节；没有文件的是0。")
    result = Text(maximum=500, empty=True, required=True)
    error = Text(maximum=500, empty=True, required=True, note="没有做成的原因。")
    goes_at = UtcDateTime(required=True, allow_none=True, note="文件什么时候自动删除。")


PrintRunKindPage = items_of(PrintRunKindSchema)
PrintRunPage = items_of(PrintRunSchema)
