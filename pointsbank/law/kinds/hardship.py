"""Hardship and money: who is on relief, who is poor, who owes, and marks that sound like a credit record."""

from datetime import date

from pointsbank.law.deeds import HELP, PUBLICITY
from pointsbank.law.rules import Kind, Rule, Use

_REVIEWED = date(2026, 11, 28)

RULES = (
    Rule(
        code="relief",
        pattern=(
            "低保(?![证护修温养洁鲜密留障费单])|最低生活保障|(?<![第十])五保(?![证安险洁])|特困|贫困|困难(?:户|家庭|群众|群体|居民|党员|老人|学生|村民|职工|补助)|建档立卡"
            "|脱贫(?:不稳定|监测|人口|搬迁|享受政策)?户|(?:监测|边缘|易致贫|兜底|救助)户|返贫|致贫|低收入|(?:临时|社会|民政|医疗|申请)救助|救助(?:对象|金|款|户|站)"
            "|救济|(?<![冒带率])领[^，。；]{0,3}(?:补助|低保|救助|慰问)|领(?:取|着)?(?:困难|残疾|生活|特困)补贴|慰问金|民政[^，。；]{0,4}(?:对象|补助|兜底|供养)|家(?:境|庭|里|中)?(?:很|太|特别|条件)?(?:贫|穷|困难|差)"
            "|(?<![无不])穷(?![尽追凶])|贫[寒苦]|赤贫|揭不开锅|雨露计划|扶贫对象|兜底保障"
        ),
        unless="降低保|最低保|脱贫困帽|贫困村|贫困地区|教育救助站",
        pinyin=("di bao", "wu bao", "pin kun", "te kun", "di bao hu", "pin kun hu"),
        deeds=(HELP, PUBLICITY),
        because="属于家庭困难和救助信息，知道的人应当保密，不能公布",
        source="社会救助暂行办法第61条、个人信息保护法第28条",
        since=date(2014, 5, 1),
        reviewed=_REVIEWED,
        instead=("帮助邻居", "门前杂物堆放，三次提醒未清理"),
        stops=((Use.FACT, "该户为低保户"), (Use.FACT, "家里穷"), (Use.DEED, "建档立卡贫困户达到清洁户标准")),
        passes=((Use.DEED, "慰问困难户"), (Use.DEED, "降低保洁成本"), (Use.DEED, "第五保洁小组轮值")),
    ),
    Rule(
        code="money",
        pattern=(
            "欠债|(?<!拖)欠[^，。；]{0,4}[款钱贷债]|欠信用社|借[钱贷]|高利贷|网贷|贷款|负债|破产|老赖|赖账|失信|征信|黑名单|存款|房贷|信用(?:分|等级|评分|积分|评价)|家底|债务|债主|倒闭"
        ),
        pinyin=("lao lai", "qian zhai"),
        deeds=(PUBLICITY,),
        because="属于个人财产和信用信息，积分也不是信用分，不能公布",
        source="个人信息保护法第28条、民法典第1029条",
        since=date(2021, 1, 1),
        reviewed=_REVIEWED,
        instead=("诚信经营", "大额拖欠集体水费"),
        stops=((Use.FACT, "信用分过低"), (Use.FACT, "欠债不还")),
        passes=((Use.DEED, "诚信经营"), (Use.FACT, "拖欠卫生费三个月")),
    ),
)
KIND = Kind("hardship", "困难与钱财", RULES)
