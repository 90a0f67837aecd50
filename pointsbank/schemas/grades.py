"""Grades: tables of bands, and what they give in a period."""

from pointsbank.labels.grade_measure import GRADE_MEASURE
from pointsbank.labels.grade_period import GRADE_PERIOD
from pointsbank.labels.grade_sign import GRADE_SIGN
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Flag, ListOf, Nested, Text, WholeNumber


class GradeBandBody(Schema):
    """One band of a table."""

    name = Text(maximum=20, required=True, note="等级的名字。")
    sign = Choice("", *GRADE_SIGN.codes, load_default="", note="挂什么：颜色、星或字母；空着就是不挂。")
    range = Text(maximum=40, required=True, note="分数段，照村里写的：1040<得分≤1060、96以上、低于60。")
    measure = Text(maximum=60, empty=True, load_default="", note="以后怎么做。")


class GradeTableBody(Schema):
    """A table of bands that a resolution sets."""

    name = Text(maximum=40, required=True, note="表名；同名的，新的从那天起代替旧的。")
    kinds = ListOf(Choice(*PARTICIPANT_KIND.codes), minimum=1, maximum=9, required=True)
    period = Choice(*GRADE_PERIOD.codes, required=True, note="多久评一次。")
    measured_on = Choice(*GRADE_MEASURE.codes, required=True, note="按什么评。")
    category = Text(maximum=60, empty=True, load_default="", note="哪个类别：按一个类别或按星评才填。")
    bands = ListOf(Nested(GradeBandBody), minimum=1, maximum=12, required=True)
    below = Text(maximum=20, empty=True, load_default="", note="最低一档以下叫什么；表里没有写的才填。")
    resolution = Text(maximum=200, required=True, note="哪次会议通过的。")
    from_date = Day(required=True, note="施行日期。")


class GradeEndBody(Schema):
    """The resolution that ends a table."""

    from_date = Day(required=True, note="从哪天起不再评；评过的不变。")
    resolution = Text(maximum=200, required=True, note="哪次会议通过的。")


class GradeBandSchema(ResponseSchema):
    """One band of a table, the highest first."""

    name = Text(maximum=20, required=True)
    sign = Choice("", *GRADE_SIGN.codes, required=True)
    range = Text(maximum=40, empty=True, required=True, attribute="range.written")
    measure = Text(maximum=60, empty=True, required=True)


class GradeTableSchema(ResponseSchema):
    """An adoption of a table of bands; with `is_end` it says that the table ended."""

    table = WholeNumber(minimum=1, required=True, attribute="number")
    name = Text(maximum=40, required=True)
    kinds = ListOf(Choice(*PARTICIPANT_KIND.codes), maximum=9, required=True)
    period = Choice(*GRADE_PERIOD.codes, required=True)
    measured_on = Choice(*GRADE_MEASURE.codes, required=True)
    category = Text(maximum=60, empty=True, required=True)
    bands = ListOf(Nested(GradeBandSchema), maximum=13, required=True)
    resolution = Text(maximum=200, required=True)
    from_date = Day(required=True)
    is_end = Flag(required=True)


class GradePeriodSchema(ResponseSchema):
    """What a table gives in a period: how many in each band, the highest first."""

    table = WholeNumber(minimum=1, required=True, attribute="table.number")
    period = Text(maximum=8, required=True)
    frozen = Flag(required=True, note="已月结，不再变。")
    counts = ListOf(WholeNumber(), maximum=13, required=True)


class GradeDoneBody(Schema):
    """For whom what their band asks for was done."""

    participants = ListOf(Text(maximum=32), minimum=1, maximum=500, required=True)
    done_on = Day(required=True, note="哪天做的。")
    done_by = Text(maximum=60, required=True, note="谁做的。")


class GradeDoneSchema(ResponseSchema):
    """How many were written down anew."""

    added = WholeNumber(required=True)


GradeTablePage = items_of(GradeTableSchema)
