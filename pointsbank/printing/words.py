"""The fixed words that stand on our prints, in one place, so that fonts can be cut to hold them all."""

from datetime import date

CARD = "积分卡"
CARD_FOUND = "拾到请交村委会"
CARD_PHONE = "电话"
CARD_NUMBER = "卡号"
CARD_SHOW = "到文明超市请出示本卡"

BOARD_NAME = "文明积分红黑榜"
BOARD_NAME_RED_ONLY = "文明积分红榜"
MOTTO = "崇德向善 · 互助共治"
CONTINUED = "（续）"
PAGE = "第{page}页 共{pages}页"
POINT = "分"

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

PUBLICITY = "公示期"
PUBLICITY_SPAN = "{first}至{last}"
OBJECTION = "有异议怎么办"
OBJECTION_DEFAULT = "对名单、积分有不同意见，请在公示期内向村务监督委员会口头或书面提出，我们会书面答复。"
HOTLINE = "监督电话"
ANCHOR = "存证码"
ANCHOR_NOTE = "本月账本的指纹：账目若改，此码必变。请拍照留存备查。"
ANCHOR_NONE = "本月尚未结账，存证码将在结账后印上。"
ANCHOR_EARLIER = "往月存证码"
SEAL = "（盖章）"

NOTICE_COLUMNS = ("序号", "户主（主体）", "小组", "条目", "日期", "分值", "备注")
NOTICE_INTRO = "现将评议结果予以公示，接受村民监督。公示期内对任何一条有不同意见，都可以提出。"
NOTICE_EMPTY = "本次没有需要公示的评分。"
NOTICE_COUNT = "共{count}条"

SLIP_GOODS = "商品"
SLIP_PIECES = "数量"
SLIP_POINTS = "积分"
SLIP_TOTAL = "合计"
SLIP_BALANCE = "兑换后余额"
SLIP_HOUSEHOLD = "户主"
SLIP_TIME = "时间"
SLIP_CLERK = "经办"
SLIP_INDEX = "账本序号"
SLIP_LEAF = "存证"
SLIP_NOTE = "请核对商品与积分，凭此小票可查账。"


def day_in_words(day: date) -> str:
    """A day as a notice says it: 2026年9月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


EVERY_WORD = "年月日时分…：·。×" + "".join(
    "".join(text) for name, text in sorted(globals().items()) if name.isupper()
)
