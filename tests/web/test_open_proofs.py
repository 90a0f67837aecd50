"""Proof for everybody: what a passer-by takes away and checks, and what a household checks of its own."""

import base64
import gzip
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qrcode
from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import ledger, proof, signing_key
from pointsbank.proof import Anchor
from pointsbank.proof.signing_keys import SigningKey
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan
from tests.ledger.tampering import tamper
from tests.proof.public import verify
from tests.web.browser import Browser, words
from tests.web.test_card_visit import scan

AUGUST = "2026-08"
CHECK = f"/open/{VILLAGE}/months/{AUGUST}/check"
DOORS = (
    "verify.py",
    "checkpoint",
    "proofs/3",
    f"months/{AUGUST}/ledger.jsonl.gz",
    f"months/{AUGUST}/check",
    f"months/{AUGUST}",
)


def in_lines(text: str) -> str:
    """As some programs copy a long text."""
    return "  \n".join(text[at : at + 20] for at in range(0, len(text), 20))


def wide(text: str) -> str:
    """As a Chinese keyboard writes it."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.fixture
def anchor(village: Chayuan) -> Anchor:
    """The seal of August, in which 王建国 was given 37 points."""
    village.give(village.wang, 37)
    found = village.write(proof.close_month, month=AUGUST)
    assert isinstance(found, Anchor)
    return found


@pytest.fixture
def signed(app: Flask, village: Chayuan) -> Iterator[SigningKey]:
    """The key that the log tells of."""
    settings = app.extensions["pointsbank_settings"]
    seed = signing_key.make(settings.data_dir, replace=True)
    with village.database.writing() as session:
        proof.record_signing_key(
            session, public=proof.public_of(seed), public_url=settings.public_url, by=COMMITTEE, at=NOW
        )
    with village.database.reading() as session:
        yield proof.signing_keys(session, village=VILLAGE)[-1]
    (settings.data_dir / signing_key.FILE).unlink()


def test_what_a_passer_by_takes_away_fits_the_poster(
    anchor: Anchor, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "ledger.jsonl.gz"
    file.write_bytes(browser.get(f"/open/{VILLAGE}/months/{AUGUST}/ledger.jsonl.gz").data)

    assert verify(file, "--digits", anchor.digits).status == 0
    assert gzip.decompress(file.read_bytes()).count(b"\n") == anchor.fields["size"] + 2


def test_who_does_not_read_what_was_asked_for_shuts_nobody_out(anchor: Anchor, browser: Browser) -> None:
    address = f"/open/{VILLAGE}/months/{AUGUST}/ledger.jsonl.gz"
    unread = [browser.get(address, buffered=False) for _ in range(3)]

    assert [one.status_code for one in unread] == [200] * 3
    assert browser.get(address).status_code == 200


def test_verify_py_is_sent_as_it_lies_here(anchor: Anchor, browser: Browser) -> None:
    sent = browser.get(f"/open/{VILLAGE}/verify.py")

    assert b"NOT_COVERED" in sent.data
    assert "verify.py" in sent.headers["Content-Disposition"]


def test_an_entrys_proof_is_signed_by_the_key_on_the_months_page(
    anchor: Anchor, signed: SigningKey, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "3.tlog-proof"
    sent = browser.get(f"/open/{VILLAGE}/proofs/3")
    file.write_bytes(sent.data)

    assert sent.headers["X-Signed"] == "yes"
    assert verify("--proof", file, "--key", signed.verifier_key, "--digits", anchor.digits).status == 0
    assert signed.verifier_key in words(browser.get(f"/open/{VILLAGE}/months/{AUGUST}"))


def test_without_a_key_the_page_says_that_nothing_is_signed(anchor: Anchor, browser: Browser) -> None:
    assert "这里的证明没有签名" in words(browser.get(f"/open/{VILLAGE}/months/{AUGUST}"))
    assert browser.get(f"/open/{VILLAGE}/checkpoint").headers["X-Signed"] == "no"


@pytest.mark.parametrize(
    "address",
    [
        "proofs/99999",
        "proofs/-1",
        "proofs/x",
        "proofs/１",
        "months/2026-07/ledger.jsonl.gz",
        "months/x/check",
    ],
)
def test_what_is_not_sealed_is_missing(anchor: Anchor, browser: Browser, address: str) -> None:
    assert browser.get(f"/open/{VILLAGE}/{address}").status_code == 404


@pytest.mark.parametrize("door", DOORS)
def test_another_village_is_missing_and_a_door_sets_no_cookie(
    anchor: Anchor, browser: Browser, door: str
) -> None:
    assert browser.get(f"/open/nowhere/{door}").status_code == 404
    found = browser.get(f"/open/{VILLAGE}/{door}")
    assert found.status_code == 200
    assert "Set-Cookie" not in found.headers


def test_two_months_are_consistent(anchor: Anchor, village: Chayuan, browser: Browser) -> None:
    later = village.write(proof.close_month, month="2026-09", at=NOW.replace(month=10))
    sent = browser.get(f"/open/{VILLAGE}/consistency/{AUGUST}/2026-09").text

    head, *path = sent.split("\n\n")[0].split("\n")
    assert head == f"old {anchor.fields['size']}"
    assert path
    assert f"\n{later.fields['size']}\n" in sent
    assert browser.get(f"/open/{VILLAGE}/consistency/2026-09/{AUGUST}").status_code == 404


# A poster, without JavaScript


def test_the_posters_digits_fit_its_month(anchor: Anchor, browser: Browser) -> None:
    assert said(post(browser, typed=anchor.digits)) == "✓ 对得上"
    assert said(post(browser, typed=f"扫到：{anchor.code}")) == "✓ 对得上"


@pytest.mark.parametrize("change", [in_lines, wide])
def test_a_code_may_be_pasted_in_lines_and_in_wide_letters(
    anchor: Anchor, browser: Browser, change: Callable[[str], str]
) -> None:
    assert said(post(browser, typed=change(anchor.code))) == "✓ 对得上"
    assert said(post(browser, typed=change(anchor.digits))) == "✓ 对得上"


def test_a_slips_code_says_which_entry_it_proves(
    anchor: Anchor, signed: SigningKey, village: Chayuan, browser: Browser
) -> None:
    found = village.read(proof.sealed_inclusion, index=last(village), origin="x", seed=None, brief=True)
    code = f"http://village.test{CHECK}#{proof.slip_digits(found.text)}"

    for answer in (post(browser, typed=code), post(browser, photo=photo_of(code))):
        assert said(answer) == "✓ 这一笔在账里"
        assert f"第{last(village)}条：" in words(answer) and "37积分" in words(answer)
        assert anchor.digits in words(answer)
    assert said(post(browser, typed=code[:40] + code[40:].replace("1", "2", 1))) != "✓ 这一笔在账里"
    elsewhere = proof.slip_digits(_changed(found.text))
    assert said(post(browser, typed=elsewhere)) == "✕ 这一笔对不上"


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE log_entry SET public = CAST(replace(CAST(public AS TEXT), 'award', 'bonus') AS BLOB)",
        "UPDATE log_entry SET public = X'' WHERE log_index = 3",
        "UPDATE log_entry SET public = 'x' WHERE log_index = 3",
        "DELETE FROM log_entry WHERE log_index = 3",
        "UPDATE anchor SET content = CAST(replace(CAST(content AS TEXT), 'chayuan', 'chayuam') AS BLOB)",
        "UPDATE anchor SET content = CAST(replace(CAST(content AS TEXT), '3700', '3800') AS BLOB)",
        "UPDATE log_entry SET log_index = 1000 + log_index WHERE log_index = 3",
    ],
)
def test_a_poster_does_not_fit_a_log_that_was_changed_since(
    anchor: Anchor, village: Chayuan, browser: Browser, order: str
) -> None:
    tamper(village.database, order)

    found = [said(post(browser, typed=one)) for one in (anchor.digits, anchor.code)]

    assert set(found) <= {"✕ 账被改过", "✕ 不是本村的"} and "✕ 账被改过" in found


@pytest.mark.parametrize(
    "order",
    [
        *(f"UPDATE anchor SET content = {one}" for one in ("X''", "X'00'", "'[]'", "'{}'", "'{\"size\":1}'")),
        "UPDATE anchor SET month = 'x'",
    ],
)
def test_an_anchor_that_is_none_is_said_to_be_and_no_page_breaks(
    anchor: Anchor, village: Chayuan, browser: Browser, order: str
) -> None:
    tamper(village.database, order)

    answers = [browser.get(f"/open/{VILLAGE}{one}") for one in ("", "/months", *(f"/{at}" for at in DOORS))]
    answers += [browser.get("/"), post(browser, typed=anchor.digits), post(browser, typed=anchor.code)]

    assert not [one.status for one in answers if one.status_code >= 500]
    assert not [one for one in answers if "对得上</p>" in said(one)]
    assert "存证被人动过" in words(answers[1])


def test_an_assembly_shares_one_look_at_the_log_until_a_seal_changes(
    anchor: Anchor, village: Chayuan, browser: Browser
) -> None:
    assert said(post(browser, typed=anchor.digits)) == "✓ 对得上"
    tamper(village.database, "DELETE FROM log_entry WHERE log_index = 3")

    shared = said(post(browser, typed=anchor.digits))
    tamper(village.database, "UPDATE anchor SET made_at = '2026-09-01 03:00:00'")

    assert shared == "✓ 对得上"
    assert said(post(browser, typed=anchor.digits)) == "✕ 账被改过"


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ("UPDATE anchor SET content = X'00' WHERE month = '2026-09'", ("months",)),
        ("UPDATE anchor SET made_at = 'x' WHERE month = '2026-09'", ("months",)),
        ("UPDATE closed_month SET month = 'x' WHERE month = '2026-09'", ("openness", "period_boards")),
        ("UPDATE goods_price SET points = 'x'", ("prices", "openness")),
    ],
)
def test_a_row_that_cannot_be_read_takes_its_own_section_alone(
    anchor: Anchor, village: Chayuan, browser: Browser, order: str, told: tuple[str, ...]
) -> None:
    village.write(proof.close_month, month="2026-09", at=NOW.replace(month=10))
    tamper(village.database, "PRAGMA ignore_check_constraints=ON", order)

    board = browser.get(f"/open/{VILLAGE}")
    pages = [
        browser.get(f"/open/{VILLAGE}/{one}") for one in ("openness", "prices", "rules", "questions", *DOORS)
    ]

    sections = dict(re.findall(r'<section class="sheet" id="(\w+)">(.*?)</section>', words(board), re.DOTALL))
    assert board.status_code == 200 and len(sections) > 8
    assert {name for name, drawn in sections.items() if "读不出来" in drawn} == set(told)
    assert not [one.status for one in pages if one.status_code >= 500]


def test_a_head_of_the_log_that_cannot_be_read_fits_nothing(
    anchor: Anchor, village: Chayuan, browser: Browser
) -> None:
    tamper(village.database, "PRAGMA ignore_check_constraints=ON", "UPDATE log_head SET size = 'x'")

    checked = post(browser, typed=anchor.digits)
    answers = [checked, *(browser.get(f"/open/{VILLAGE}/{one}") for one in DOORS)]

    assert not [one.status for one in answers if one.status_code >= 500]
    assert not said(checked) and "读不出来" in words(checked)


def test_one_damaged_seal_leaves_the_other_months_checked(
    anchor: Anchor, village: Chayuan, browser: Browser
) -> None:
    later = village.write(proof.close_month, month="2026-09", at=NOW.replace(month=10))
    tamper(village.database, "UPDATE anchor SET content = X'00' WHERE month = '2026-09'")

    assert anchor.digits in words(browser.get(f"/open/{VILLAGE}/months"))
    assert said(post(browser, typed=anchor.digits)) == "✓ 对得上"
    # A poster of the month whose seal is gone is not said to be a wrong one.
    assert "存证被人动过" in words(post(browser, typed=later.digits))


def test_digits_of_no_month_do_not_fit(anchor: Anchor, browser: Browser) -> None:
    digits = anchor.digits[:-1] + ("0" if anchor.digits[-1] != "0" else "1")

    assert said(post(browser, typed=digits)) == "✕ 对不上"
    assert said(post(browser, typed=anchor.code[:-1] + "x")) == ""


def test_a_poster_of_another_village_or_month_is_named(
    anchor: Anchor, village: Chayuan, browser: Browser
) -> None:
    later = village.write(proof.close_month, month="2026-09", at=NOW.replace(month=10))

    assert said(post(browser, typed=later.digits)) == "✓ 对得上，但是另一个月的"
    assert said(post(browser, typed=anchor.code.replace(VILLAGE, "zhuyuan"))) == "✕ 不是本村的"


@pytest.mark.parametrize("typed", ["", "12345", "x" * 300])
def test_what_is_no_code_is_refused_and_kept(anchor: Anchor, browser: Browser, typed: str) -> None:
    answer = post(browser, typed=typed)

    assert answer.status_code == 422
    assert "存证码应为30位数字" in words(answer)
    assert typed in words(answer)


def test_a_photo_of_the_posters_code_is_read(anchor: Anchor, browser: Browser) -> None:
    assert said(post(browser, photo=photo_of(anchor.code))) == "✓ 对得上"
    other = post(browser, photo=photo_of("http://village.test/c/ABC"))
    assert "照片里没有认出海报或小票的二维码" in words(other)


# An entry of the household's own


def test_a_household_gets_what_its_entry_is_checked_with(
    app: Flask, anchor: Anchor, village: Chayuan
) -> None:
    page = words(scan(app, village).get(f"/mine/entries/{last(village)}"))

    assert 'data-salt="' in page and "做好事" in page
    assert anchor.content.decode().replace('"', "&#34;") in page


def test_anothers_entry_and_none_are_answered_alike(app: Flask, anchor: Anchor, village: Chayuan) -> None:
    phone = scan(app, village, village.li)
    answers = [phone.get(f"/mine/entries/{index}") for index in (last(village), 99999, "x", "-1")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub("csrf_token.*?>", "", answer.text) for answer in answers}) == 1
    with pytest.raises(ledger.problems.LogEntryUnknown):
        village.read(proof.own_entry, participant=village.li.id, index=last(village))


def test_hidden_words_that_name_another_household_are_withheld(app: Flask, village: Chayuan) -> None:
    lines = (
        ledger.Posting(
            ledger.account_of(village.wang.id, "points"),
            ledger.account_of(village.li.id, "points"),
            "points",
            100,
        ),
    )
    village.give(village.wang, 37)
    entry = ledger.NewTransaction("transfer", NOW.date(), lines, {"participant": village.wang.id})
    village.write(ledger.post, entries=[entry])
    village.write(proof.close_month, month=AUGUST)

    page = words(scan(app, village).get(f"/mine/entries/{last(village, 'transfer')}"))
    assert "写有别人" in page
    assert village.li.id not in page
    assert 'data-private=""' in page


def test_an_entry_that_no_poster_covers_yet_says_so(app: Flask, village: Chayuan) -> None:
    village.give(village.wang, 37)

    assert "还没有海报盖住" in words(scan(app, village).get(f"/mine/entries/{last(village)}"))


def post(browser: Browser, *, typed: str = "", photo: io.BytesIO | None = None) -> TestResponse:
    """Send a poster's check as a form without a token does."""
    data: dict[str, object] = {"typed": typed}
    if photo:
        data["photo"] = (photo, "poster.png")
    return browser.client.post(CHECK, data=data, content_type="multipart/form-data")


def said(answer: TestResponse) -> str:
    """The sentence that is shown, without its explanation; empty where none is."""
    shown = re.findall(r'data-fit="\w+"><p class="big">(.*?)</p>', answer.text)
    assert len(shown) <= 1
    return shown[0] if shown else ""


def photo_of(text: str) -> io.BytesIO:
    """A code as a picture of some kilobytes."""
    out = io.BytesIO()
    qrcode.make(text, box_size=4).save(out)
    out.seek(0)
    return out


def _changed(text: str) -> str:
    """A proof whose entry says another amount."""
    head, extra, rest = text.split("\n", 2)
    entry = base64.b64decode(extra.partition(" ")[2]).replace(b"3700", b"3800")
    return "\n".join([head, f"extra {base64.b64encode(entry).decode()}", rest])


def last(village: Chayuan, kind: str = "award") -> int:
    """The number of the last entry of a kind."""
    return int(village.read(ledger.log_entries, kinds=(kind,), limit=1)[0].index)
