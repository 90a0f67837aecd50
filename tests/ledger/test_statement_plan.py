"""A statement page costs the same however long the village's history: it goes by the account's own index."""

from sqlalchemy import event

from pointsbank import ledger
from pointsbank.database import Database
from tests.builders import chayuan


def test_after_analyze_a_statement_still_goes_by_the_account(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    for _ in range(40):
        village.give(village.wang, 1)
    sqlite_database.analyze()

    questions = []
    event.listen(
        sqlite_database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, sql, values, *_: questions.append((sql, values)),
    )
    village.read(ledger.statement, participant=village.li.id)
    asked = [(sql, values) for sql, values in questions if sql.startswith("SELECT")]
    village.read(ledger.statement, participant=village.wang.id)

    with sqlite_database.engine.connect() as connection:
        steps = [
            step
            for sql, values in [*asked, questions[-1]]
            for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    assert any("ix_posting_village_id_source_account_id_log_index" in step for step in steps)
    assert not any("sqlite_autoindex_posting" in step or "SCAN reversal" in step for step in steps)
