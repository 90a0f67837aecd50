#!/bin/sh
# Package:   SQLite, seen in 3.46.1 as apsw 3.46.1.0 brings it, and in 3.40.1 as Debian 12's Python has it.
# Behaviour: once a table has a partial index whose condition compares a column with a word, for instance
#            WHERE kind = 'spoiled', every prepared statement that compares that column with a parameter
#            is compiled anew at each execution, even if it can never use the index and the value is the same as
#            before. With a condition IS NULL on another column it is compiled once.
# Why guesses are wrong: a prepared statement is thought to be compiled once, and an index that a statement does
#            not use to cost it nothing. The query plan is the same in both cases, so EXPLAIN QUERY PLAN shows
#            nothing; only the time of the statement does, or an authorizer, which is asked at each compilation.
# For this trade: a shop's journal has one kind of row for sales and others for what spoiled or was counted. An
#            index over spoiled goods alone, made for the stocktake, made the till's longest question take ten
#            times as long (25 to 300 microseconds), at every sale of every village.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q apsw==3.46.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import apsw

QUESTION = "SELECT sum(pieces) FROM move WHERE goods = ? AND kind = ?"


def compilations(condition):
    """How often a question that is asked 100 times is compiled beside an index with this condition."""
    connection = apsw.Connection(":memory:")
    run = connection.execute
    run("CREATE TABLE move (goods TEXT, place INT, kind TEXT, sale TEXT, pieces INT, day TEXT, PRIMARY KEY (goods, place))")
    run("CREATE INDEX spoiled ON move (day) WHERE " + condition)
    for place in range(100):
        run("INSERT INTO move VALUES ('rice', ?, 'sold', ?, -1, '2026-09-01')", (place, f"s{place}"))
    seen = []

    def note(action, *_):
        if action == apsw.SQLITE_SELECT:
            seen.append(action)
        return apsw.SQLITE_OK

    connection.authorizer = note
    for _ in range(100):
        assert run(QUESTION, ("rice", "sold")).fetchall() == [(-100,)]
    plan = run("EXPLAIN QUERY PLAN " + QUESTION, ("rice", "sold")).fetchall()[0][3]
    return len(seen), plan


word, null = compilations("kind = 'spoiled'"), compilations("sale IS NULL")
print("SQLite", apsw.sqlite_lib_version())
print("WHERE kind = 'spoiled':", word[0], "compilations in 100 executions;", word[1])
print("WHERE sale IS NULL:    ", null[0], "compilations in 100 executions;", null[1])
assert word[1] == null[1], "the plans differ"
assert word[0] >= 100 and null[0] <= 2, "SQLite compiles otherwise now"
PYTHON
