"""The score sheet (评分表) of a meeting: a group's households by up to twelve items, ticked by hand.

Where everything stands on it says `omr.layout`, by which photos of it are read.
"""

from pointsbank.sheets.base import Sheet
from pointsbank.sheets.sheet.choosing import ScoreSheetOptions, gather, keep
from pointsbank.sheets.sheet.drawing import SMALLEST_ON_SHEET, draw
from pointsbank.sheets.sheet.values import Words, example
from pointsbank.staff import Permission

SHEET = Sheet(
    name="sheet",
    title="评分表",
    about="A4，一个小组的各户和最多十二个条目，评议时手工打勾，再拍照读回；内部使用，不张贴。",
    permission=Permission.MEETING_HOLD,
    options=ScoreSheetOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    writes=True,
    finish=keep,
    caution="表上有全名，只给评议人员用，不要张贴。",
    smallest=SMALLEST_ON_SHEET,
)
