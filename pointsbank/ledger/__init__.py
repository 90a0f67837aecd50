"""The ledger: the one door through which points move, and the log that proves what went through it.

Owns accounts, transactions, postings, the log and the request ids. Knows participants by id only; must not
know scores, goods, boards or pages.
"""

from pointsbank.ledger import problems
from pointsbank.ledger.accounts import check_funds, found_village, lock_accounts, lock_balance, open_accounts
from pointsbank.ledger.audit import Audit, VerifiedEntry, audit
from pointsbank.ledger.audit_digests import Finding
from pointsbank.ledger.browsing import transaction, transactions
from pointsbank.ledger.canonical import canonical
from pointsbank.ledger.closing import close_accounts, heirs
from pointsbank.ledger.columns import (
    balance_column,
    log_light,
    log_query,
    owner_of,
    postings_light,
    postings_query,
    private_part,
)
from pointsbank.ledger.constants import ACCOUNT_KINDS, HONOUR, POINTS, account_of, village_account
from pointsbank.ledger.describing import Names, describe, describes
from pointsbank.ledger.entries import LogEntry, entries_telling, log_entries, log_entry
from pointsbank.ledger.erasing import erase_words
from pointsbank.ledger.everywhere import record_in_villages
from pointsbank.ledger.growth import entries_from, frontier_at, leaves_hold, tree_heads, words_of_kind
from pointsbank.ledger.keeping import kept, kept_under
from pointsbank.ledger.log import Appended, LogRecord, lock_head, record, record_many
from pointsbank.ledger.moved import moved_in
from pointsbank.ledger.moves import AccountMove, moves_from, size_at
from pointsbank.ledger.parts import accounts_moved, entry_parts
from pointsbank.ledger.posting import post
from pointsbank.ledger.reading import (
    has_begun,
    indices_of,
    last_but_sales,
    latest_moment,
    posted_amounts,
    public_entries,
    sources_of,
    totals,
    tree_head,
)
from pointsbank.ledger.request_rows import requests_as_stored, requests_astray
from pointsbank.ledger.requests import idempotent, same, was_answered, was_kept
from pointsbank.ledger.reversal import reverse, reverse_all
from pointsbank.ledger.row_counts import (
    RowRules,
    counted,
    listed,
    row_counts,
    shortfalls,
    villages_in_logs,
)
from pointsbank.ledger.since import Moved, lines_since, moved_since, transfers_since
from pointsbank.ledger.statements import (
    Balance,
    StatementLine,
    balance,
    balance_after,
    balances,
    outstanding,
    statement,
)
from pointsbank.ledger.stored_answers import StoredAs
from pointsbank.ledger.tiles import TiledTree, tiled_tree
from pointsbank.ledger.values import NewTransaction, PostedTransaction, Posting
