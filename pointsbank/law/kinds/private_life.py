"""Private life and good name: marriage, family, drink; words that judge instead of telling a fact."""

from datetime import date

from pointsbank.law.deeds import PUBLICITY
from pointsbank.law.rules import Kind, Rule, Use

_SINCE = date(2021, 1, 1)
_REVIEWED = date(2026, 11, 28)

RULES = (
    Rule(
        code="family_life",
        pattern=(
            "离[婚异](?![宴礼庆房纱车])|出轨|婚外|外遇|通奸|私奔|同居(?![民住委])|重婚|(?<!大)小三(?![轮间洋角峡组号级阳])|二奶|情妇|情夫|私生|未婚先孕|早婚|光棍|寡妇|鳏"
            "|入赘|倒插门|上门女婿|再婚|改嫁|夫妻[^，。；]{0,3}(?:不和|吵|感情|矛盾|关系|打)|婆媳(?:不和|矛盾|吵|关系)|家庭(?:矛盾|纠纷|不和)|酗酒|酒鬼|嗜酒|烂酒|单身汉|离过|分居|讨不到老婆|没讨到|娶不到|(?:老婆|媳妇|丈夫|男人)[^，。；]{0,3}跑了|小两口|跟人跑"
        ),
        unless="[搬撤远脱驶]离婚",
        pinyin=("li hun", "chu gui", "hun wai qing"),
        deeds=(PUBLICITY,),
        because="属于私人生活，不能公布",
        source="民法典第1032条、第1033条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("获评好婆媳、好邻居", "主动调解邻里纠纷并促成和解"),
        stops=((Use.FACT, "离婚独居"), (Use.FACT, "与人同居")),
        passes=(
            (Use.DEED, "搬离婚宴场地桌椅"),
            (Use.DEED, "小三轮规范停放"),
            (Use.DEED, "村内不同居民小组联合清扫"),
        ),
    ),
    Rule(
        code="insult",
        pattern=(
            "(?<![罚惩])懒(?![得政])|好吃懒做|游手好闲|二流子|混混|地痞|无赖|泼妇|刁[民钻蛮]|钉子户|败家|不要脸|厚脸皮|缺德|没教养|素质(?:低|差|不高)|自私|黑心|不孝[子之]|逆子|恶习"
            "|死不悔改|屡教不改|蛮不讲理|蛮横|无理取闹|胡搅蛮缠|王八|混蛋|骗子|恶霸|路霸|人品|道德败坏|可耻|刁难|(?<!道)德行|泼皮"
        ),
        because="是对人的评价，不是事实，可能损害名誉",
        source="民法典第1024条",
        since=_SINCE,
        reviewed=_REVIEWED,
        instead=("两次书面提醒后未清理", "门前杂物堆放，三次提醒未清理"),
        stops=((Use.FACT, "好吃懒做"), (Use.FACT, "刁民")),
        passes=((Use.FACT, "提醒三次后仍未清理"),),
    ),
)
KIND = Kind("private_life", "私人生活与名誉", RULES)
