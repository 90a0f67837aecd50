#!/bin/sh
# Package:   PostgreSQL, seen in 16.2 as pgserver 0.1.4 brings it, and in 15 as Debian 12 has it; psycopg 3.3.9.
# Behaviour: pg_xact_status() says "committed" of a transaction that was never committed: the number of a
#            transaction that a crash took away before anything of it reached the log is given again afterwards,
#            with the same epoch, to whoever writes next.
# Why guesses are wrong: the function is there to be asked what became of a COMMIT whose answer got lost, a 64-bit
#            number seems to be given once, and after a crash one expects "aborted" or an error. With
#            synchronous_commit and full_page_writes on it is the same.
# For this trade: a till whose connection ends at COMMIT must not say "it did not count" of a sale that did, nor
#            the other way round. When the server crashed, and other tills go on at once, the number of the lost
#            scan soon belongs to somebody else's: the clerk is told that a scan counts which nobody knows. Ask by
#            a row of the write, and trust the number only while pg_postmaster_start_time() and stats_reset of
#            pg_stat_bgwriter are what they were.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q pgserver==0.1.4 "psycopg[binary]==3.3.9"
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import os
import pathlib
import pwd
import subprocess
import sys

import pgserver
import psycopg

home = pathlib.Path(sys.argv[1])
programs = pathlib.Path(pgserver.__file__).parent / "pginstall" / "bin"
# PostgreSQL does not run as root.
owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
data = home / "server"
data.mkdir()
os.chown(data, owner.pw_uid, owner.pw_gid)


def run(program, *arguments):
    """Run one of PostgreSQL's programs as its owner."""
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    subprocess.run([programs / program, "-D", data / "data", *arguments], check=True, stdout=subprocess.DEVNULL, cwd=data, **who)


options = f"-c listen_addresses= -c unix_socket_directories={data} -c synchronous_commit=on -c full_page_writes=on"
# Rows reach the log on the disk after a fifth of a second, whether committed or not; this crash comes before that.
options = f"{options} -c wal_writer_delay=10s"
url = f"host={data} user=postgres dbname=postgres"
NUMBER = "SELECT pg_current_xact_id()::text"
STATE = "SELECT pg_xact_status(%s::text::xid8), (SELECT count(*) FROM scan)"
RUN = "SELECT concat(pg_postmaster_start_time(), ' ', (SELECT stats_reset FROM pg_stat_bgwriter))"
run("initdb", "-U", "postgres", "-A", "trust")
run("pg_ctl", "-o", options, "-l", data / "log", "-w", "start")
try:
    with psycopg.connect(url) as first:
        first.execute("CREATE TABLE scan (till int)")
    till = psycopg.connect(url)
    before = till.execute(RUN).fetchone()[0]
    number = till.execute(NUMBER).fetchone()[0]
    till.execute("INSERT INTO scan VALUES (1)")
    run("pg_ctl", "-o", options, "-l", data / "log", "-m", "immediate", "-w", "restart")
    with psycopg.connect(url) as other:
        given = other.execute(NUMBER).fetchone()[0]
    with psycopg.connect(url) as asking:
        state, rows = asking.execute(STATE, (number,)).fetchone()
        after = asking.execute(RUN).fetchone()[0]
        version = asking.execute("SHOW server_version").fetchone()[0]
finally:
    run("pg_ctl", "-m", "immediate", "-w", "stop")
print(f"PostgreSQL {version}: the lost transaction had the number {number}, the next one got {given}")
print(f"pg_xact_status({number}) says {state}; rows of the lost transaction: {rows}; run known as another: {before != after}")
assert given == number, "numbers of lost transactions are not given again"
assert (state, rows, before != after) == ("committed", 0, True), "PostgreSQL answers otherwise now"
PYTHON
