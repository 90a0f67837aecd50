"""The settings of a village, each declared once: what it decides, in which unit, within which bounds.

Pages and commands loop over `SETTINGS`; the table has a column for each, `Settings` a field.
"""

from pointsbank.errors import NotFound
from pointsbank.labels.answering_role import ANSWERING_ROLE
from pointsbank.labels.deduction_floor import DEDUCTION_FLOOR
from pointsbank.labels.names_on_cards import NAMES_ON_CARDS
from pointsbank.labels.period_measure import PERIOD_MEASURE
from pointsbank.labels.settling import SETTLING
from pointsbank.villages.setting_kinds import Amount, Heading, Number, OneOf, Setting, Telephones


class VillageSettingUnknown(NotFound):
    """There is no setting of this name."""

    code = "village_setting_unknown"
    sentence = "没有“{given}”这项设置，请从设置列表中选择。"
    fixed_by = "本人"


SETTINGS: tuple[Setting, ...] = (
    Number(
        "notice_days",
        "评议结果公示多少天，期满才能入账。",
        "从下一次公示起生效，正在公示的不变。",
        counted="天",
        minimum=1,
        maximum=60,
        subject="notices",
        source="各地积分制办法多为3天，也有5至7天的；由村里的积分制办法定。",
        shows=("notice", "poster"),
    ),
    Number(
        "objection_working_days",
        "收到异议后几个工作日内书面答复。",
        "从下一条异议起生效，已经提出的不变。",
        counted="个工作日",
        minimum=1,
        maximum=60,
        subject="notices",
        source="各地积分制办法多为7个工作日；印在公示和海报上，是对村民的承诺。",
        shows=("notice", "poster"),
    ),
    OneOf(
        "settling",
        "公示期满后，没有异议的评分自动入账，还是等有人办理；有异议的都等答复。",
        "马上生效：正在公示的和已经期满的，也按新的办。",
        words=SETTLING,
        subject="notices",
        source="公示无异议即入账是各地积分制办法的通例；由谁动手、什么时候动手，由村里定。",
        shows=("notice_page",),
    ),
    OneOf(
        "deduction_floor",
        "扣分时可用积分不够，扣到零为止还是记成负数；荣誉积分总是全扣。",
        "从下一次入账起生效，已经入账的不变。",
        words=DEDUCTION_FLOOR,
        subject="points",
        source="由村民会议通过的积分细则定；细则没有写的，扣到零为止。",
        shows=("balance",),
    ),
    Amount(
        "second_check_single",
        "一次兑换超过这么多分，要本户密码或第二位工作人员确认。",
        "从下一次兑换起生效。",
        minimum=0,
        subject="counter",
        source="拾到积分卡的人花不走大笔积分；由村里定。",
        shows=("till",),
    ),
    Amount(
        "second_check_day",
        "一户一天兑换超过这么多分，要本户密码或第二位工作人员确认。",
        "从下一次兑换起生效，今天已兑换的也计算在内。",
        minimum=0,
        subject="counter",
        source="拾到积分卡的人也不能一天里分几次花走；由村里定。",
        shows=("till",),
    ),
    Amount(
        "daily_limit",
        "一户一天最多兑换多少分。",
        "从下一次兑换起生效，今天已兑换的也计算在内。",
        minimum=1,
        optional=True,
        subject="counter",
        source="有的村限量，让货架上的商品多几户换得到；由村里定。",
        shows=("till",),
    ),
    Number(
        "ticket_seconds",
        "扫卡以后多长时间内可以结算。",
        "从下一次扫卡起生效。",
        counted="秒",
        minimum=30,
        maximum=900,
        subject="counter",
        source="扫卡只为眼前这一位，时间长了就要重新扫；由村里定。",
        shows=("till",),
    ),
    OneOf(
        "names_on_cards",
        "积分卡上写全名还是隐去部分姓名。",
        "从下一批打印的卡起生效，已经发出的卡不变。",
        words=NAMES_ON_CARDS,
        subject="cards",
        source="《个人信息保护法》第二十五条：不公开个人信息，本人单独同意的除外。卡会丢，也会给别人看见。",
        shows=("card",),
    ),
    Telephones(
        "contact_phone",
        "印在积分卡上的联系电话；没有设投诉电话的，公示和海报上也印这个。",
        "从下一次打印起生效。",
        maximum=40,
        subject="phones",
        source="拾到积分卡的人要知道打给谁；由村里定。",
        shows=("card", "notice", "poster"),
    ),
    Telephones(
        "hotline",
        "印在公示和海报上的投诉电话。",
        "从下一次打印起生效。",
        maximum=40,
        subject="phones",
        source="国办函〔2026〕12号：要有受理投诉的地方。",
        shows=("notice", "poster"),
    ),
    Number(
        "red_places",
        "红榜初稿按名次取多少户。",
        "从下一次拟定红榜起生效，已经拟定的不变。",
        counted="户",
        minimum=1,
        maximum=200,
        subject="boards",
        source="各地按名额评，例如每村每次10户；由村里定。",
        shows=("red_board",),
    ),
    Number(
        "question_working_days",
        "村民提问几个工作日内答复。",
        "从下一条提问起生效，已经提出的不变。",
        counted="个工作日",
        minimum=1,
        maximum=60,
        subject="questions",
        source="国办函〔2026〕12号：要有受理投诉的地方；几天内答复，由村里定。",
        shows=("questions",),
    ),
    OneOf(
        "question_role",
        "村民提问由谁答复；登记时可以另选。",
        "从下一条提问起生效，已经提出的不变。",
        words=ANSWERING_ROLE,
        subject="questions",
        source="点题公开由村民点题、有人答复；谁来答复，由村里定。",
        shows=("questions",),
    ),
    Number(
        "question_shown_days",
        "一问一答公开多少天，到期自动撤下。",
        "从下一次答复起生效，已经公开的不变。",
        counted="天",
        minimum=7,
        maximum=365,
        subject="questions",
        source="公开是为了让大家看到，不是永远挂着；由村里定。",
        shows=("questions",),
    ),
    Heading(
        "card_heading",
        "印在积分卡村名下面的一行字，用本地的另一种文字，例如壮文、苗文、彝文。",
        "从下一批打印的卡起生效，已经发出的卡不变。",
        maximum=60,
        subject="cards",
        source="国家通用语言文字法第八条：各民族都有使用和发展自己的语言文字的自由；由村里定。",
        shows=("card",),
    ),
    Heading(
        "poster_heading",
        "印在月度海报大标题下面的一行字，用本地的另一种文字。",
        "从下一次打印起生效。",
        maximum=60,
        subject="boards",
        source="国家通用语言文字法第八条：各民族都有使用和发展自己的语言文字的自由；由村里定。",
        shows=("masthead",),
    ),
    OneOf(
        "period_measure",
        "季度、半年、年度的榜，把各月的荣誉积分相加，还是取各月的平均；平均只算在村的月份。",
        "马上生效；已经全部月结的季度、半年和年度，照月结时的办法，不变。",
        words=PERIOD_MEASURE,
        subject="boards",
        source="各地年度成绩有的用各期之和，有的用各期平均；由村里的积分细则定。",
        shows=("period_board",),
    ),
)
"""Every setting, in the order in which people see them."""


def setting(name: str) -> Setting:
    """Return the setting of this name.

    Raises:
        VillageSettingUnknown: there is none.

    Example:
        villages.setting("notice_days").show(3) == "3天"
    """
    for one in SETTINGS:
        if one.name == name:
            return one
    raise VillageSettingUnknown(given=name[:40])
