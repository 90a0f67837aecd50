"""A closed month, its public export in a file, and verify.py run on it as anybody would."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pointsbank import paths, proof
from pointsbank.database import Database
from pointsbank.proof.signing_keys import origin_of
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.proof import month

SEED = bytes(range(32))
URL = "https://jf.example.cn"
ORIGIN = origin_of(URL, VILLAGE)
VERIFY = paths.shipped("templates") / "open" / "verify.py"


@dataclass(frozen=True)
class Said:
    """What verify.py printed, and its exit status."""

    text: str
    status: int


def export(database: Database, folder: Path, *, packed: bool = True) -> Path:
    """The export of the last closed month as a file."""
    lines = proof.public_lines(database, village=VILLAGE, month=month.MONTH)
    file = folder / f"ledger.jsonl{'.gz' if packed else ''}"
    file.write_bytes(b"".join(proof.gzipped(lines)) if packed else b"".join(line + b"\n" for line in lines))
    return file


def tell_key(database: Database, seed: bytes = SEED) -> None:
    """Let the log tell of a key."""
    with database.writing() as session:
        proof.record_signing_key(session, public=proof.public_of(seed), public_url=URL, by=COMMITTEE, at=NOW)


def verify(*arguments: object, python: tuple[str, ...] = (sys.executable, "-I", "-S")) -> Said:
    """Run verify.py with the standard library alone."""
    done = subprocess.run(
        [*python, str(VERIFY), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8"
    )
    return Said(done.stdout + done.stderr, done.returncode)
