"""Lists as the API tells of them: which there are, and the rows of one."""

from marshmallow import fields

from pointsbank.schemas.base import PageQuery, ResponseSchema, items_of
from pointsbank.schemas.fields import Text


class ListColumnSchema(ResponseSchema):
    """One column of a list."""

    key = Text(maximum=40, required=True, note="每行里的字段名。")
    title = Text(maximum=40, required=True)


class ListFilterSchema(ResponseSchema):
    """One way to narrow a list, or what it has to be of."""

    name = Text(maximum=40, required=True, note="地址里的参数名。")
    title = Text(maximum=40, required=True)


class ListSchema(ResponseSchema):
    """One list: its columns, what it has to be of, and what it can be narrowed by."""

    name = Text(maximum=40, required=True, note="也是地址里的名字：…/lists/{name}。")
    title = Text(maximum=40, required=True)
    about = Text(maximum=200, required=True)
    columns = fields.List(fields.Nested(ListColumnSchema), required=True)
    needs = fields.List(
        fields.Nested(ListFilterSchema), required=True, metadata={"description": "必须写明的参数。"}
    )
    filters = fields.List(
        fields.Nested(ListFilterSchema), required=True, metadata={"description": "可以用来筛选的参数。"}
    )


ListsPage = items_of(ListSchema)


class RowsPage(ResponseSchema):
    """Some rows of a list, each an object with the columns' keys."""

    items = fields.List(
        fields.Dict(keys=fields.String()),
        required=True,
        metadata={"description": "每行一个对象，字段见 lists 里的 columns；代码是英文代码，积分是数字。"},
    )
    next = fields.String(required=True, allow_none=True)


class RowsQuery(PageQuery):
    """Which rows of a list are wanted: filters of other lists are refused."""

    sort = Text(maximum=40, load_default=None, note="按哪一列排（columns 里的 key），前面加 - 倒过来。")
    q = Text(maximum=100, load_default=None, note="查找的字。")
    household = Text(maximum=100, load_default=None, note="户号、姓名、拼音、首字母、小组或卡号。")
    code = Text(maximum=64, load_default=None, note="户号。")
    meeting = Text(maximum=64, load_default=None, note="评议会的编号。")
    version = Text(maximum=10, load_default=None, note="第几版细则。")
    notice = Text(maximum=64, load_default=None, note="公示的编号。")
    goods = Text(maximum=64, load_default=None, note="商品编号或名称。")
    group = Text(maximum=60, load_default=None, note="小组的名称。")
    kind = Text(maximum=40, load_default=None, note="类别或种类的代码。")
    status = Text(maximum=40, load_default=None, note="状态的代码。")
    login = Text(maximum=40, load_default=None, note="账号。")
    unit = Text(maximum=40, load_default=None, note="points 或 honour。")
    month = Text(maximum=7, load_default=None, note="月份，如 2026-09。")
    first = Text(maximum=10, load_default=None, note="从哪天起，如 2026-09-01。")
    until = Text(maximum=10, load_default=None, note="到哪天为止。")
