"""Prints what each account of a journal holds, as beancount reads it; a program of its own, for its licence.

python -m tests.lists.beancount_sums FILE
"""

import csv
import sys
from collections import defaultdict
from decimal import Decimal

from beancount.core.data import Transaction
from beancount.loader import load_file


def main(file: str) -> int:
    """Print account, commodity and sum as CSV; complaints go to stderr, and then the status is 1."""
    entries, errors, _ = load_file(file)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                sums[posting.account, posting.units.currency] += posting.units.number
    rows = csv.writer(sys.stdout)
    rows.writerow(["account", "currency", "sum"])
    rows.writerows([*key, amount] for key, amount in sums.items())
    for error in errors:
        sys.stderr.write(f"{error}\n")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
