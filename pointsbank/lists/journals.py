"""The ledger as a journal that hledger or beancount reads, for auditors: every posting, no name, no reason.

A household's points are what the village owes it, so they stand under Liabilities with a minus, and all signs
are turned against ours. A part of an account's name is the 户号; one that these programs would not take (they
want a capital letter or a digit first, then letters, digits and -) is written as X and its bytes. Amounts
have two decimals and no separators, which the two read differently. Chinese stands in quoted words alone.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO

from pointsbank.dates import day_of
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.ledger import HONOUR, POINTS
from pointsbank.lists.base import Row
from pointsbank.points import to_decimal

COMMODITIES = {POINTS: "POINTS", HONOUR: "HONOUR"}
_OF_THE_VILLAGE = {
    "issuance": "Expenses:Issuance",
    "market": "Income:Market",
    "charity": "Liabilities:Charity",
    "expiry": "Income:Expiry",
    "pending": "Liabilities:Pending",
}
_PLAIN = re.compile(r"(?!X[0-9a-f]*\Z)[A-Z0-9][A-Za-z0-9-]*")


def account_name(kind: str, code: str) -> str:
    """Return an account's name: of the village by its kind, of a participant by its code.

    Example:
        >>> account_name("market", ""), account_name("participant", "01001")
        ('Income:Market', 'Liabilities:Participant:01001')
        >>> account_name("participant", "东1")
        'Liabilities:Participant:Xe4b89c31'
    """
    if kind in _OF_THE_VILLAGE:
        return _OF_THE_VILLAGE[kind]
    part = code if _PLAIN.fullmatch(code) else f"X{code.encode().hex()}"
    return f"Liabilities:Participant:{part}"


class Journal(ABC):
    """One way to write a journal: what stands first, how an account is opened, how an entry is written."""

    head: str

    def write(self, out: BinaryIO, rows: Iterator[Row]) -> int:
        """Write the postings, in the order of the log, and return how many they were."""
        out.write(self.head.encode())
        count, opened = 0, set[str]()
        for index, lines in groupby(rows, key=lambda row: row["log_index"]):
            entry = list(lines)
            day = day_of(entry[0]["recorded_at"]).isoformat()
            postings = list(_postings(entry))
            for account, _, _ in postings:
                if account not in opened:
                    out.write(self.opening(day, account).encode())
                    opened.add(account)
            out.write(self.entry(day, index, entry[0]).encode())
            for account, amount, commodity in postings:
                out.write(f"    {account}  {amount} {commodity}\n".encode())
            out.write(b"\n")
            count += len(entry)
        return count

    @abstractmethod
    def opening(self, day: str, account: str) -> str:
        """Return the line that makes an account known."""

    @abstractmethod
    def entry(self, day: str, index: int, first: Row) -> str:
        """Return the head of an entry: its day, its kind, its number in the log, the deed's day."""


class Hledger(Journal):
    """A journal for hledger."""

    head = "".join(f"commodity 1000.00 {each}\n" for each in COMMODITIES.values()) + "decimal-mark .\n\n"

    def opening(self, day: str, account: str) -> str:
        """Return the declaration of an account."""
        return f"account {account}\n"

    def entry(self, day: str, index: int, first: Row) -> str:
        """Return e.g. `2026-09-01 * (17) 加分  ; occurred:2026-08-20`."""
        kind = TRANSACTION_KIND.name(first["kind"])
        return f"{day} * ({index}) {kind}  ; occurred:{first['occurred_on'].isoformat()}\n"


class Beancount(Journal):
    """A journal for beancount."""

    head = 'option "booking_method" "NONE"\n\n'

    def opening(self, day: str, account: str) -> str:
        """Return the opening of an account."""
        return f"{day} open {account} {','.join(COMMODITIES.values())}\n"

    def entry(self, day: str, index: int, first: Row) -> str:
        """Return e.g. `2026-09-01 * "加分"` with the entry's number and the deed's day below."""
        kind = TRANSACTION_KIND.name(first["kind"])
        return f'{day} * "{kind}"\n    log: {index}\n    occurred: {first["occurred_on"].isoformat()}\n'


def _postings(entry: list[Row]) -> Iterator[tuple[str, str, str]]:
    """Yield account, amount and commodity: what a participant gets the village owes."""
    for row in entry:
        amount, commodity = to_decimal(row["amount"]), COMMODITIES[row["unit"]]
        yield row["source_name"], f"{amount:.2f}", commodity
        yield row["destination_name"], f"{-amount:.2f}", commodity
