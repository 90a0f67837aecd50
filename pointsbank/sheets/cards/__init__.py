"""Cards (积分卡) of households: A4, ten to a sheet, cut along the crop marks. Printing cards issues a batch.

A card's token is known once, when the card is issued, and is stored only as a digest: a card cannot be
printed a second time.
"""

from pointsbank.sheets.base import Sheet
from pointsbank.sheets.cards.choosing import CardOptions, check_address, finish, gather, outlook
from pointsbank.sheets.cards.drawing import SMALLEST_ON_CARD, draw
from pointsbank.sheets.cards.values import CardFace as CardFace
from pointsbank.sheets.cards.values import Cards as Cards
from pointsbank.sheets.cards.values import Words, example
from pointsbank.sheets.cards.values import face as face
from pointsbank.staff import Permission

SHEET = Sheet(
    name="cards",
    title="积分卡",
    about="A4，每张十卡，沿裁切线裁开。每次打印都是新的一批，发放后才生效。",
    permission=Permission.PRINT_CARDS,
    options=CardOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
    writes=True,
    finish=finish,
    outlook=outlook,
    must_choose=("participant", "group", "card"),
    check_address=check_address,
    caution="文件里有卡号，请妥善保管，一周内删除。",
    seconds=3.0,
    smallest=SMALLEST_ON_CARD,
)
