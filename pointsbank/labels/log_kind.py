"""Kinds of entry in a village's log: every transaction, and what else must not be rewritten."""

from pointsbank.labels import Labels
from pointsbank.labels.transaction_kind import TRANSACTION_KIND

LOG_KIND = Labels(
    "log_kind",
    TRANSACTION_KIND.names
    | {
        "scheme_adopted": "细则通过",
        "minutes_closed": "评议会结束",
        "listing_up": "上榜",
        "listing_down": "撤下",
        "card_issued": "发卡",
        "card_revoked": "卡片挂失",
        "stocktake": "盘点",
        "month_closed": "月结",
        "household_closed": "销户",
        "erasure": "删除资料",
        "watermark_accepted": "承认账本缺失",
        "village_founded": "建村",
        "settings_changed": "修改设置",
        "group_made": "设立小组",
        "group_renamed": "小组改名",
        "group_closed": "撤销小组",
        "price_set": "商品定价",
        "roles_changed": "角色变动",
        "staff_disabled": "停用账号",
        "staff_enabled": "启用账号",
        "notice_up": "公示开始",
        "notice_down": "公示结束",
        "objection_filed": "提出异议",
        "objection_decided": "答复异议",
        "black_board_resolved": "设立黑榜",
        "black_board_ended": "取消黑榜",
        "consent_given": "登记公示方式",
        "consent_withdrawn": "撤回公示方式",
        "staff_recovered": "在服务器上恢复账号",
        "approval_requested": "申请双人确认",
        "approval_confirmed": "第二人确认",
        "approval_declined": "第二人不同意",
        "approval_withdrawn": "撤回申请",
        "approval_expired": "申请过期",
        "pin_set": "设置兑换密码",
        "pin_reset": "重设兑换密码",
        "pin_changed": "本户改兑换密码",
        "rows_witnessed": "登记留痕",
    },
)
