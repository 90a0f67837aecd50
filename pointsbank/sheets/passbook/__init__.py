"""The statement of a household (对账单): A4 for the file or A6 for the pocket."""

from pointsbank.sheets.base import Sheet
from pointsbank.sheets.passbook.drawing import draw
from pointsbank.sheets.passbook.examples import example
from pointsbank.sheets.passbook.gathering import PassbookOptions, finish, gather
from pointsbank.sheets.passbook.values import Words
from pointsbank.staff import Permission

SHEET = Sheet(
    name="passbook",
    title="积分对账单",
    about="A4 或 A6，一户一份：期初、每一笔、期末，年底怎么算，哪里不对怎么提，怎么核对。",
    permission=Permission.RECEPTION,
    options=PassbookOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    writes=True,
    finish=finish,
    caution="对账单上是全名和每一笔，交给这一户自己，不要张贴。",
)
