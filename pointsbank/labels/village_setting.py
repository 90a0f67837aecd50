"""What a village may choose for itself."""

from pointsbank.labels import Labels

VILLAGE_SETTING = Labels(
    "village_setting",
    {
        "notice_days": "公示天数",
        "objection_working_days": "异议答复期限",
        "settling": "公示期满后自动入账",
        "deduction_floor": "积分不够扣时",
        "second_check_single": "单次兑换复核线",
        "second_check_day": "每日兑换复核线",
        "daily_limit": "每户每日兑换上限",
        "names_on_cards": "积分卡上的姓名",
        "contact_phone": "村里的联系电话",
        "hotline": "投诉电话",
        "red_places": "红榜名额",
        "ticket_seconds": "扫码后有效时间",
        "question_working_days": "提问答复期限",
        "question_role": "提问由谁答复",
        "question_shown_days": "一问一答公开天数",
        "card_heading": "卡上第二种文字",
        "poster_heading": "海报上第二种文字",
        "period_measure": "季度、年度怎么算",
        "opening_hours": "开放时间",
    },
)
