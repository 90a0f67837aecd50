"""The ledger as a journal: balanced, without a name, and read by hledger and beancount where they are."""

import csv
import io
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from pointsbank import ledger, lists, roster
from pointsbank.database import Database
from pointsbank.lists import Asked
from pointsbank.lists.journals import account_name
from pointsbank.points import to_decimal
from tests.builders import HOUSEHOLDS, VILLAGE
from tests.proof import whole_village
from tests.proof.month import on

_POSTING = re.compile(r"^ +([A-Z]\w+(?::[\w-]+)+)  (-?\d+\.\d\d) (POINTS|HONOUR)$", re.MULTILINE)
READS = {
    "hledger": [
        ["hledger", "check", "--strict", "-f", "FILE"],
        ["hledger", "balance", "--flat", "--no-total", "--empty", "-O", "csv", "-f", "FILE"],
    ],
    "beancount": [[sys.executable, "-m", "tests.lists.beancount_sums", "FILE"]],
}
"""How a program checks a journal, and last says what each account holds; FILE stands for the journal."""
FORMS = pytest.mark.parametrize("form", ["hledger", "beancount"])

Sums = dict[tuple[str, str], Decimal]


def journal(database: Database, form: str) -> str:
    """The whole ledger in one form."""
    out = io.BytesIO()
    lists.write_list(out, database, lists.find("postings"), Asked(VILLAGE, on(28), sort="-amount"), form=form)
    return out.getvalue().decode()


def sums(text: str) -> Sums:
    """What the postings of a journal come to, by account and commodity."""
    found: Sums = defaultdict(Decimal)
    for account, amount, commodity in _POSTING.findall(text):
        found[account, commodity] += Decimal(amount)
    return {key: amount for key, amount in found.items() if amount}


def kept(database: Database) -> Sums:
    """What the accounts of the participants hold: owed to them, so below zero."""
    with database.reading() as session:
        held = ledger.balances(session, village=VILLAGE)
        codes = {
            one.id: one.code for one in roster.by_ids(session, village=VILLAGE, ids=held.keys()).values()
        }
    amounts = {
        (account_name("participant", codes[who]), commodity): -to_decimal(amount)
        for who, each in held.items()
        for commodity, amount in (("POINTS", each.points), ("HONOUR", each.honour))
    }
    return {key: amount for key, amount in amounts.items() if amount}


@FORMS
def test_the_balances_of_a_journal_are_those_of_the_ledger(sqlite_database: Database, form: str):
    whole_village.live(sqlite_database)
    found = sums(journal(sqlite_database, form))

    participants = {key: amount for key, amount in found.items() if ":Participant:" in key[0]}
    assert participants == kept(sqlite_database)
    assert len(participants) > 4
    assert sum(found.values()) == 0


@FORMS
def test_a_journal_has_no_name_no_reason_and_no_separator(sqlite_database: Database, form: str):
    whole_village.live(sqlite_database)
    text = journal(sqlite_database, form)

    assert not any(name in text for _, name, _, _ in HOUSEHOLDS.values())
    assert "旧存折" not in text
    assert not re.search(r"\d,\d", text)


def read_back(form: str, out: str) -> Sums:
    """The balances that a program prints: hledger all commodities of an account in one cell."""
    rows = list(csv.reader(io.StringIO(out)))[1:]
    if form == "hledger":
        rows = [[account, *part.split()[::-1]] for account, cell in rows for part in cell.split(", ")]
    found = {(row[0], row[1]): Decimal(row[2].strip()) for row in rows if len(row) == 3}
    return {key: amount for key, amount in found.items() if amount}


@FORMS
def test_the_program_for_it_reads_a_journal_without_complaint_and_with_the_same_balances(
    sqlite_database: Database, tmp_path: Path, form: str
):
    if shutil.which(READS[form][0][0]) is None:
        pytest.skip(f"{form} is not installed")
    whole_village.live(sqlite_database)
    written = journal(sqlite_database, form)
    file = tmp_path / f"ledger.{form}"
    file.write_text(written, "utf-8")

    told = [
        subprocess.run(
            [str(file) if word == "FILE" else word for word in words], capture_output=True, text=True
        )
        for words in READS[form]
    ]

    assert [(one.returncode, one.stderr) for one in told] == [(0, "")] * len(told)
    assert read_back(form, told[-1].stdout) == sums(written)
