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
PLATES_A_SHEET = 4
"""Door plates on one A4 sheet: two across, two down."""


class Words(StrEnum):
    """Fixed wording of a card and of the margin that is cut off."""

    CARD = "积分卡"
    FOUND = "拾到请交村委会"
    NUMBER = "卡号"
    CODE = "户号"
    SHOW = "到文明超市请出示本卡"
    BATCH = "第{batch}批"
    RULE = "100毫米，量着不对请按100%重打"
    PLATE = "文明积分户"
    PLATE_NOTE = "扫一扫，看本户积分和公示"

    BACK = "积分怎么来，怎么用"
    BACK_EARN = "一、做了好事自己申报，或在评议会上提。"
    BACK_NOTICE = "二、评议结果贴出来{days}天，有异议就提，期满入账。"
    BACK_SPEND = "三、积分在文明超市换商品，带上这张卡。"
    BACK_LOST = "四、卡丢了马上挂失，账上的积分不会丢。"
    BACK_SCAN = "五、用手机扫正面的码，看本户的账。"
    BACK_HOURS = "超市开放：{hours}。"


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
class CardBack:
    """What stands on the back of every card: how points are earned and spent, and when the shop is open."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cards(SheetValue):
    """The faces of the cards of one print; they count once two people have signed that they were handed out.

    Args:
        signed: whoever prints them signs at the same time, as the first of the two.
        first: the place on the first sheet where the first card stands, from 1: a sheet of labels that was
            begun is used up.
        back: what stands on the back of each, in mirrored order; None prints fronts alone.
        plates: as plates for the door, four to a sheet, instead of cards.
    """

    faces: tuple[CardFace, ...]
    signed: bool = False
    first: int = 1
    back: CardBack | None = None
    plates: bool = False
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


def back(hours: str = "周五至周六 08:30-11:30", days: int = 3) -> CardBack:
    """Return what stands on the back.

    Args:
        hours: as the shop's door says them; "" where it has none.
        days: of a notice.
    """
    lines = [Words.BACK_EARN, Words.BACK_NOTICE, Words.BACK_SPEND, Words.BACK_LOST, Words.BACK_SCAN]
    if hours:
        lines.append(Words.BACK_HOURS)
    return CardBack(tuple(line.format(days=days, hours=hours) for line in lines))


def example(households: int) -> Cards:
    """Return a card for each of so many households."""
    return Cards(tuple(face(name, number=number) for number, name in enumerate(example_names(households))))
