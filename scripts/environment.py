"""Makes .venv and installs what scripts/locked lists, each file by its hash, unless that was done already."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKED = ROOT / "scripts" / "locked"
MARKER = VENV / "pointsbank-installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(extra: str = "") -> Path:
    """The project's own Python with everything installed; quick when nothing changed since last time."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have any Python
        stop(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}。请先安装新版 Python。")
    if not _installed(extra):
        _make_venv()
        _install(extra)
        MARKER.write_text(_mark(extra) + "\n", encoding="ascii")
    return PYTHON


def say(line: str) -> None:
    """One line of progress, seen at once."""
    print(line, flush=True)


def stop(sentence: str) -> None:
    """End with a sentence on stderr."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)


def speak_anything() -> None:
    """A Chinese Windows console cannot show every character: replace those rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")


def _installed(extra: str) -> bool:
    """Whether the last installation was of this very pyproject.toml, with the extra or more."""
    if not (PYTHON.exists() and MARKER.exists()):
        return False
    return MARKER.read_text(encoding="ascii").strip() in {_mark(extra), _mark("dev")}


def _mark(extra: str) -> str:
    """What was installed, in one word; a checkout that was moved installs again."""
    asked = [ROOT / "pyproject.toml", *(LOCKED / f"{name}.txt" for name in ("build", "run", "test"))]
    told = b"\0".join([*(file.read_bytes() for file in asked), str(ROOT).encode(), sys.version.encode()])
    return f"{extra or 'run'}-{hashlib.sha256(told).hexdigest()}"


def _make_venv() -> None:
    """An environment of our own, so that nothing else on this machine changes."""
    MARKER.unlink(missing_ok=True)
    if PYTHON.exists():
        return
    say("· 建立 Python 环境 .venv……")
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists(), symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError) as error:
        stop(
            f"无法建立 .venv（{error}）。在 Debian/Ubuntu 上请先运行 apt-get install python3-venv，再试一次。"
        )


def _install(extra: str) -> None:
    """Install with pip, naming each package as it arrives; a file with another hash is not installed."""
    say("· 安装所需的程序包（第一次要几分钟）……")
    for command in install_commands(PYTHON, extra):
        _pip(command)


def install_commands(python: Path, extra: str) -> list[list[str]]:
    """Return the calls of pip: what builds, what is needed, then this checkout without a look at any index.

    Nothing is built in isolation: what pip fetches for that is of any version and has no hash.
    """
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"]
    listed = [*pip, "--require-hashes", "--no-build-isolation", "-r"]
    return [
        [*listed, str(LOCKED / "build.txt")],
        [*listed, str(LOCKED / ("test.txt" if extra == "dev" else "run.txt"))],
        [*pip, "--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT)],
    ]


def _pip(command: list[str]) -> None:
    """Run pip once; where it fails its last lines and a sentence end the program."""
    kept: list[str] = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            kept.append(line)
            if line.startswith("Collecting "):
                say("    " + line.split()[1])
    if pip.returncode:
        print("".join(kept[-15:]), file=sys.stderr)
        if any("DO NOT MATCH THE HASHES" in line for line in kept):
            stop(
                "有程序包与本程序记下的校验不符，没有安装。可能下载出错或来源不可信，请换一个来源再运行一次。"
            )
        stop("程序包没有装好。请检查网络后再运行一次。")
