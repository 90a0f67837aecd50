"""An evening of the committee by keyboard, its paper and its judges, and the days after, to the ledger.

Keys and clicks of each job are printed. What the sealed minutes say is held against the ledger.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page, expect

from pointsbank import duties, panels, proof, roster, scoring, villages
from pointsbank.duties import Runner
from pointsbank.points import parse, show
from tests.builders import HOUSEHOLDS, NOW, VILLAGE, Chayuan, hang_out
from tests.duties.together import site
from tests.score_sheets.scene import photo, pictures
from tests.web.test_in_chromium import chromium, clock, complaints, home, page, sign_in
from tests.web.test_meeting_grid_in_chromium import PASTE

__all__ = ["chromium", "clock", "complaints", "home", "page"]

pytestmark = pytest.mark.browser

STREET = [f"04{number:02}" for number in range(1, 41)]
SURNAMES, GIVEN = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜", "平安顺和青山秀兰明华春生桂香"
JUDGES = ("龙凤泉", "郝田发", "田大满", "石老三", "吴世昌")
AWAY = "彭春花"
DESK = f"/v/{VILLAGE}"


@dataclass
class Hands:
    """Whoever sits at the laptop: keys and clicks are counted by job."""

    page: Page
    home: str
    keys: Counter[str] = field(default_factory=Counter)
    clicks: Counter[str] = field(default_factory=Counter)
    job: str = ""

    def press(self, *keys: str) -> None:
        """Press these keys; a word is pressed letter by letter."""
        for key in keys:
            whole = len(key) > 1 and (key[0].isupper() or "+" in key)
            for one in [key] if whole else key:
                self.page.keyboard.press(one)
                self.keys[self.job] += 1

    def click(self, what: str | Locator) -> None:
        """Click once."""
        (self.page.locator(what).first if isinstance(what, str) else what).click()
        self.clicks[self.job] += 1

    def write(self, where: str, words: str) -> None:
        """Write words into a field: as many keys as they have letters."""
        self.page.fill(where, words)
        self.keys[self.job] += len(words)

    def said(self, words: str) -> None:
        """Wait until the page says so."""
        expect(self.page.locator(".alert-success")).to_contain_text(words)

    def report(self) -> None:
        """Print what each job took."""
        for job in dict.fromkeys([*self.keys, *self.clicks]):
            sys.stdout.write(f"{job}: {self.keys[job]} keys, {self.clicks[job]} clicks\n")


@pytest.fixture
def street(village: Chayuan) -> Chayuan:
    """Forty more households in a group of their own, names drawn by seed, and a panel of six."""
    dice = random.Random("street")
    for code in STREET:
        name = dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2))
        village.write(roster.add, code=code, name=name, group="三组", people=dice.randint(1, 6))
    made = village.write(panels.make_panel, kind="village", name="村评议小组", rule="trimmed").id
    for name in (*JUDGES, AWAY):
        own = {"龙凤泉": "0101"}.get(name, "")
        village.write(panels.add_member, panel_id=made, name=name, seat="worthy", household=own)
    village.write(panels.name_relative, panel_id=made, number=2, household="0102", relation="child")
    return village


@pytest.fixture
def hands(page: Page, home: str, street: Chayuan, complaints: list[str]) -> Iterator[Hands]:
    page.set_viewport_size({"width": 1366, "height": 768})
    sign_in(page, home, "li")
    found = Hands(page, home)
    yield found
    found.report()
    assert [one for one in complaints if "422" not in one] == []


def test_an_evening_and_the_days_after(
    hands: Hands,
    street: Chayuan,
    chromium: Browser,
    tmp_path: Path,
    clock: time_machine.Traveller,
) -> None:
    meeting = begin(hands)
    by_line(hands, street, meeting)
    by_grid_and_list(hands, street, meeting)
    by_paper(hands, street, meeting)
    by_judges(hands, street, meeting)
    minutes = close(hands, street, meeting)
    decide(hands, street, chromium, meeting)
    assert {street.balance(one).points for one in (street.wang, street.li)} == {0}
    pass_days(street, tmp_path, clock, 5)
    held_against_the_ledger(street, meeting, minutes)
    later = the_missing_deed(hands, street)
    street.write(hang_out, meeting=later, at=NOW + timedelta(days=5))
    pass_days(street, tmp_path, clock, 10)
    household = street.read(roster.by_code, code="0408")
    assert street.balance(household).points == parse("15")


def begin(hands: Hands) -> str:
    """Open the meeting with the panel that it proposes; one of the six is absent."""
    hands.job = "open, attendance"
    hands.page.goto(f"{hands.home}{DESK}")
    hands.click(".tabs a:text-is('评议')")
    assert hands.page.locator("#panel option:checked").inner_text() == "村评议小组"
    hands.click("button:text-is('开始评议')")
    hands.page.wait_for_url("**/meetings/*")
    hands.click("#people summary")
    hands.click(f"button[aria-label='{AWAY}缺席']")
    expect(hands.page.locator("#people summary")).to_contain_text("到场5人，缺席1人")
    return hands.page.url.rpartition("/")[2].partition("#")[0]


def entered(village: Chayuan, meeting: str) -> list[scoring.Score]:
    """What stands entered."""
    found = village.read(scoring.scores, meeting=meeting)
    return [one for one in found if one.status != "withdrawn"]


def by_line(hands: Hands, village: Chayuan, meeting: str) -> None:
    """Forty entries in one line; a recusal, a doubled deed, a cap and an undo among them."""
    page, said = hands.page, hands.page.locator("#line-said")
    chosen, label = page.locator("#entry-line .meant").first, page.locator("label[for=line]")
    hands.job = "first entry"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}")
    expect(page.locator("#line")).to_be_focused()
    hands.press("0101", "Enter")
    expect(chosen).to_contain_text("0101 王建国")
    hands.press("hj", "Enter")
    expect(said).to_contain_text("龙凤泉已回避")
    expect(said).to_contain_text("录入后计+5分")
    hands.press("Enter")
    expect(said).to_contain_text("已录入1条：0101")

    hands.job = "forty entries, the same item"
    for code in STREET:
        hands.press(code.lstrip("0"), "Enter")
        expect(chosen).to_contain_text(code)
        hands.press("Enter")
        expect(said).to_contain_text(f"已录入1条：{code}")
    assert len(entered(village, meeting)) == 41
    assert hands.keys["first entry"] <= 9 and hands.keys[hands.job] <= 5 * len(STREET)

    hands.job = "a doubled deed"
    hands.press("0401", "Enter")
    expect(said).to_contain_text("已经记过（第2条）")
    hands.press("Enter")
    expect(label).to_have_text("哪一户")
    assert len(entered(village, meeting)) == 41

    hands.job = "a deed under its cap"
    for day, counts in ((20, 5), (21, 5), (22, 2)):
        page.fill("#line-day", f"2026-08-{day}")
        page.focus("#line")
        hands.press("0402", "Enter")
        expect(said).to_contain_text(f"录入后计+{counts}分")
        hands.press("Enter")
        expect(said).to_contain_text("已录入1条：0402")
    page.fill("#line-day", "2026-09-01")
    page.focus("#line")

    hands.job = "a quantity"
    hands.press("0403", "Enter")
    expect(chosen).to_contain_text("0403")
    hands.press("zy", "Enter")
    expect(label).to_have_text("数量（小时）")
    hands.press("3", "Enter")
    expect(said).to_contain_text("已录入1条：0403")

    hands.job = "undo"
    hands.press("0404", "Enter")
    expect(chosen).to_contain_text("0404")
    hands.press("2", "Enter")
    expect(said).to_contain_text("已录入1条：0404")
    # At once: the lines on the page still end with the one before.
    hands.press("Control+z")
    expect(page.locator("#entry-lines li").first).to_contain_text("已撤回")
    assert len(entered(village, meeting)) == 45


def by_grid_and_list(hands: Hands, village: Chayuan, meeting: str) -> None:
    """A block from Excel into the grid, and a list of names from the group chat."""
    page = hands.page
    hands.job = "grid, pasted"
    group = village.read(villages.group_by_name, name="三组").id
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}/grid?group={group}&item=助邻&item=志愿")
    first = page.locator("tr[data-code='0405'] input").first
    block = "户号\t邻里帮扶\t志愿服务\n0405\t√\t\n0406\t\t2\n0407\t√\t1.5\n"
    page.evaluate(PASTE, [first.element_handle(), block])
    expect(page.locator("[data-part=said]")).to_contain_text("粘贴了4格")
    first.focus()
    hands.press("Control+Enter")
    expect(page.get_by_role("button", name="录入4条")).to_be_focused()
    hands.press("Enter")
    hands.said("已录入4条。")

    hands.job = "names from the group chat"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}")
    names = [one.name for one in village.read(roster.by_codes, codes=STREET[8:14]).values()]
    page.click("#entry summary")
    page.fill("#codes", "\n".join(f"{place}. {code}" for place, code in enumerate(STREET[8:14], 1)))
    page.fill("#item", "助邻")
    hands.click("#entry button:text-is('录入')")
    hands.said(f"已录入{len(names)}条")
    assert len(entered(village, meeting)) == 55


def by_paper(hands: Hands, village: Chayuan, meeting: str) -> None:
    """A sheet is printed, ticked by hand, photographed from the side and read back."""
    page = hands.page
    hands.job = "paper: print, photograph, confirm"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}/sheets")
    page.select_option("#group", label="二组")
    for box in page.locator("input[name=item]").all():
        box.set_checked(box.get_attribute("value") == "助邻")
    with page.expect_download() as printed:
        hands.click("button:text-is('制作并下载')")
    [sheet] = pictures(Path(printed.value.path()).read_bytes())
    taken = photo(sheet, ticks={(0, 0), (2, 0)}, turned=1)
    page.set_input_files("#photos", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": taken})
    hands.click("button:text-is('上传并读取')")
    expect(page.locator("#outcomes")).to_contain_text("读出2个勾，每一格都清楚")
    hands.click("a:text-is('去核对')")
    hands.click(page.get_by_role("button", name="录入2条"))
    expect(page.locator(".tag-green")).to_have_text("已录入2条")
    assert len(entered(village, meeting)) == 57


def by_judges(hands: Hands, village: Chayuan, meeting: str) -> None:
    """Five judges mark one courtyard in turn at the same keyboard; nobody sees what the others gave."""
    page = hands.page
    hands.job = "a judged item by five"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}/marks")
    page.fill("#codes", "0302")
    page.select_option("#item", "庭院")
    hands.click("button:text-is('提交打分')")
    hands.said("已提交1件打分")
    for judge, mark in zip(JUDGES, ("10", "7", "8", "9", "5"), strict=True):
        hands.click(f"a[aria-label='{judge}在这里打']")
        page.locator("input[name^=mark-]").first.focus()
        assert page.locator("input[name^=mark-]").first.input_value() == ""
        hands.press(mark, "Enter")
        hands.said("1件打分")
        page.goto(f"{hands.home}{DESK}/meetings/{meeting}/marks")
    expect(page.locator("main")).to_contain_text("5至10分")
    hands.click("button:text-is('计入评分')")
    assert [show(one.counted_points) for one in entered(village, meeting) if one.item_code == "庭院"] == ["8"]


def close(hands: Hands, village: Chayuan, meeting: str) -> str:
    """Read the summary aloud, seal the minutes, and return them as their paper has them."""
    page = hands.page
    hands.job = "summary, close"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}")
    hands.click("button:text-is('核对并结束评议')")
    scores = entered(village, meeting)
    people = len({one.participant_id for one in scores})
    expect(page.locator(".receipt").first).to_contain_text(f"{len(scores)}条，{people}户")
    expect(page.locator(".receipt").first).to_contain_text(f"+{show(total(scores))}")
    hands.write("#minutes", "逐户评议，没有不同意见。")
    hands.click("#sure")
    hands.click("button:text-is('结束并公示')")
    hands.said("结束")
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}")
    with page.expect_download() as printed:
        page.click("a:text-is('打印会议记录')")
    document = pypdfium2.PdfDocument(Path(printed.value.path()).read_bytes())
    text = "".join(one.get_textpage().get_text_range() for one in document)
    document.close()
    return re.sub(r"\s", "", text)


def total(scores: list[scoring.Score]) -> int:
    """What scores count together, in hundredths."""
    return sum(one.counted_points for one in scores)


def of(village: Chayuan, meeting: str, code: str, item: str) -> scoring.Score:
    """One score of the meeting."""
    return next(one for one in entered(village, meeting) if (one.code, one.item_code) == (code, item))


def decide(hands: Hands, village: Chayuan, chromium: Browser, meeting: str) -> None:
    """Hang the notice; three objections are raised, and answered by somebody else."""
    page = hands.page
    hands.job = "hang the notice"
    page.goto(f"{hands.home}{DESK}/meetings/{meeting}")
    hands.click("a:text-is('查看公示')")
    page.fill("#place", "村务公开栏")
    hands.click("button:text-is('已张贴')")
    said = {("0403", "志愿"): "只做了两小时", ("0405", "清扫"): "没有来", ("0408", "清扫"): "还帮了邻居"}
    hands.job = "three objections"
    for (code, item), reason in said.items():
        page.goto(f"{hands.home}{DESK}/scores/{of(village, meeting, code, item).id}")
        page.fill("#raised_by", "匿名")
        page.fill("#reason", reason)
        hands.click("button:text-is('登记')")
        hands.said("异议已登记")

    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    other = Hands(context.new_page(), hands.home, job="three answers")
    sign_in(other.page, hands.home, "zhao")
    answers = {
        ("0403", "志愿"): ("changed", {"#quantity": "2"}),
        ("0405", "清扫"): ("rejected", {}),
        ("0408", "清扫"): ("missing", {"#participant": "0408", "#item": "助邻"}),
    }
    for (code, item), (verdict, filled) in answers.items():
        other.page.goto(f"{hands.home}{DESK}/scores/{of(village, meeting, code, item).id}")
        other.click(f"#{verdict}")
        if filled:
            other.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        for where, words in filled.items():
            other.page.fill(where, words)
        other.page.fill("#reason", "核实过")
        other.click("button:text-is('看看会怎样')")
        other.click("button:text-is('答复')")
        other.said("答复")
    other.report()
    context.close()


def pass_days(village: Chayuan, folder: Path, clock: time_machine.Traveller, days: int) -> None:
    """Let days go by; what is due is done by itself."""
    at = NOW + timedelta(days=days)
    clock.move_to(at)
    Runner(site(village.database.url, folder), now=lambda: at, duties=[duties.find("settling")]).run_due()


def held_against_the_ledger(village: Chayuan, meeting: str, minutes: str) -> None:
    """Every household has what the minutes gave it, but for the one that was put right."""
    scores = village.read(scoring.scores, meeting=meeting)
    posted = [one for one in scores if one.status == "posted"]
    sealed = re.search(r"共(\d+)条，(\d+)户；加([\d.]+)分，减0分", minutes)
    assert sealed is not None, minutes
    assert (int(sealed[1]), show(total(posted))) == (len(posted), show(parse(sealed[3]) - 200))
    by_household: Counter[str] = Counter()
    for one in posted:
        by_household[one.code] += one.counted_points
    found = village.read(roster.by_codes, codes=[code for code, _, _, _ in HOUSEHOLDS.values()] + STREET)
    balances = {code: village.balance(person).points for code, person in found.items()}
    assert {code: points for code, points in balances.items() if points} == dict(by_household)
    assert by_household["0403"] == parse("9") and by_household["0402"] == parse("17")
    assert proof.verify(village.database, village=VILLAGE).holds


def the_missing_deed(hands: Hands, village: Chayuan) -> str:
    """Enter the deed that was missing at the next meeting, where it waits."""
    hands.job = "the missing deed"
    sign_in(hands.page, hands.home, "li")
    hands.page.goto(f"{hands.home}{DESK}/meetings")
    hands.click("button:text-is('开始评议')")
    hands.page.wait_for_url("**/meetings/*")
    hands.click("button[aria-label$='的邻里帮扶']:text-is('补记')")
    hands.said("补记")
    meeting = hands.page.url.rpartition("/")[2].partition("#")[0]
    assert [(one.code, one.item_code) for one in entered(village, meeting)] == [("0408", "助邻")]
    return meeting
