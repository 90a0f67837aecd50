"""Papers that an item asks as proof: who has to show one tells all who read the rules what he is."""

from datetime import date

from pointsbank.law.rules import Kind, Rule, Use

RULES = (
    Rule(
        code="private_paper",
        pattern=(
            "病[历例假案]|(?:诊断|医院|就医|疾病|手术|住院|出院)(?:书|证|证明|记录|小结|发票|通知|单)|体检(?:报告|表|单)|化验单|处方|药费"
            "|残疾(?:人)?(?:证|证件|证明|等级|鉴定)|伤残(?:证|鉴定)|孕检|(?:准生|生育|计生|离婚)(?:证|服务手册|证明)"
            "|(?:低保|特困|五保|救助|扶贫|脱贫|建档立卡|优抚)户?(?:金|供养|人员)?(?:证|卡|手册|明白卡|名单|证明|通知|审批)|(?:贫困|困难|收入|存款|工资|资产|财产)(?:证明|条|单)"
            "|征信|信用(?:报告|记录|证明|等级)|银行(?:流水|明细)|成绩(?:单|册|报告)|学籍|学生(?:手册|证|评语)|(?:入|在)(?:教|校)证明|受洗|皈依证"
        ),
        because="写的是健康、困难、收入或者未成年人的情况，不能要求当作佐证公布",
        source="个人信息保护法第6条、第28条",
        since=date(2021, 11, 1),
        reviewed=date(2026, 11, 29),
        instead=("照片和提醒记录", "小组长签字"),
        uses=frozenset({Use.EVIDENCE}),
        stops=(
            (Use.EVIDENCE, "医院诊断证明"),
            (Use.EVIDENCE, "残疾证复印件"),
            (Use.EVIDENCE, "低保证"),
            (Use.EVIDENCE, "个人征信报告"),
            (Use.EVIDENCE, "学生成绩单"),
        ),
        passes=((Use.EVIDENCE, "献血证"), (Use.EVIDENCE, "捐款收据"), (Use.EVIDENCE, "残疾人保障法第三条")),
    ),
)
KIND = Kind("papers", "私人证件", RULES)
