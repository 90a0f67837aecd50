"""Installs the referees into a folder of their own, each file by its hash, unless that was done already."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from environment import LOCKED, ROOT

TOOLS = ROOT / ".referees"
HERE = Path(__file__).resolve().parent
PYTHON = TOOLS / "python" / ("Scripts" if os.name == "nt" else "bin")
MODULES = TOOLS / "node" / "node_modules"
MARKER = TOOLS / "installed.txt"
GO_SOURCES = Path("/usr/share/gocode")
_SUMDB = GO_SOURCES / "src" / "golang.org" / "x" / "mod" / "sumdb" / "note"
OLDEST_NODE = (20, 19)
_LISTS = (LOCKED / "referees.txt", HERE / "package.json", HERE / "package-lock.json")
ENVIRONMENT = {
    **os.environ,
    "PATH": os.pathsep.join([str(PYTHON), os.environ.get("PATH", "")]),
    # Debian's package golang-golang-x-mod-dev; nothing is fetched.
    "GO111MODULE": "off",
    "GOPATH": str(GO_SOURCES),
    "GOFLAGS": "",
    "NODE_PATH": str(MODULES),
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "PYTHONUTF8": "1",
}


class Missing(Exception):
    """What could not be had, in a sentence."""


class Failed(Exception):
    """What a referee said against us."""


def install() -> None:
    """Install what is missing.

    Raises:
        Missing: Java, Node or a package is not to be had here, or Node is too old.
    """
    needed = (("java", "default-jre-headless"), ("node", "nodejs"), ("npm", "npm"), ("go", "golang-go"))
    for program, package in needed:
        if shutil.which(program) is None:
            raise Missing(f"没有 {program}（Debian 的程序包 {package}）")
    if not _SUMDB.is_dir():
        raise Missing("没有 golang.org/x/mod（Debian 的程序包 golang-golang-x-mod-dev）")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    if tuple(map(int, version.lstrip("v").split(".")[:2])) < OLDEST_NODE:
        raise Missing(f"Node {version} 太旧，要 {OLDEST_NODE[0]}.{OLDEST_NODE[1]} 以上")
    if MARKER.exists() and MARKER.read_text("ascii") == _mark():
        return
    shutil.rmtree(TOOLS, ignore_errors=True)
    _install_python()
    _install_node()
    MARKER.write_text(_mark(), "ascii")


def _mark() -> str:
    """Return what was installed, in one word."""
    asked = b"\0".join([*(each.read_bytes() for each in _LISTS), str(ROOT).encode(), sys.version.encode()])
    return hashlib.sha256(asked).hexdigest()


def _install_python() -> None:
    venv.EnvBuilder(with_pip=True).create(TOOLS / "python")
    pip = [str(PYTHON / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    if subprocess.run([*pip, "--only-binary", ":all:", "-r", str(_LISTS[0])]).returncode:
        raise Missing("scripts/locked/referees.txt 里的程序包没有装成")


def _install_node() -> None:
    folder = MODULES.parent
    folder.mkdir(parents=True, exist_ok=True)
    for each in _LISTS[1:]:
        shutil.copyfile(each, folder / each.name)
    npm = [shutil.which("npm") or "npm", "ci", "--silent", "--no-audit", "--no-fund"]
    if subprocess.run(npm, cwd=folder).returncode:
        raise Missing("scripts/refereeing/package.json 里的程序包没有装成")


def call(name: str, *arguments: object, stdin: str | None = None) -> str:
    """Run a program of the referees and return what it printed.

    Raises:
        Failed: it ended with an error; the text is what it said.
    """
    command = [shutil.which(name, path=ENVIRONMENT["PATH"]) or name, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, input=stdin, text=True, encoding="utf-8", capture_output=True
    )
    if done.returncode:
        raise Failed(f"{name}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def node(script: Path, *arguments: object) -> str:
    """Run a script with Node and return what it printed; raises Failed."""
    return call("node", script, *arguments)
