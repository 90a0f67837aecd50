"""The days off of a year: listed with their source, kept from a notice's text, refused with what is wrong."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.working_days.state_council import NOTICE_2027


def test_a_notice_is_checked_kept_and_listed(run: Run, tmp_path: Path) -> None:
    assert run("village", "create", "chayuan", "茶源村").status == 0
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE_2027, "utf-8")

    tried = run("days", "keep", "2027", notice, "--dry-run")
    assert (tried.status, "检查通过，没有保存" in tried.out) == (0, True)
    before = {one["year"]: one["source"] for one in json.loads(run("days", "list", "--json").out)["years"]}
    kept = run("days", "keep", "2027", notice)
    after = {one["year"]: one["source"] for one in json.loads(run("days", "list", "--json").out)["years"]}

    assert "放假：12月31日至1月2日" in kept.out
    assert (before.get(2027) != "file", after[2027]) == (True, "file")
    assert "2027年  按保存的通知。放假：12月31日至1月2日" in run("days", "list").out


def test_what_is_no_notice_is_refused_and_not_kept(run: Run, tmp_path: Path) -> None:
    assert run("village", "create", "chayuan", "茶源村").status == 0
    notice = tmp_path / "notice.txt"
    notice.write_text(NOTICE_2027.replace("共7天。2月14日", "共8天。2月14日"), "utf-8")

    refused = run("days", "keep", "2027", notice)

    assert (refused.status, "数出来是7天" in refused.err) == (1, True)
    assert not (tmp_path / "data" / "days_off").exists()
