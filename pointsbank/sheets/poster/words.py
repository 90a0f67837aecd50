"""The fixed wording of a poster."""

from enum import StrEnum


class Words(StrEnum):
    """Everything that stands on every poster; the fonts are cut to hold it."""

    BOARD_NAME = "文明积分红黑榜"
    BOARD_NAME_RED_ONLY = "文明积分红榜"

    RED = "红榜"
    RED_NOTE = "向他们学习"
    RED_EMPTY = "本月暂无上榜名单，欢迎大家多做好事、多来申报。"
    BLACK = "黑榜"
    BLACK_NOTE = "改正即撤，不留记录；对内容有异议的可以提出"
    BLACK_EMPTY = "本月无上榜名单。"
    BLACK_RULE = "依据"
    BLACK_UNTIL = "公布至{day}"
    BLACK_SINCE = "{month}首次公布，尚未改正"
    GROUPS = "小组排名"
    GROUPS_EMPTY = "本月暂无小组成绩。"

    HOUSEHOLDS = "户"
    PIECES = "件"
    CASES = "条"
    SCORED = "参与评分"
    ISSUED = "发放积分"
    REDEEMED = "兑换积分"
    GOODS = "兑出商品"
    OUTSTANDING = "未兑积分"
    RAISED = "收到异议"
    UPHELD = "异议成立"

    ANCHOR = "存证码"
    ANCHOR_NOTE = "本月账本的指纹：账目若改，此码必变。请拍照留存备查。"
    ANCHOR_NONE = "本月尚未结账，存证码将在结账后印上。"
    ANCHOR_EARLIER = "往月存证码"
    OBJECTION_SUBJECT = "对榜上内容"
    BASIS = "{month}评议依据：{resolution}"
