"""Anybody checks the public export, and one entry's proof, with one file and no program of ours."""

import ast
import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pointsbank import merkle, proof
from pointsbank.database import Database
from pointsbank.ledger import canonical
from pointsbank.proof.signed_notes import verifier_key
from pointsbank.spot_checks import rule
from tests.builders import HOUSEHOLDS, VILLAGE
from tests.proof import month, public
from tests.proof.public import ORIGIN, SEED, VERIFY, verify


def test_the_export_of_a_closed_month_fits_its_poster(sqlite_database: Database, tmp_path: Path) -> None:
    anchor = month.live(sqlite_database).anchor
    file = public.export(sqlite_database, tmp_path)

    said = verify(file, "--digits", anchor.digits, "--anchor-code", anchor.code)
    assert said.status == 0, said.text
    for sentence in (
        "海报上的数字与2026-09相符。",
        "海报上的二维码与2026-09相符。",
        "结论：全部相符。",
        "核对不了的：",
    ):
        assert sentence in said.text
    english = verify(file, "--en", "--digits", anchor.digits).text
    assert "Verdict: all fits." in english
    assert english.isascii() or "　" not in english


def test_the_export_holds_no_name_phone_or_reason(sqlite_database: Database, tmp_path: Path) -> None:
    month.live(sqlite_database)
    with gzip.open(public.export(sqlite_database, tmp_path)) as file:
        text = json.dumps([json.loads(line) for line in file], ensure_ascii=False)

    assert not [name for _, name, _, _ in HOUSEHOLDS.values() if name in text]
    assert not [
        word for word in ("participant", "actor", "note", "salt", "门前整洁", "旧存折") if word in text
    ]


def test_what_was_written_after_the_close_is_not_in_the_export(
    sqlite_database: Database, tmp_path: Path
) -> None:
    month.live(sqlite_database)
    before = public.export(sqlite_database, tmp_path).read_bytes()
    public.tell_key(sqlite_database)

    assert public.export(sqlite_database, tmp_path).read_bytes() == before


def test_ledger_export_of_the_whole_log_is_checked_too(sqlite_database: Database, tmp_path: Path) -> None:
    month.live(sqlite_database)
    public.tell_key(sqlite_database)
    file = tmp_path / "whole.jsonl"
    file.write_bytes(b"".join(line + b"\n" for line in proof.export_lines(sqlite_database, village=VILLAGE)))

    assert verify(file).status == 0


def test_one_bit_changed_anywhere_is_found(sqlite_database: Database, tmp_path: Path) -> None:
    anchor = month.live(sqlite_database).anchor
    file = public.export(sqlite_database, tmp_path, packed=False)
    whole, checker = file.read_bytes(), namespace()

    @settings(max_examples=150, deadline=None)
    @given(st.integers(0, len(whole) * 8 - 1))
    def flipped(bit: int) -> None:
        other = bytearray(whole)
        other[bit // 8] ^= 1 << bit % 8
        file.write_bytes(other)
        assert checker["main"]([str(file)]) != 0

    flipped()
    # The seal is short beside the entries: each of its bytes is tried.
    for place in range(whole.rstrip().rindex(b"\n") + 1, len(whole) - 1):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        file.write_bytes(changed)
        # Which month the first seal is of, paper alone says.
        if b'"month":"2026-09"' in changed:
            assert checker["main"]([str(file)]) != 0, place
        assert checker["main"]([str(file), "--digits", anchor.digits]) != 0, place


@pytest.mark.parametrize("digits", ["1" * 30, "9" * 30])
def test_digits_of_no_month_are_a_mismatch(sqlite_database: Database, tmp_path: Path, digits: str) -> None:
    month.live(sqlite_database)

    said = verify(public.export(sqlite_database, tmp_path), "--digits", digits)
    assert said.status == 1
    assert "海报上的数字与哪个月都对不上" in said.text


def test_a_log_rewritten_with_every_hash_contradicts_the_poster(
    sqlite_database: Database, tmp_path: Path
) -> None:
    anchor = month.live(sqlite_database).anchor
    file = public.export(sqlite_database, tmp_path, packed=False)
    file.write_bytes(rewritten(file.read_bytes().splitlines()))

    assert verify(file).status == 0
    assert verify(file, "--digits", anchor.digits).status == 1
    assert verify(file, "--anchor-code", anchor.code).status == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [((), 2), (("nothing-here",), 2), (("--digits", "12345", "x"), 2), (("--not-covered",), 0)],
)
def test_what_cannot_be_checked_says_so(arguments: tuple[str, ...], status: int) -> None:
    said = verify(*arguments)

    assert said.status == status
    assert "Traceback" not in said.text


def test_it_needs_the_standard_library_of_python_3_6_alone() -> None:
    tree = ast.parse(VERIFY.read_text("utf-8"), feature_version=(3, 6))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}

    assert imported == {"argparse", "base64", "gzip", "hashlib", "json", "re", "sys"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def test_without_paper_a_fit_says_what_it_does_not_say(sqlite_database: Database, tmp_path: Path) -> None:
    anchor = month.live(sqlite_database).anchor
    file = public.export(sqlite_database, tmp_path)

    assert "没有与海报核对" in verify(file).text
    assert "没有与海报核对" not in verify(file, "--digits", anchor.digits).text
    assert (
        "这张海报的二维码不是这个村的"
        in verify(file, "--anchor-code", anchor.code.replace(VILLAGE, "linqu")).text
    )


@pytest.mark.parametrize("name", ["header", "seal"])
def test_a_size_and_sums_are_whole_numbers(sqlite_database: Database, tmp_path: Path, name: str) -> None:
    month.live(sqlite_database)
    file = public.export(sqlite_database, tmp_path, packed=False)
    lines = file.read_bytes().splitlines()
    if name == "header":
        # The same slice of lines, counted from the end.
        header = json.loads(lines[0])
        lines[0] = json.dumps({**header, "size": -2}, sort_keys=True).encode()
    else:
        lines[-1] = re.sub(rb'("award":\{"[a-z]+":\d+)', rb"\1.0", lines[-1])
    file.write_bytes(b"\n".join(lines) + b"\n")

    assert verify(file).status == (2 if name == "header" else 1)


DEEP = b"[" * 100_000
HEADER = b'{"format": "pointsbank-export-v1", "root": "%s", "size": 1, "vil": "cy"}' % (b"0" * 64)
HOSTILE = {
    "nothing": b"",
    "nested": DEEP,
    "nested seal": HEADER + b"\nx\n" + DEEP,
    "lone surrogate": HEADER.replace(b"cy", rb"\ud800"),
    "control characters": HEADER.replace(b"cy", rb"\u001b[2J"),
    "twice the same key": HEADER.replace(b'"vil"', b'"vil": "cx", "vil"'),
    "not a number": HEADER.replace(b": 1", b": NaN"),
    "a float": HEADER.replace(b": 1", b": 1.0"),
    "more than there is": HEADER.replace(b": 1", b": " + b"9" * 5000),
    "rewritten by Windows": HEADER + b"\r\n",
    "byte order mark": b"\xef\xbb\xbf" + HEADER + b"\n",
    "empty lines": b"\n" * 5_000_001,
    "cut off": gzip.compress(HEADER * 99)[:-9],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hostile"
    file.write_bytes(content)

    for arguments in ([file], ["--proof", file]):
        said = verify(*arguments)
        assert said.status in (1, 2), said.text
        assert "Traceback" not in said.text
        assert said.text.startswith(("没有核对成：", "不符："))


def test_a_packed_file_is_unpacked_as_far_as_a_ledger_is_long(tmp_path: Path) -> None:
    file, checker, said = tmp_path / "bomb", namespace(), list[str]()
    file.write_bytes(gzip.compress(bytes(1 << 26)))
    checker |= {"MOST_BYTES": 1 << 25, "print": said.append}

    assert checker["main"]([str(file)]) == 2
    assert said == ["没有核对成：文件太大，不像是账本。"]


# The draw by dice


def test_dice_draw_what_the_published_rule_draws(sqlite_database: Database, tmp_path: Path) -> None:
    anchor = month.live(sqlite_database).anchor
    file = public.export(sqlite_database, tmp_path)
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    pool = [one["i"] for one in lines[1:-1] if one["k"] in rule.KINDS]
    drawn = rule.drawn(anchor.digest.hex(), "6543216543", pool, 3)

    said = verify(file, "--draw", "65432 16543", "--month", month.MONTH, "--count", 3)
    assert f"\n  {' '.join(map(str, drawn))}\n" in said.text
    assert f"入账的评分{len(pool)}条" in said.text
    assert verify(file, "--draw", "65432").status == 2
    assert verify(file, "--draw", "6543216543", "--month", "2020-01").status == 2


# One entry's proof


def test_a_proof_is_checked_alone_by_the_key_and_with_the_export(
    sqlite_database: Database, tmp_path: Path
) -> None:
    anchor, file, key = signed(sqlite_database, tmp_path)

    said = verify("--proof", file, "--key", key, "--digits", anchor.digits)
    assert said.status == 0, said.text
    assert f"签名相符：{ORIGIN}。没有别的单位联署。" in said.text
    assert verify(public.export(sqlite_database, tmp_path), "--proof", file).status == 0


def test_a_bit_changed_anywhere_in_a_proof_is_found(sqlite_database: Database, tmp_path: Path) -> None:
    anchor, file, key = signed(sqlite_database, tmp_path)
    whole, checker = file.read_bytes(), namespace()

    @settings(max_examples=100, deadline=None)
    @given(st.integers(0, len(whole) * 8 - 1))
    def flipped(bit: int) -> None:
        other = bytearray(whole)
        other[bit // 8] ^= 1 << bit % 8
        file.write_bytes(other)
        assert checker["main"](["--proof", str(file), "--key", key, "--digits", anchor.digits]) != 0

    flipped()


def test_another_key_did_not_sign(sqlite_database: Database, tmp_path: Path) -> None:
    _, file, _ = signed(sqlite_database, tmp_path)
    other = verifier_key(ORIGIN, proof.public_of(bytes(32)))

    said = verify("--proof", file, "--key", other)
    assert said.status == 1
    assert "没有这把公钥的签名" in said.text


def test_without_a_key_a_proof_is_given_unsigned(sqlite_database: Database, tmp_path: Path) -> None:
    month.live(sqlite_database)
    file = tmp_path / "4.tlog-proof"
    found = inclusion(sqlite_database, seed=None)
    file.write_text(found.text, "utf-8")

    assert not found.signed
    assert "没有签名" in verify("--proof", file).text
    assert verify(public.export(sqlite_database, tmp_path), "--proof", file).status == 0


def test_a_key_that_the_log_does_not_tell_of_signs_nothing(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    public.tell_key(sqlite_database)

    assert not inclusion(sqlite_database, seed=bytes(32)).signed
    assert inclusion(sqlite_database, seed=SEED).signed


def test_another_key_is_told_in_the_log_and_signs_from_then_on(sqlite_database: Database) -> None:
    month.live(sqlite_database)
    public.tell_key(sqlite_database)
    public.tell_key(sqlite_database)
    public.tell_key(sqlite_database, bytes(32))

    with sqlite_database.reading() as session:
        keys = proof.signing_keys(session, village=VILLAGE)
    assert [one.public for one in keys] == [proof.public_of(SEED), proof.public_of(bytes(32))]
    assert not inclusion(sqlite_database, seed=SEED).signed


def inclusion(database: Database, *, seed: bytes | None) -> proof.SealedText:
    """The proof of an entry."""
    with database.reading() as session:
        return proof.sealed_inclusion(session, village=VILLAGE, index=4, origin=ORIGIN, seed=seed)


def signed(database: Database, folder: Path) -> tuple[proof.Anchor, Path, str]:
    """A closed month's anchor, the signed proof of an entry in a file, and the key as a poster has it."""
    anchor = month.live(database).anchor
    public.tell_key(database)
    file = folder / "4.tlog-proof"
    file.write_text(inclusion(database, seed=SEED).text, "utf-8")
    return anchor, file, verifier_key(ORIGIN, proof.public_of(SEED))


def namespace() -> dict[str, object]:
    """verify.py's own functions, its sentences kept quiet."""
    names: dict[str, object] = {"__name__": "verify"}
    exec(compile(VERIFY.read_text("utf-8"), str(VERIFY), "exec"), names)
    names["print"] = lambda *_: None
    return names


def rewritten(lines: list[bytes]) -> bytes:
    """A one month's export with another amount in one entry, and every hash behind it made to fit."""
    header, entries, anchor = json.loads(lines[0]), lines[1:-1], json.loads(lines[-1])
    place = next(n for n, line in enumerate(entries) if b'"k":"award"' in line)
    entry = json.loads(entries[place])
    unit, amount = entry["p"][0]
    entry["p"][0] = [unit, amount + 100]
    entries[place] = canonical(entry)
    anchor["totals"]["award"][unit] += 100
    anchor["root"] = header["root"] = merkle.root([merkle.leaf_hash(line) for line in entries]).hex()
    return b"\n".join([json.dumps(header, sort_keys=True).encode(), *entries, canonical(anchor)]) + b"\n"
