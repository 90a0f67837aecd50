"""Writes down which packages the two commands install, every file by its hash, for every system at once.

    python3 scripts/lock.py           the newest releases that pyproject.toml allows
    python3 scripts/lock.py --keep    the releases as they are locked; only what pyproject.toml newly asks for

Four lists in scripts/locked: `build.txt` makes our own package installable, `run.txt` is what a village
installs, `test.txt` what developers add, `referees.txt` what judges the API's document. They hold names,
versions, conditions and hashes, and no address: where packages come from is the business of whoever installs.
"""

import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from environment import LOCKED, PYTHON, ROOT, ready, say, speak_anything

UV = "uv>=0.9,<1"
"""What reckons the versions for Linux, Windows and every Python at once; nobody else needs it."""
ALSO_BUILT_WITH = ["editables", "setuptools"]
"""hatchling asks for the first to install a checkout in place; a package of the tests needs the other."""

REFEREES = [
    "jsonschema>=4.26,<5",
    "mypy>=2.4,<3",
    "openapi-generator-cli>=7.26,<8",
    "openapi-python-client>=0.29,<0.30",
]
"""What scripts/referees.py installs beside the packages of scripts/refereeing/package.json."""


def main(arguments: list[str]) -> int:
    """Write the four lists."""
    speak_anything()
    keep = "--keep" in arguments
    ready("dev")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    LOCKED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _call([str(PYTHON), "-m", "pip", "install", "--quiet", "--target", folder, UV])
        uv = Path(folder, "bin", "uv.exe" if os.name == "nt" else "uv")
        builders = [*project["build-system"]["requires"], *ALSO_BUILT_WITH]
        _compile(uv, "build", builders, keep=keep)
        _compile(uv, "run", project["project"]["dependencies"], keep=keep)
        tests = project["project"]["optional-dependencies"]["dev"]
        _compile(uv, "test", [*project["project"]["dependencies"], *tests], keep=keep, like="run")
        _compile(uv, "referees", REFEREES, keep=keep)
    say("完成。请运行 scripts/test.py，再一起提交。")
    return 0


def _compile(uv: Path, name: str, wanted: list[str], *, keep: bool, like: str | None = None) -> None:
    """Write one list; `like` names another whose versions it must have."""
    out = LOCKED / f"{name}.txt"
    command = [
        *(
            str(uv),
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--python-version",
            "3.11",
        ),
        *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"),
        *(() if keep else ("--upgrade",)),
        *(("--constraint", str(LOCKED / f"{like}.txt")) if like else ()),
        *("--output-file", str(out), "-"),
    ]
    _call(command, typed="\n".join(wanted))
    say(f"{out.relative_to(ROOT).as_posix()}: {sum(line[0] != ' ' for line in out.open())} 个程序包")


def _call(command: list[str], typed: str | None = None) -> None:
    """Run a program; what it says on an error is the answer."""
    done = subprocess.run(command, cwd=ROOT, input=typed, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
