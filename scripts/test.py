"""Sets up and runs every gate: ruff, mypy, import contracts, tests. Needs only Python 3.11 or newer.

    python3 scripts/test.py              everything
    python3 scripts/test.py tests/roster only these tests, after the other gates
    python3 scripts/test.py --fast       what the change touches, on SQLite: seconds, not minutes
    python3 scripts/test.py --fast HEAD~3  … since that commit
    python3 scripts/test.py --full       all that is long or marked `full` too: an hour rather than minutes

POINTSBANK_TEST_COMPLETE=1 lets nothing be skipped: a missing PostgreSQL or Chromium then fails.
"""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from environment import PYTHON, ROOT, ready, say, speak_anything

# What is compiled is kept, whatever this machine is used to: hundreds of processes are started.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONUTF8": "1",
}
WHOLE = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=15"]
TYPES = "mypy strict"
# One process and no plugin for API contracts: what they take to start is longer than so few tests.
FAST = ["-p", "no:schemathesis", "-m", "not slow and not browser", "-k", "not postgresql"]


def gates(chosen: list[str]) -> dict[str, list[str]]:
    """Return each gate's name and its command, the quick ones first."""
    programs = PYTHON.parent
    return {
        "ruff check": [str(programs / "ruff"), "check", "."],
        "ruff format": [str(programs / "ruff"), "format", "--check", "."],
        "import contracts": [str(programs / "lint-imports")],
        TYPES: [str(programs / "mypy")],
        "pytest": [str(PYTHON), "-m", "pytest", "-q", *chosen],
    }


def selected(since: list[str]) -> list[str]:
    """Return pytest's arguments for the tests that the change touches, and say what is left out."""
    command = [str(PYTHON), "-m", "scripts.selecting", *since]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    say(f"{len(found['changed'])} changed files; {len(found['tests'])} test files touch them")
    say("left out: PostgreSQL, browser, races and kills, models, API contracts")
    if found["left_out"]:
        say(f"left out because further away: {' '.join(found['left_out'])}")
    if not found["tests"]:
        say("no test touches this change")
    return [*FAST, *found["tests"]] if found["tests"] else ["--collect-only", "-q", "tests/base/test_text.py"]


def main(arguments: list[str]) -> int:
    """Run them all, even after a failure, and say what each found."""
    speak_anything()
    ready("dev")
    if "--fast" in arguments:
        chosen = gates(selected([word for word in arguments if word != "--fast"]))
        # The tests take longest: they begin first, all else runs beside them.
        with ThreadPoolExecutor(2) as pool:
            results = dict(pool.map(_run_quietly, reversed(chosen), reversed(chosen.values())))
    else:
        results = _each(gates([*WHOLE, *arguments]), beside=set(arguments) <= {"--full"})

    say("")
    for name, (passed, seconds) in results.items():
        say(f"{'ok    ' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    return 0 if all(passed for passed, _ in results.values()) else 1


def _each(chosen: dict[str, list[str]], *, beside: bool) -> dict[str, tuple[bool, float]]:
    """Run every gate in turn; mypy, which keeps one processor busy, beside the rest if so asked.

    A test copies what mypy keeps: it comes minutes later, unless few tests are chosen.
    """
    if not beside:
        return {name: _run(name, command) for name, command in chosen.items()}
    with ThreadPoolExecutor(1) as pool:
        typed = pool.submit(_run_quietly, TYPES, chosen.pop(TYPES))
        return {name: _run(name, command) for name, command in chosen.items()} | dict([typed.result()])


def _run(name: str, command: list[str]) -> tuple[bool, float]:
    """One gate: whether it passed, and how long it took."""
    say(f"\n== {name}")
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT).returncode
    return code == 0, time.monotonic() - began


def _run_quietly(name: str, command: list[str]) -> tuple[str, tuple[bool, float]]:
    """One gate beside others: its name and result; what it prints is shown at its end."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    say(f"\n== {name}\n{done.stdout.decode('utf-8', 'replace').strip()}")
    return name, (done.returncode == 0, time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
