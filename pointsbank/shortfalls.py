"""Finds tables with fewer rows than the villages' logs tell of, as after a restore that was not whole."""

from pointsbank import (
    approvals,
    attachments,
    boards,
    ceremonies,
    claims,
    governing,
    grades,
    helping,
    inspections,
    keepers,
    ledger,
    market,
    panels,
    proof,
    publicity,
    questions,
    roster,
    score_sheets,
    scoring,
    spot_checks,
    titles,
    villages,
    walls,
    year_end,
)
from pointsbank.database import Database

_RULES = (
    *(roster.ROW_RULES, governing.ROW_RULES, panels.ROW_RULES, scoring.ROW_RULES, boards.ROW_RULES),
    *(attachments.ROW_RULES, market.ROW_RULES, publicity.ROW_RULES, approvals.ROW_RULES, proof.ROW_RULES),
    *(claims.ROW_RULES, inspections.ROW_RULES, score_sheets.ROW_RULES),
    *(helping.ROW_RULES, walls.ROW_RULES),
    *(ceremonies.ROW_RULES, questions.ROW_RULES, spot_checks.ROW_RULES),
    *(grades.ROW_RULES, keepers.ROW_RULES, titles.ROW_RULES, year_end.ROW_RULES),
)


def shortfalls(database: Database) -> list[str]:
    """Return a sentence for each table of each village that is short: its name, rows told of, rows there.

    Example:
        shortfalls(database)  # ["chayuan 的表 score 缺行：日志记着至少12行，现有0行。请…"]
    """
    with database.reading() as session:
        there = {one.id for one in villages.everyone(session)}
        known = sorted(there.union(ledger.villages_in_logs(session)))
    short = [one for village in known for one in ledger.shortfalls(database, village=village, rules=_RULES)]
    return [f"{one}。多半是恢复得不完整，请按 docs/restoring.md 恢复整个备份。" for one in short]
