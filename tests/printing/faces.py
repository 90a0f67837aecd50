"""Card faces of the cast, with the tokens of one example."""

import io
import random

from pointsbank.printing import CardFace, Fonts, cards_pdf
from tests.builders import HOUSEHOLDS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ADDRESS = "https://jifen.chayuan.cn"
NAMES = [name for _, name, _, _ in HOUSEHOLDS.values()] + ["𬭎𬱖", "㛃堃*喆"]


def face(name: str = "王建国", *, number: int = 0, address: str = ADDRESS) -> CardFace:
    """The face of one card, its token drawn from its number."""
    dice = random.Random(number)
    token = "".join(dice.choice(ALPHABET) for _ in range(27))
    digits = "".join(dice.choice("0123456789") for _ in range(12))
    return CardFace("茶源村", name, "第1村民小组", f"{address}/c/{token}", digits, "0596-1234567")


def faces(count: int) -> list[CardFace]:
    """Faces for so many households, the cast's names in turn."""
    return [face(NAMES[number % len(NAMES)], number=number) for number in range(count)]


def printed(cards: list[CardFace], fonts: Fonts) -> bytes:
    """The sheets for these cards."""
    out = io.BytesIO()
    cards_pdf(cards, fonts=fonts, out=out)
    return out.getvalue()
