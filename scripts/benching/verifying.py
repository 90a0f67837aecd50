"""verify.py beside the `ledger verify` that stood before it, each as a command on the same village."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from environment import ROOT

from benching.rounds import Plan, tell

BEFORE = "ee0338a"
"""The commit whose `ledger verify` is the measure: before the ledger told of rows."""

_MAKE = """
import sys
from datetime import timedelta
from pathlib import Path
from benching.history import HOUSEHOLDS, _lengthen
from benching.scene import COMMITTEE, START, open_shop, sqlite_file
from pointsbank import proof

folder, entries = Path(sys.argv[1]), int(sys.argv[2])
shop = open_shop(sqlite_file(folder, "pointsbank.sqlite3"), code="old", households=HOUSEHOLDS)
_lengthen(shop, entries)
with shop.database.writing() as session:
    at = START + timedelta(days=1)
    proof.close_month(session, village="old", month="2026-08", by=COMMITTEE, at=at)
"""


def verifying(plan: Plan) -> None:
    """Time both on 100,000 entries, by processor time: a busy neighbour makes a clock of the wall useless."""
    old = plan.folder / "before"
    checkout = ["git", "-C", str(ROOT), "worktree"]
    made = subprocess.run([*checkout, "add", "--detach", str(old), BEFORE], capture_output=True)
    if made.returncode:
        print(f"verify left out: no commit {BEFORE} here", file=sys.stderr, flush=True)
        return
    try:
        _compare(plan, old, plan.some(5_000, 100_000))
    finally:
        subprocess.run([*checkout, "remove", "--force", str(old)], check=False, capture_output=True)


def _compare(plan: Plan, old: Path, entries: int) -> None:
    data, file = plan.folder / "old-data", plan.folder / "old.jsonl"
    data.mkdir()
    places = os.pathsep.join([str(old), str(old / "scripts")])
    theirs = {**os.environ, "PYTHONPATH": places, "POINTSBANK_DATA": str(data)}
    command = [sys.executable, "-m", "pointsbank", "ledger"]
    _spent([sys.executable, "-c", _MAKE, str(data), str(entries)], theirs, old)
    _spent([*command, "export", str(file)], theirs, old)
    verify = str(ROOT / "templates" / "open" / "verify.py")
    pairs = []
    for _ in range(1 if plan.quick else 3):
        before = _spent([*command, "verify"], theirs, old)
        pairs.append((before, _spent([sys.executable, "-I", "-S", verify, str(file)], dict(os.environ), old)))
    tell(f"verify.py on {entries} entries, times `ledger verify` of {BEFORE}", pairs, "s")


def _spent(command: list[str], environment: dict[str, str], folder: Path) -> float:
    """Return how long a command has the processor; raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
