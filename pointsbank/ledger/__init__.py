"""The ledger: the one door through which points move, and the log that proves what went through it.

Owns accounts, transactions, postings, the log and the request ids. Knows participants by id only; must not
know scores, goods, boards or pages.
"""

from pointsbank.ledger.audit import Audit, Finding, Told, Witness, audit
from pointsbank.ledger.books import (
    AccountClosed,
    AccountUnknown,
    InsufficientPoints,
    found_village,
    lock_accounts,
    open_accounts,
)
from pointsbank.ledger.browsing import Posting, Transaction, transactions
from pointsbank.ledger.canonical import canonical, moment_text
from pointsbank.ledger.closing import AccountsClosed, close_accounts
from pointsbank.ledger.erasing import erase_words
from pointsbank.ledger.log import Record, Recorded, record, record_many
from pointsbank.ledger.posting import Entry, Line, Posted, SourcePosted, post
from pointsbank.ledger.reading import (
    TreeHead,
    latest_moment,
    public_entries,
    totals,
    tree_head,
)
from pointsbank.ledger.requests import (
    RequestIdInvalid,
    RequestReused,
    StoredAs,
    idempotent,
    was_answered,
)
from pointsbank.ledger.reversal import AlreadyReversed, TransactionUnknown, reverse
from pointsbank.ledger.sources import posted_amounts
from pointsbank.ledger.statements import (
    Balance,
    CursorInvalid,
    StatementLine,
    StatementPage,
    balance,
    balance_after,
    balance_at,
    balances,
    outstanding,
    statement,
    village_balances,
)
from pointsbank.ledger.words import HONOUR, POINTS, account_of, village_account

__all__ = [
    "HONOUR",
    "POINTS",
    "AccountClosed",
    "AccountUnknown",
    "AccountsClosed",
    "AlreadyReversed",
    "Audit",
    "Balance",
    "CursorInvalid",
    "Entry",
    "Finding",
    "InsufficientPoints",
    "Line",
    "Posted",
    "Posting",
    "Record",
    "Recorded",
    "RequestIdInvalid",
    "RequestReused",
    "SourcePosted",
    "StatementLine",
    "StatementPage",
    "StoredAs",
    "Told",
    "Transaction",
    "TransactionUnknown",
    "TreeHead",
    "Witness",
    "account_of",
    "audit",
    "balance",
    "balance_after",
    "balance_at",
    "balances",
    "canonical",
    "close_accounts",
    "erase_words",
    "found_village",
    "idempotent",
    "latest_moment",
    "lock_accounts",
    "moment_text",
    "open_accounts",
    "outstanding",
    "post",
    "posted_amounts",
    "public_entries",
    "record",
    "record_many",
    "reverse",
    "statement",
    "totals",
    "transactions",
    "tree_head",
    "village_account",
    "village_balances",
    "was_answered",
]
