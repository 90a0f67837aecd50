"""An official document keeps to its frame: measured on the page, not in the program."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from pointsbank.printing import Fonts, Official, PrintedTable, draw_official
from pointsbank.printing.outlines import drawn_points
from tests.printing.fontfile import made_font
from tests.printing.reading import page_count

POINT = 25.4 / 72
LONG = "村" * 28 * 40


def document(**more: object) -> Official:
    """A document with a long body and a table."""
    usual: dict[str, object] = {
        "issuer": "茶源村村民委员会",
        "number": "2026 号",
        "title": "关于报送工作情况的报告",
        "addressee": "乡镇人民政府：",
        "body": (LONG,),
        "signed_by": "茶源村村民委员会",
        "dated": "2026年10月8日",
        "seal": "盖章",
        "attachment": "附件",
        "tables": (PrintedTable("发放", "共9分。", ("月份", "分"), (2, 1), (1,), (("九月", "9"),)),),
    }
    return Official(**usual | more)  # type: ignore[arg-type]


def drawn(fonts: Fonts, one: Official, *, official: bool = True) -> bytes:
    """Its PDF."""
    out = BytesIO()
    texts = [*map(str, (one.issuer, one.number, one.title, one.addressee, one.signed_by))]
    texts += [one.dated, one.seal, one.attachment, *one.body, *one.signers, "发放共。月份分九—："]
    texts += [each.title for each in one.tables]
    with fonts.opened_official(texts) as case:
        draw_official(one, case, out, title="公文")
    return out.getvalue()


def lines_of(pdf: bytes, page: int) -> list[tuple[str, float, float, float]]:
    """Each line of a page: its text, left, right and bottom edge, in mm."""
    made = subprocess.run(
        ["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    ).stdout.decode()
    found = []
    for line in re.finditer(
        r"<line xMin=\"(.*?)\" yMin=\".*?\" xMax=\"(.*?)\" yMax=\"(.*?)\">(.*?)</line>", made, re.S
    ):
        words = "".join(re.findall(r">([^<]+)</word>", line[4]))
        found.append((words, *(float(line[place]) * POINT for place in (1, 2, 3))))
    return sorted(found, key=lambda one: one[3])


def test_a_page_has_22_lines_of_28_characters_in_its_field(fonts: Fonts):
    full = [one for one in lines_of(drawn(fonts, document()), 2) if set(one[0]) == {"村"}]

    assert {len(one[0]) for one in full} == {28}
    assert len(full) == 22
    assert all(abs(one[1] - 28) < 0.6 and abs(one[2] - 184) < 0.6 for one in full)
    steps = [below[3] - above[3] for above, below in pairwise(full)]
    assert all(abs(step - 225 / 22) < 0.05 for step in steps)
    assert full[0][3] - 225 / 22 < 37 + 2 and full[-1][3] < 262 + 1


def test_parts_stand_in_the_order_of_the_standard_and_the_date_at_the_right(fonts: Fonts):
    short = document(body=("情况如下。",))
    found = [one[0] for one in lines_of(drawn(fonts, short), 1)]
    order = [
        "茶源村村民委员会",
        "2026号",
        "关于报送工作情况的报告",
        "乡镇人民政府：",
        "情况如下。",
        "附件：发放",
    ]
    last = [one for one in lines_of(drawn(fonts, short), 1) if "10月8日" in one[0]]

    assert [one for one in found if one in order][:6] == [one for one in order if one in found]
    assert last[0][2] == pytest.approx(184 - 4 * 156 / 28, abs=1.5)


def test_page_numbers_stand_between_dashes_at_the_outer_foot(fonts: Fonts):
    pdf = drawn(fonts, document())
    feet = [lines_of(pdf, page)[-1] for page in (1, 2)]

    assert [one[0] for one in feet] == ["—1—", "—2—"]
    assert feet[0][1] > 105 > feet[1][2]
    assert all(262 < one[3] < 280 for one in feet)


def test_who_seals_never_seals_an_empty_page(fonts: Fonts):
    for lines in range(1, 30):
        pdf = drawn(fonts, document(body=("村" * 28 * lines,), tables=()))
        last = "".join(one[0] for one in lines_of(pdf, page_count(pdf)))
        assert "村村" in last.replace("茶源村村民委员会", "") or page_count(pdf) == 1


def test_no_line_begins_with_a_mark_that_closes_and_none_parts_a_number_from_its_unit(fonts: Fonts):
    words = "共1,149户，其中（见附件）12.5%没有扣分；“好”的，很好！2026年9月8日入账。" * 30
    pdf = drawn(fonts, document(body=(words,), tables=()))
    lines = [one for page in (1, 2) for one in lines_of(pdf, page) if 28 <= one[1] < 29 or one[1] < 41]

    assert len(lines) > 25
    assert not [one for one, *_ in lines if one[0] in "，。；！？）”%户年月日"]
    assert not [one for one, *_ in lines if one[-1] in "（“"]


def test_attachments_are_numbered_and_each_begins_a_page_of_its_own(fonts: Fonts):
    one = PrintedTable("发放", "共9分。", ("月份", "分"), (2, 1), (1,), (("九月", "9"),))
    long = "村" * 40
    pdf = drawn(fonts, document(body=("情况如下。",), tables=(one, replace(one, title=long))))
    both = [each for page in (1, 2) for each in lines_of(pdf, page)]
    listed = [each for each in both if each[0].startswith(("附件：", "2.", "村村"))]
    heads = [lines_of(pdf, page)[0] for page in (3, 4)]

    assert [each[0] for each in listed][:1] == ["附件：1.发放"]
    # The second name goes on below its own first character.
    assert listed[1][0].startswith("2.村") and set(listed[2][0]) == {"村"}
    assert listed[2][1] > listed[1][1] + 4
    assert [each[0] for each in heads] == ["附件1", "附件2"]
    assert [each[1] for each in heads] == pytest.approx([28, 28], abs=0.6)
    name = lines_of(pdf, 3)[1]
    assert name[0] == "发放" and (name[1] + name[2]) / 2 == pytest.approx(105, abs=1)
    assert name[3] == pytest.approx(37 + 3 * 225 / 22, abs=2)
    assert page_count(pdf) == 4


@pytest.mark.parametrize("people", [1, 16, 17, 33, 90])
def test_however_many_sign_each_has_a_line_within_the_field(fonts: Fonts, people: int):
    """More than fit below a text go on on a further page, and never is a page made without an end."""
    names = tuple(f"{number:03}村" for number in range(people))
    pdf = drawn(fonts, document(body=("村",), tables=(), signers=names, in_pairs=True))
    found = [one for page in range(1, page_count(pdf) + 1) for one in lines_of(pdf, page)]
    signing = [one for one in found if re.match(r"\d{3}村", one[0])]

    assert "".join(one[0] for one in sorted(signing)).count("村") == people
    assert all(one[1] >= 28 and one[3] < 262 + 1 for one in signing)


def test_a_face_of_the_village_s_own_draws_what_it_has(fonts: Fonts, tmp_path):
    own = fonts.files[1]
    named = Fonts(tmp_path / "faces", official=(own, None))

    assert b"NotoSansTC" in drawn(named, document(body=("村",)))
    assert b"NotoSansTC" not in drawn(fonts, document(body=("村",)))


def test_whose_names_a_face_lacks_is_said_by_name(tmp_path: Path):
    own = made_font(tmp_path / "own.ttf")
    named = Fonts(tmp_path, official=(own, None))
    drawn_by_it = chr(min(drawn_points(own) - set(range(0x80))))

    assert named.lacking_officially([drawn_by_it, "王䶮国"]) == {own: {"王䶮国": "王䶮国"}}
