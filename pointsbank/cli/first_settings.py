"""What the first start writes into the settings file: where the stubs that tell of an older copy lie."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from pointsbank.cli.answers import echo_progress


def set_watermark(data: Path, *, environ: Mapping[str, str]) -> None:
    """Name a folder beside the data directory for the stubs, unless one is set; add to what is written."""
    data = data.resolve()
    file = data / "pointsbank.toml"
    written = file.read_text("utf-8") if file.exists() else ""
    if "POINTSBANK_WATERMARK" in environ or re.search(r"^\s*watermark\s*=", written, re.MULTILINE):
        return
    folder = f"{data.name}-watermark"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [
        "# 账外存根：放在数据目录外面，发现数据被换成旧副本。最好再加一个U盘上的文件夹。",
        f"watermark = [{json.dumps('../' + folder, ensure_ascii=False)}]",
    ]
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as out:
        out.write(("\n" if written and not written.endswith("\n") else "") + "\n".join(lines) + "\n")
    echo_progress(f"账外存根放在 {data.with_name(folder)}；在 {file} 里可以再加一个U盘")
