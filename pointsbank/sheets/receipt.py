"""The slip of the shop (小票): 58 or 80 millimetres wide, as long as it has to be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from sqlmodel import Session

from pointsbank import ledger, market, roster, staff, villages
from pointsbank.dates import moment_in_words, month_in_words
from pointsbank.market import SoldBasket, SoldLine
from pointsbank.points import Points, show, whole
from pointsbank.printing import BOLD, REGULAR, FontSet, Slip, draw_roll, slip_path
from pointsbank.proof import problems as proof_problems
from pointsbank.proof import sealed_inclusion, signing_here, slip_digits
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import CommonWords, Sheet, SheetValue
from pointsbank.staff import Permission
from pointsbank.text import Replaceable

_LARGEST = {58: 27, 80: 40}
"""The largest version of the proof's code that a paper's printable width takes: 48 and 72 mm."""


class Words(StrEnum):
    """Fixed wording of a slip."""

    TITLE = "积分兑换小票"
    REVERSED = "积分兑换小票（已撤销）"
    IN_PART = "积分兑换小票（部分退回）"
    RETURNED = "已退回"
    KEPT = "实际兑换"
    PIECE = "件"
    TOTAL = "合计"
    BALANCE = "兑换后余额"
    HOUSEHOLD = "户主"
    TIME = "时间"
    CLERK = "经办"
    INDEX = "账本序号"
    LEAF = "存证"
    NOTE = "请核对商品与积分，凭此小票可查账。"
    PROOF = "这一笔的证明（{month}月结）"
    PROOF_NOTE = "手机扫一扫，打开公开栏核对。扫出的文字存成文件，也能用 verify.py 和海报上的公钥核对。"
    PROOF_UNSIGNED = "手机扫一扫，打开公开栏核对。扫出的文字存成文件，也能用 verify.py 核对；没有签名。"
    PROOF_LATER = "这一笔的证明要等月结、海报贴出以后才能印。"
    PROOF_TOO_LARGE = "这种纸太窄，印不下这一笔的证明，请用80毫米的纸。"


@dataclass(frozen=True, slots=True)
class SlipProof:
    """An entry's whole proof: what the code says, empty where there is none; and what is said of it."""

    text: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Receipt(SheetValue):
    """What was taken, what is left, and where the village's log holds it; `width` is the paper's, in mm."""

    village: str
    household: Replaceable
    clerk: str
    sold: SoldBasket
    leaf: str
    phone: str
    width: int
    proof: SlipProof | None = None

    @property
    def description(self) -> str:
        """That it is a slip; whose it is stands on the paper only."""
        return "小票"

    @property
    def file_label(self) -> str:
        """The sale's place in the log."""
        return str(self.sold.index)

    @property
    def roll_width(self) -> int:
        """As chosen."""
        return self.width

    @property
    def facts(self) -> dict[str, object]:
        """Which sale it is of."""
        return {"redemption": self.sold.id}


def _sales(session: Session, village: str) -> list[tuple[str, str]]:
    sold = market.redemptions(session, village=village, limit=50).items
    names = roster.by_ids(session, village=village, ids=[sale.participant_id for sale in sold])
    return [
        (one.id, f"{moment_in_words(one.sold_at)} {names[one.participant_id].name} {_points(one.total)}")
        for one in sold
    ]


class ReceiptOptions(Options):
    """Which sale, on which paper."""

    redemption = OneOf(_sales, required=True, label="兑换", note="哪一笔兑换")
    proof = Choice("no", "yes", load_default="no", label="存证二维码", note="印上这一笔的证明（月结以后）")
    width = Choice("80", "58", load_default="80", label="纸宽", note="小票纸宽，毫米")


def gather(
    session: Session,
    *,
    village: str,
    by: str,
    at: datetime,
    public_url: str,
    redemption: str,
    width: str = "80",
    proof: str = "no",
) -> Receipt:
    """Return the slip of one redemption, with the household's full name: it is theirs.

    Raises:
        RedemptionUnknown: there is no such redemption.
    """
    sold = market.redemption_by_id(session, village=village, redemption=redemption)
    household = roster.by_id(session, village=village, id=sold.participant_id)
    [entry] = ledger.transactions(session, village=village, before=sold.index + 1, limit=1)
    return Receipt(
        village=villages.get(session, village).name,
        household=Replaceable(f"{household.name}（{household.code}）", f"户号{household.code}"),
        clerk=staff.names(session, ids=[sold.sold_by]).get(sold.sold_by, ""),
        sold=sold,
        leaf=entry.leaf.hex(),
        phone=villages.settings(session, village=village).contact_phone,
        width=int(width),
        proof=_proof(session, village, sold.index, public_url, int(width)) if proof == "yes" else None,
    )


def _proof(session: Session, village: str, index: int, public_url: str, width: int) -> SlipProof:
    """Return the proof of an entry for a slip, or why there is none."""
    signing = signing_here(session, village=village, public_url=public_url)
    try:
        found = sealed_inclusion(session, village=village, index=index, brief=True, **signing)
    except (proof_problems.EntryNotSealed, proof_problems.NothingSealed):
        return SlipProof("", "", Words.PROOF_LATER)
    month = found.anchor.month
    # The address opens the month's check; what is behind the sign no browser sends by itself.
    text = f"{public_url}/open/{village}/months/{month}/check#{slip_digits(found.text)}"
    if slip_path(text, largest=_LARGEST[width]) is None:
        return SlipProof("", "", Words.PROOF_TOO_LARGE)
    title = Words.PROOF.format(month=month_in_words(month))
    return SlipProof(text, title, Words.PROOF_NOTE if found.signed else Words.PROOF_UNSIGNED)


def draw(receipt: Receipt, case: FontSet, out: BinaryIO) -> int:
    """Write the slip on one page, as long as its parts."""
    return draw_roll(partial(put, receipt), case, out, width=receipt.width, title=_title(receipt))


def _title(receipt: Receipt) -> str:
    titles = {"reversed": Words.REVERSED, "part_returned": Words.IN_PART}
    return titles.get(receipt.sold.status, Words.TITLE)


def put(receipt: Receipt, roll: Slip) -> None:
    """Put everything that stands on it on the slip."""
    sold, leaf = receipt.sold, receipt.leaf
    roll.middle(receipt.village, 1.45, BOLD)
    roll.middle(_title(receipt), 1.15, REGULAR)
    roll.rule()
    roll.pair(Words.HOUSEHOLD, receipt.household)
    roll.pair(Words.TIME, moment_in_words(sold.sold_at))
    roll.pair(Words.CLERK, receipt.clerk)
    roll.rule()
    for line in sold.lines:
        # The goods on their own line, then pieces, price and sum: a narrow slip has no room for columns.
        roll.passage(line.name, BOLD)
        amount = _points(Points(line.points * line.quantity))
        roll.pair(f"{show(line.points)} × {line.quantity}", amount)
        if line.returned:
            roll.pair(Words.RETURNED, f"{line.returned}{Words.PIECE}")
    roll.rule()
    roll.pair(Words.TOTAL, _points(sold.total), 1.35)
    if sold.status == "completed":
        roll.pair(Words.BALANCE, _points(sold.balance_after), 1.1)
    else:
        # What the sale left is not so any more.
        roll.pair(Words.RETURNED, _points(Points(sold.total - sold.kept)), 1.1)
        roll.pair(Words.KEPT, _points(sold.kept), 1.1)
    roll.rule()
    roll.pair(Words.INDEX, str(sold.index))
    for start in range(0, len(leaf), 16):
        # In lines of sixteen, so that it can be read out and compared.
        roll.pair("" if start else Words.LEAF, leaf[start : start + 16])
    roll.rule()
    roll.passage(Words.NOTE)
    if receipt.phone:
        roll.pair(CommonWords.PHONE, receipt.phone)
    if receipt.proof:
        roll.rule()
        _draw_proof(roll, receipt.proof, receipt.width)


def _draw_proof(roll: Slip, proof: SlipProof, width: int) -> None:
    drawn = slip_path(proof.text, largest=_LARGEST[width]) if proof.text else None
    if drawn is not None:
        roll.middle(proof.title, 1.0, BOLD)
        roll.code(drawn)
    roll.passage(proof.note)


def _points(points: Points) -> str:
    return f"{show(points)} {CommonWords.POINT}"


def example(households: int) -> Receipt:
    """Return the slip of two kinds of goods, whatever the size of the village."""
    sold = SoldBasket(
        id="",
        participant_id="",
        total=Points(4950),
        balance_after=Points(5125),
        index=1234,
        sold_on=date(2026, 9, 3),
        sold_by="",
        sold_at=datetime(2026, 9, 3, 2, 25, tzinfo=UTC),
        second_check="",
        approver=None,
        reversed_at=None,
        reversed_by=None,
        lines=(SoldLine("", "食用油5L", "", 1, whole(45)), SoldLine("", "食盐", "", 3, Points(150))),
    )
    whose = Replaceable("王*国", "户号0101")
    return Receipt("茶源村文明超市", whose, "陈", sold, "0123456789abcdef" * 4, phone="", width=80)


SHEET = Sheet(
    name="receipt",
    title="兑换小票",
    about="58或80毫米热敏纸，一笔兑换一张。",
    permission=Permission.SALES_VIEW,
    options=ReceiptOptions,
    words=Words,
    gather=gather,
    draw=draw,
    put=put,
    example=example,
    seconds=0.3,
)
