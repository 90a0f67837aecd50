"""What the words of an entry say of a row: its key, some of its columns, or that it is gone.

Declared beside each table as `Witnessed.named_by`; the audit puts what the log says of a row together, entry
by entry, and holds the row against it (`ledger.audit_names`). Words are a mapping as the log keeps them, with
`village` and `actor`, the code of the log's village and who wrote the entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """What one entry says of one row.

    Attributes:
        columns: its key, without the village, and what else the words hold, as they hold it.
        before: what the words hold besides, taken where no entry before said anything of the row.
        gone: the row is no longer there, or no longer concerns the village.
    """

    columns: Words
    before: Words = field(default_factory=dict)
    gone: bool = False


Reader = Callable[[Words], Iterable[Stated]]


def by_words(**columns: str) -> Reader:
    """Return a reader of words that name one row: for each column the word that holds its value.

    Words that an entry lacks are passed over: entries of the first days say less.

    Example:
        >>> read = by_words(id="group", name="name", closed_at="closed_at")
        >>> [one.columns for one in read({"group": "k2", "name": "一组"})]
        [{'id': 'k2', 'name': '一组'}]
    """

    def read(words: Words) -> Iterator[Stated]:
        yield Stated({column: words[word] for column, word in columns.items() if word in words})

    return read


def with_columns(read: Reader, **values: Any) -> Reader:
    """Return a reader that says these values, too, of every row.

    Example:
        >>> [one.columns for one in with_columns(by_words(id="group"), closed_at=None)({"group": "k2"})]
        [{'id': 'k2', 'closed_at': None}]
    """

    def more(words: Words) -> Iterator[Stated]:
        for one in read(words):
            yield Stated({**one.columns, **values}, one.before, one.gone)

    return more
