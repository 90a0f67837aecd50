"""What cards say: the face of each, and the batch they are."""

import random
from dataclasses import dataclass, field
from enum import StrEnum

from pointsbank.law import NOTHING, Cleared
from pointsbank.publicity import PublicName
from pointsbank.roster import PreparedCards
from pointsbank.sheets.base import SheetValue, example_names, place_name

A_SHEET = 10
"""Cards on one A4 sheet: two across, five down."""


class Words(StrEnum):
    """Fixed wording of a card and of the margin that is cut off."""

    CARD = "积分卡"
    FOUND = "拾到请交村委会"
    NUMBER = "卡号"
    CODE = "户号"
    SHOW = "到文明超市请出示本卡"
    BATCH = "第{batch}批"
    RULE = "100毫米，量着不对请按100%重打"


@dataclass(frozen=True, slots=True)
class CardFace:
    """The face of one household's card: what it says in letters and what its code says."""

    village: Cleared
    household: PublicName
    group: Cleared
    content: str
    number: str
    phone: str = ""
    code: str = ""
    second: Cleared = NOTHING
    """The village's heading in another language."""


@dataclass(frozen=True, slots=True)
class Cards(SheetValue):
    """The faces of the cards of one print; they count once two people have signed that they were handed out.

    `signed`: whoever prints them signs at the same time, as the first of the two.
    """

    faces: tuple[CardFace, ...]
    signed: bool = False
    prepared: PreparedCards | None = field(default=None, metadata={"printed": False})

    @property
    def batch(self) -> int:
        """The number that the batch has, or will have; 0 where the cards were issued elsewhere."""
        return self.prepared.batch if self.prepared else 0

    @property
    def description(self) -> str:
        """How many cards, of which batch, and from when on they count."""
        of_batch = f"第{self.batch}批，" if self.batch else ""
        counts = "第二个人确认后生效" if self.signed else "发放后生效"
        return f"{of_batch}{len(self.faces)}张积分卡（{counts}）"

    @property
    def file_label(self) -> str:
        """The batch, and whether it is a whole village's or a group's."""
        if self.prepared is None:
            return ""
        return f"batch-{self.batch}-{self.prepared.chosen.scope.replace('_', '-')}"

    @property
    def facts(self) -> dict[str, object]:
        """How many cards, of which batch, and whether they wait for a second signature."""
        return {"cards": len(self.faces), "batch": self.batch, "signed": self.signed}


def face(
    household: str = "王建国", *, number: int = 0, public_url: str = "https://jifen.chayuan.cn"
) -> CardFace:
    """Return the face of a card of nobody, its token drawn from its number."""
    dice = random.Random(number)
    token = "".join(dice.choice("0123456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(27))
    digits = " ".join("".join(dice.choice("0123456789") for _ in range(4)) for _ in range(3))
    village, group = place_name("茶源村"), place_name("第1村民小组")
    content = f"{public_url}/c/{token}"
    code = f"{number:04}"
    name = PublicName(household, f"{Words.CODE}{code}")
    return CardFace(village, name, group, content, digits, "0596-1234567", code)


def example(households: int) -> Cards:
    """Return a card for each of so many households."""
    return Cards(tuple(face(name, number=number) for number, name in enumerate(example_names(households))))
