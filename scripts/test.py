"""Sets up and runs every gate: ruff, mypy, import contracts, tests. Needs only Python 3.11 or newer.

    python3 scripts/test.py              everything
    python3 scripts/test.py tests/roster only these tests, after the other gates
    python3 scripts/test.py --fast       what the change touches, on SQLite: seconds, not minutes
    python3 scripts/test.py --fast HEAD~3  … since that commit
    python3 scripts/test.py --full       races, kills and models at full length: an hour rather than minutes

POINTSBANK_TEST_COMPLETE=1 lets nothing be skipped: a missing PostgreSQL or Chromium then fails.
"""

import json
import os
import subprocess
import sys
import time

from environment import PYTHON, ROOT, ready, say, speak_anything


def gates(chosen: list[str]) -> dict[str, list[str]]:
    """Return each gate's name and its command, the quick ones first."""
    programs = PYTHON.parent
    return {
        "ruff check": [str(programs / "ruff"), "check", "."],
        "ruff format": [str(programs / "ruff"), "format", "--check", "."],
        "import contracts": [str(programs / "lint-imports")],
        "mypy strict": [str(programs / "mypy")],
        "pytest": [
            str(PYTHON),
            "-m",
            "pytest",
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--no-loadscope-reorder",
            "-q",
            "--durations=15",
            *chosen,
        ],
    }


FAST = ["-m", "not slow and not browser", "-k", "not postgresql"]


def selected(since: list[str]) -> list[str]:
    """Return pytest's arguments for the tests that the change touches, and say what is left out."""
    command = [str(PYTHON), "-m", "scripts.selecting", *since]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    say(f"{len(found['changed'])} changed files; {len(found['tests'])} test files touch them")
    say("left out: PostgreSQL, browser, races and kills, models")
    if found["left_out"]:
        say(f"left out because further away: {' '.join(found['left_out'])}")
    return [*FAST, *found["tests"]] if found["tests"] else ["--collect-only", "tests/base"]


def main(arguments: list[str]) -> int:
    """Run them all, even after a failure, and say what each found."""
    speak_anything()
    ready("dev")
    if "--fast" in arguments:
        arguments = selected([word for word in arguments if word != "--fast"])
    results = {name: _run(name, command) for name, command in gates(arguments).items()}

    say("")
    for name, (passed, seconds) in results.items():
        say(f"{'ok    ' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    return 0 if all(passed for passed, _ in results.values()) else 1


def _run(name: str, command: list[str]) -> tuple[bool, float]:
    """One gate: whether it passed, and how long it took."""
    say(f"\n== {name}")
    began = time.monotonic()
    environment = {**os.environ, "PYTHONUTF8": "1"}
    code = subprocess.run(command, cwd=ROOT, env=environment).returncode
    return code == 0, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
