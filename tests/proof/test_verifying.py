"""A ledger rewritten to agree with itself still contradicts the poster."""

import json

import pytest
from sqlalchemy import select
from sqlmodel import Session

from pointsbank import proof
from pointsbank.database import Database, execute, table_of
from pointsbank.ledger.canonical import canonical, public_bytes
from pointsbank.ledger.models import LogEntryRow, LogHeadRow, LogPrivateRow, PostingRow, RequestRow
from pointsbank.merkle import Frontier, commitment, leaf_hash
from pointsbank.proof.anchors import anchor_content, anchor_digest
from pointsbank.proof.models import AnchorRow
from tests.builders import VILLAGE
from tests.ledger.tampering import drop_guards, tamper
from tests.proof import month


def test_an_amount_edited_by_sql_is_named(sqlite_database: Database) -> None:
    anchor = month.live(sqlite_database).anchor
    tamper(sqlite_database, "UPDATE posting SET amount = amount + 100 WHERE log_index = 0")

    report = proof.verify(sqlite_database, village=VILLAGE, digits=anchor.digits)
    assert not report.holds
    assert 0 in {finding.index for finding in report.findings}


def test_a_ledger_rewritten_with_every_hash_contradicts_the_poster(database: Database) -> None:
    printed = month.live(database).anchor.digits
    rewrite(database, index=0, plus=100_000)

    assert proof.verify(database, village=VILLAGE).holds
    report = proof.verify(database, village=VILLAGE, digits=printed)
    assert not report.holds
    assert "存证码" in report.findings[0].sentence


def test_an_edited_anchor_is_found(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    tamper(sqlite_database, "UPDATE anchor SET digest = (SELECT leaf FROM log_entry WHERE log_index = 1)")

    assert not proof.verify(sqlite_database, village=VILLAGE).holds


def test_a_removed_anchor_is_found(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    tamper(sqlite_database, "DELETE FROM anchor")

    assert not proof.verify(sqlite_database, village=VILLAGE).holds


def test_a_log_cut_short_behind_its_anchor_is_found(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    tables = ("posting", '"transaction"', "log_private", "log_entry")
    tamper(sqlite_database, *(f"DELETE FROM {name} WHERE log_index >= 5" for name in tables))

    assert not proof.verify(sqlite_database, village=VILLAGE).holds


@pytest.mark.parametrize("digits", ["", "12345", "x" * 30, "1" * 31, "１" * 30])
def test_what_is_not_thirty_digits_is_refused(sqlite_database: Database, digits: str) -> None:
    month.begin(sqlite_database)

    with pytest.raises(proof.problems.DigitsInvalid):
        proof.verify(sqlite_database, village=VILLAGE, digits=digits)


def rewrite(database: Database, *, index: int, plus: int) -> None:
    """What the database's owner can do with our own functions: change an amount and each hash after it."""
    drop_guards(database)
    entry, private, head, anchor = (table_of(m) for m in (LogEntryRow, LogPrivateRow, LogHeadRow, AnchorRow))
    with database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql(
            f"UPDATE posting SET amount = amount + {plus}, source_balance = source_balance - {plus},"
            f" destination_balance = destination_balance + {plus} WHERE log_index = {index}"
        )
        touched = connection.exec_driver_sql(
            f"SELECT source_account_id, destination_account_id FROM posting WHERE log_index = {index}"
        ).all()
        for source, destination in touched:
            for account, sign in ((source, -1), (destination, 1)):
                connection.exec_driver_sql(
                    f"UPDATE account SET balance = balance + {sign * plus} WHERE id = '{account}'"
                )
                for side in ("source", "destination"):
                    connection.exec_driver_sql(
                        f"UPDATE posting SET {side}_balance = {side}_balance + {sign * plus}"
                        f" WHERE {side}_account_id = '{account}' AND log_index > {index}"
                    )
        connection.exec_driver_sql(
            "UPDATE redemption SET balance_after = (SELECT source_balance FROM posting"
            " WHERE posting.village_id = redemption.village_id AND posting.log_index = redemption.log_index)"
        )
        _answer_anew(session)
        leaves = []
        rows = execute(session, select(entry).order_by(entry.c.log_index)).all()
        for row in rows:
            public = json.loads(bytes(row.public))
            if row.log_index == index:
                secret = execute(session, select(private).where(private.c.log_index == index)).one()
                said = json.loads(bytes(secret.private))
                for posting in said["postings"]:
                    posting[3] += plus
                hidden = canonical(said)
                new = public_bytes(
                    village=VILLAGE,
                    index=index,
                    kind=row.kind,
                    at=row.recorded_at,
                    ref=row.ref,
                    commitment=commitment(bytes(secret.salt), hidden),
                    amounts=[[unit, amount + plus] for unit, amount in public["p"]],
                )
                here = entry.c.log_index == index
                execute(session, entry.update().where(here).values(public=new, leaf=leaf_hash(new)))
                execute(session, private.update().where(private.c.log_index == index).values(private=hidden))
                leaves.append(leaf_hash(new))
            else:
                leaves.append(bytes(row.leaf))
        frontier = Frontier().extend(leaves)
        execute(session, head.update().values(peaks=frontier.pack()))
        sealed = execute(session, select(anchor)).one()
        fields = json.loads(bytes(sealed.content))
        kind = rows[index].kind
        for unit in fields["totals"][kind]:
            fields["totals"][kind][unit] += plus
        content = anchor_content(
            village=VILLAGE,
            month=fields["month"],
            prev=None,
            root=Frontier().extend(leaves[: fields["size"]]).root,
            size=fields["size"],
            totals=fields["totals"],
        )
        execute(session, anchor.update().values(content=content, digest=anchor_digest(content)))


def _answer_anew(session: Session) -> None:
    """Let the stored answers of sales name the balances that their postings have now."""
    posting, request = table_of(PostingRow), table_of(RequestRow)
    told = select(request.c.request_id, request.c.answer, posting.c.source_balance).where(
        request.c.log_index == posting.c.log_index
    )
    for id, answer, balance in execute(session, told).all():
        written = canonical(json.loads(answer) | {"balance": balance}).decode()
        session.connection().execute(
            request.update().where(request.c.request_id == id).values(answer=written)
        )
