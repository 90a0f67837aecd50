"""Minors: no pupil and no child is scored, praised or blamed; whoever keeps their data is audited yearly."""

from datetime import date

from pointsbank.law.deeds import HELP, PUBLICITY
from pointsbank.law.rules import Kind, Rule, Use

_SOURCE = "未成年人保护法第4条、个人信息保护法第28条、第31条"
_SINCE = date(2021, 6, 1)
_REVIEWED = date(2026, 11, 28)
_INSTEAD = ("重视家庭教育，参加家长学校", "燃放烟花爆竹后未清理残屑")

RULES = (
    Rule(
        code="school",
        pattern=(
            "(?:小|中|初中|高中)学生|(?<!大)(?<!研究)(?<!留)(?<!博士)(?<!硕士)学生|初中生|高中生|中职|职高|幼儿园|在校生|[一二三四五六七八九1-9]年级|班主任|逃学|旷课"
            "|辍学|失学|厌学|退学|休学|[不没]上学|[不没](?:再|肯)?[读念]书|落榜|[不没]去学校|上不起学|考上|升学(?![宴酒])|录取(?!通知)|录取通知|[高中]考(?!察|勤|评|核|古|虑|试点)"
            "|三好(?:学)?生|奖学金|(?<!捐资)助学金|(?:考试|学习|期[中末])成绩|成绩(?:单|优|差|好|不)|早恋|义务教育"
            "|[没未不][^，。；]{0,2}[上读念完]完?了?(?:小学|初中|高中|中专|职高|大学|[中大]专)"
        ),
        pinyin=("chuo xue", "shi xue", "tao xue", "xiao xue sheng"),
        deeds=(HELP,),
        roundabout=(
            "[不没][^，。；]{0,2}[去送肯让想愿给][^，。；]{0,4}(?:读书|上课|念书|上学)|书都?不[读念]|休了学|[没未]考[起取]|[读念上]到?[^，。；]{0,4}[初高][一二三]",
            "(?:小学|初中|高中)[^，。；]{0,2}毕业|(?:[中小]学)[^，。；]{0,2}[读念]|幼儿班|学前班|学习好|重点(?:高中|中学)|留级",
        ),
        because="涉及未成年人，我们不保存、不公布未成年人的信息",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_INSTEAD,
        stops=((Use.FACT, "孩子辍学"), (Use.DEED, "优秀学生（校级）"), (Use.DEED, "考上大学（本科）")),
        passes=((Use.DEED, "不办升学宴"), (Use.DEED, "大学生返乡创业"), (Use.DEED, "辅导村里小学生作业")),
    ),
    Rule(
        code="child",
        pattern=(
            "未成年|(?<!妇女)儿童(?!节|之家|活动)|青?少年(?!宫)|幼童|婴|宝宝|孩子|小孩|孩童|(?<![一-鿿])娃(?!娃鱼)|(?<=[家男女小的个])娃(?!娃鱼)|小朋友|孙[子女]|外孙|孤儿|童工|[男女]童|[男女]孩|[男女]娃|单亲"
            "|(?<![0-9一二三四五六七八九十])(?:1[0-7]|[1-9]|十[一二三四五六七]?|[一二三四五六七八九])(?:周岁|岁)"
        ),
        pinyin=("hai zi", "er tong", "wei cheng nian", "gu er"),
        deeds=(HELP, PUBLICITY),
        roundabout=(
            "[把给送带让个俩两三生抱]娃(?!娃[鱼菜])|娃儿|细?伢(?:子|崽)|(?<![猪羊牛狗犬鸡鸭鱼兔下生])崽|丫头|没[爹娘]|毛孩",
        ),
        because="涉及未成年人，我们不保存、不公布未成年人的信息",
        source=_SOURCE,
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=_INSTEAD,
        stops=((Use.FACT, "12岁的儿子燃放鞭炮"), (Use.FACT, "十三岁少年"), (Use.DEED, "教育好自家孩子")),
        passes=(
            (Use.DEED, "关爱留守儿童"),
            (Use.DEED, "照料八十岁以上老人"),
            (Use.DEED, "陪伴六十六岁以上独居老人"),
            (Use.DEED, "举办儿童节文艺活动"),
        ),
    ),
)
KIND = Kind("minors", "未成年人", RULES)
