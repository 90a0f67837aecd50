"""The schema of every refusal (RFC 9457)."""

from marshmallow import fields

from pointsbank.schemas.base import ResponseSchema


class Complaint(ResponseSchema):
    """One wrong field of what was sent."""

    field = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemSchema(ResponseSchema):
    """A stable reason for machines and a Chinese sentence for people."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    reason = fields.String(required=True, metadata={"description": "稳定的原因代码，例如 sold_out。"})
    detail = fields.String(required=True, metadata={"description": "说给人听的一句话，说明接下来怎么做。"})
    fixed_by = fields.String(
        metadata={"description": "谁能解决：本人、店员、村民、村委、监督委员会、管理员。"}
    )
    reference = fields.String(metadata={"description": "程序出错时的编号，管理员凭它在日志里查找原因。"})
    errors = fields.List(
        fields.Nested(Complaint), metadata={"description": "哪些字段（或第几行哪一列）填写有误。"}
    )
