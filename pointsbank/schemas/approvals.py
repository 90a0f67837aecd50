"""Requests and answers of acts that need a second person, among them the PINs of households."""

from marshmallow import fields

from pointsbank.labels.approval_status import APPROVAL_STATUS
from pointsbank.labels.decline_reason import DECLINE_REASON
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Flag, Pattern, Text, UtcDateTime, WholeNumber


def _six_digits() -> Pattern:
    """Return the field of a PIN."""
    return Pattern("[0-9]{6}", sentence="密码是6位数字。", required=True)


class PinBody(Schema):
    """Six digits that a household typed beside its scanned card."""

    scan_ticket = Text(maximum=64, required=True, note="扫卡得到的凭证；输入号码得到的不行。")
    pin = _six_digits()


class PinChangeBody(Schema):
    """The old six digits and the new ones."""

    scan_ticket = Text(maximum=64, required=True, note="扫卡得到的凭证；输入号码得到的不行。")
    old = _six_digits()
    new = _six_digits()


class PinChangedAnswer(ResponseSchema):
    """The PIN was changed."""

    changed = Flag(required=True)


class DeclineBody(Schema):
    """Why the second person does not agree."""

    reason = Choice(*DECLINE_REASON.codes, required=True)


class CodeBody(Schema):
    """The second person's login and the code on that person's telephone."""

    login = Text(maximum=100, required=True)
    code = Pattern("[0-9]{6}", sentence="动态码是6位数字。", required=True)


class ApprovalSchema(ResponseSchema):
    """A request as the one who asks for it sees it."""

    id = Text(maximum=64, required=True)
    kind = Text(maximum=40, required=True, note="要办的事，例如 pin_set、pin_reset、hand_out。")
    label = Text(maximum=40, required=True, note="要办的事，给人看的名称。")
    subject = Text(maximum=200, required=True, note="为谁办。")
    happens = fields.List(Text(maximum=300, required=True), required=True)
    status = Choice(*APPROVAL_STATUS.codes, required=True)
    requested_by = Text(maximum=80, required=True, note="申请人的姓名。")
    requested_at = UtcDateTime(required=True)
    expires_at = UtcDateTime(required=True)
    index = WholeNumber(required=True, note="申请在账本日志中的序号。")
    mine = Flag(required=True, note="是提问的人申请的。")
    can_answer = Flag(required=True, note="提问的人可以确认或不同意。")
    ended_by = Text(maximum=80, required=True, allow_none=True, note="确认、不同意或撤回的人的姓名。")
    ended_at = UtcDateTime(required=True, allow_none=True)


ApprovalPage = items_of(ApprovalSchema)
