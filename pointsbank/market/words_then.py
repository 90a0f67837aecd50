"""What goods were called when they were sold: a slip says what was bought, whatever it is called since."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session

from pointsbank import ledger
from pointsbank.market.describing import GoodsWords

_AT_MOST = 10_000
"""Changes of words; a village makes some dozens a year."""


class WordsThen:
    """The words that goods have lost, each with the number of the entry that took them."""

    def __init__(self, lost: dict[str, list[tuple[int, GoodsWords]]]) -> None:
        """Keep them by goods (id), oldest first."""
        self._lost = lost

    def of(self, goods: str, now: GoodsWords, *, index: int) -> GoodsWords:
        """Return what goods (id) were called at an entry of the log.

        Args:
            now: what they are called now.
            index: number of that entry, >= 0.

        Example:
            then.of(rice.id, GoodsWords("大米", "10斤"), index=41)  # GoodsWords("大米", "5斤")
        """
        return next((words for taken, words in self._lost.get(goods, ()) if taken > index), now)


def words_then(session: Session, *, village: str, since: datetime) -> WordsThen:
    """Return what goods were called since a moment.

    What was changed before changes were written down is as it stands now.

    Example:
        market.words_then(session, village="cy", since=sale.sold_at).of(rice.id, words, index=sale.index)
    """
    entries = ledger.log_entries(
        session, village=village, kinds=("goods_described",), since=since, limit=_AT_MOST
    )
    lost: dict[str, list[tuple[int, GoodsWords]]] = defaultdict(list)
    for entry in reversed(entries):
        for goods, _, _, (name, spec, *_), _ in (entry.words or {}).get("goods", ()):
            lost[goods].append((entry.index, GoodsWords(name, spec)))
    return WordsThen(dict(lost))
