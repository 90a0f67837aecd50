"""Lets others judge the API: validators of its document, generators of clients, a day in the village by one.

    python3 scripts/referees.py

Installs the referees into .referees when they are not there. What cannot be had is said; it fails only where
POINTSBANK_TEST_COMPLETE=1 asks for everything, as continuous integration does. Nothing of it is shipped.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from environment import PYTHON, ready, say, speak_anything
from refereeing import tools
from refereeing.tools import HERE, Failed, Missing, call

STRICT = ("--noEmit", "--strict", "--target", "es2020", "--lib", "es2020,dom", "--module", "esnext")


def main() -> int:
    """Call every referee and say what each found; 1 where one is against us."""
    speak_anything()
    ready("dev")
    try:
        tools.install()
    except Missing as missing:
        say(f"跳过：{missing}")
        return 1 if os.environ.get("POINTSBANK_TEST_COMPLETE") == "1" else 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place, served(Path(place, "data")) as told:
        folder = Path(place)
        document = folder / "openapi.json"
        with urlopen(f"{told['url']}/api/openapi.json") as answer:
            document.write_bytes(answer.read())
        # Two at once: a machine that is asked to judge has two processors.
        with ThreadPoolExecutor(2) as pool:
            rounds = [pool.submit(_judged, name, judge, folder, told) for name, judge in JUDGES.items()]
            passed = [one.result() for one in rounds]
    say(f"{sum(passed)} passed, {len(passed) - sum(passed)} failed  ({time.monotonic() - began:.0f} s)")
    return 0 if all(passed) else 1


@contextmanager
def served(folder: Path) -> Iterator[dict[str, Any]]:
    """A sample village that is served meanwhile: its address, tokens and card."""
    folder.mkdir(mode=0o700)
    command = [str(PYTHON), str(HERE / "village.py"), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline() or '{"url": ""}')
        finally:
            server.terminate()


def redocly(folder: Path, told: dict[str, Any]) -> str:
    """Redocly's recommended rules: no error and no warning."""
    program = tools.MODULES / ".bin" / "redocly"
    found = json.loads(call(str(program), "lint", folder / "openapi.json", "--format=json"))
    if any(found["totals"][kind] for kind in ("errors", "warnings")):
        raise Failed("\n".join(f"{one['severity']}: {one['message'][:300]}" for one in found["problems"]))
    return "没有错误，没有警告"


def openapi_generator(folder: Path, told: dict[str, Any]) -> str:
    """OpenAPI Generator's validation, a TypeScript client, and TypeScript's own strict judgement of it."""
    document, client = folder / "openapi.json", folder / "typescript"
    said = call("openapi-generator-cli", "validate", "--recommend", "-i", document)
    if "No validation issues detected" not in said:
        raise Failed(said)
    call("openapi-generator-cli", "generate", "-g", "typescript-fetch", "-i", document, "-o", client)
    compiler = tools.MODULES / ".bin" / "tsc"
    call(str(compiler), *STRICT, "--moduleResolution", "bundler", client / "index.ts")
    return f"文档有效；TypeScript 客户端 {len(list(client.rglob('*.ts')))} 个文件，编译通过"


def python_client(folder: Path, told: dict[str, Any]) -> str:
    """A Python client by another generator: complete, well typed, and a day in the village with it."""
    client = folder / "pointsbank_client"
    settings = folder / "generator.json"
    settings.write_text('{"content_type_overrides": {"application/pdf": "application/octet-stream"}}')
    wanted = ("--path", folder / "openapi.json", "--output-path", client, "--config", settings)
    said = call("openapi-python-client", "generate", "--meta", "none", "--fail-on-warning", *wanted)
    if "WARNING" in said:
        raise Failed(said)
    # Not the generator's own frame (client.py), but all that it made of our document.
    call(
        "mypy", "--follow-imports=silent", f"--cache-dir={folder / 'mypy'}", client / "api", client / "models"
    )
    shutil.copyfile(HERE / "day.py", folder / "day.py")
    lived = call("python", folder / "day.py", stdin=json.dumps(told))
    return f"Python 客户端 {len(list(client.rglob('*.py')))} 个文件，类型无误；一天：{lived.strip()}"


def amounts(folder: Path, told: dict[str, Any]) -> str:
    """Every amount up to 1,000.00 by two foreign validators."""
    shapes = json.loads((folder / "openapi.json").read_text("utf-8"))["components"]["schemas"]
    wanted = {f"{shape}.points": shapes[shape]["properties"]["points"] for shape in ("Goods", "LineBody")}
    schemas = folder / "amounts.json"
    schemas.write_text(json.dumps(wanted), "utf-8")
    said = call("python", HERE / "amounts.py", schemas) + tools.node(HERE / "amounts.cjs", schemas)
    return "；".join(said.split("\n")).strip("；")


def sumdb(folder: Path, told: dict[str, Any]) -> str:
    """Go's sumdb/note and sumdb/tlog: a signature, an entry's proof, a month as the next one's beginning."""
    here, bearer = "/api/v1/villages/chayuan/ledger", f"Bearer {told['tokens']['li']}"

    def fetched(path: str, name: str = "") -> bytes:
        with urlopen(Request(told["url"] + path, headers={"Authorization": bearer})) as answer:
            content = bytes(answer.read())
        if name:
            (folder / name).write_bytes(content)
        return content

    key = json.loads(fetched(f"{here}/checkpoint"))["key"]
    second, first = (one["month"] for one in json.loads(fetched(f"{here}/anchors"))["items"])
    fetched("/open/chayuan/checkpoint", "checkpoint")
    fetched("/open/chayuan/proofs/3", "proof")
    old = json.loads(fetched(f"{here}/checkpoint?month={first}"))["text"]
    (folder / "old").write_text(old, "utf-8")
    fetched(f"/open/chayuan/consistency/{first}/{second}", "consistency")
    files = [folder / name for name in ("checkpoint", "proof", "old", "consistency")]
    return call("go", "run", HERE / "notes.go", key, *files)


JUDGES: dict[str, Callable[[Path, dict[str, Any]], str]] = {
    "openapi-python-client": python_client,
    "openapi-generator": openapi_generator,
    "redocly": redocly,
    "jsonschema, ajv": amounts,
    "golang.org/x/mod/sumdb": sumdb,
}
"""Each referee, the longest first."""


def _judged(
    name: str, judge: Callable[[Path, dict[str, Any]], str], folder: Path, told: dict[str, Any]
) -> bool:
    """Let one judge, and say what it found."""
    began = time.monotonic()
    try:
        found = judge(folder, told)
    except Failed as failed:
        say(f"FAILED  {name}: {failed}")
        return False
    say(f"ok      {name}  ({time.monotonic() - began:.0f} s)  {found}")
    return True


if __name__ == "__main__":
    sys.exit(main())
