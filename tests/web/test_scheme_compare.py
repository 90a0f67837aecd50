"""Two versions side by side on their page: what changed in words, how many did not, files and paper."""

import pytest
from sqlmodel import Session

from pointsbank import scoring
from tests.builders import VILLAGE, Chayuan
from tests.scoring.panel import AUGUST, SCHEME, hold, scheme_table
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
PAGE = f"{HOME}/scheme/compare"
WHAT_IF = f"{HOME}/scheme/what-if"


@pytest.fixture
def drafted(village: Chayuan) -> Chayuan:
    """The village, with a draft: sweeping counts more, neighbours' help is gone, reading is new."""
    rows = {code: row for code, row in SCHEME.items() if code != "助邻"}
    rows["清扫"] = {**SCHEME["清扫"], "分值": "6", "上限": "18"}
    rows["读书"] = {"条目": "参加读书会", "方向": "加分", "分值": "1"}

    def draft(session: Session, **who: object) -> None:
        scoring.import_scheme(session, table=scheme_table(rows), **who)  # type: ignore[arg-type]

    village.write(draft)
    return village


def test_the_draft_is_held_against_the_rules_in_force_in_words(browser: Browser, drafted: Chayuan) -> None:
    page = words(browser.sign_in("chen").get(PAGE))

    assert "第1版（2026年1月1日起） → 第2版（草案）" in page
    assert "分值：5 → 6；上限：12 → 18" in page
    assert "+5，每月最多12分" in page and "+6，每月最多18分" in page
    assert all(f"{state} {count}条" in page for state, count in (("新增", 1), ("取消", 1), ("改动", 1)))
    assert f"没有改动 {len(SCHEME) - 2}条" in page


def test_what_was_chosen_holds_for_the_filters_and_the_file(browser: Browser, drafted: Chayuan) -> None:
    li = browser.sign_in("li")
    asked = f"{PAGE}?before=2&after=1&state=added"

    page = words(li.get(asked))

    assert "邻里帮扶" in page and "参加读书会" not in page
    assert li.get(f"{asked}&format=xlsx").data.startswith(b"PK")
    assert f"没有改动 {len(SCHEME)}条" in words(li.get(f"{PAGE}?before=1&after=1"))


def test_with_one_version_it_says_that_there_is_nothing_to_compare(browser: Browser) -> None:
    assert "只有一版细则，没有可以对照的" in words(browser.sign_in("li").get(PAGE))


def test_a_version_that_is_not_there_shows_the_usual_two(browser: Browser, drafted: Chayuan) -> None:
    browser.sign_in("li")

    for version in ("9", "x", "-1", "２", "%00"):
        answer = browser.get(f"{PAGE}?before={version}&after={version}")
        assert answer.status_code == 200
        assert "第1版（2026年1月1日起） → 第2版（草案）" in words(answer)


@pytest.fixture
def scored(drafted: Chayuan) -> Chayuan:
    """Two sweepings and one help in August, held against the draft in September."""
    rows = [scoring.ScoreRow(*row, AUGUST) for row in (("0101", "清扫"), ("0201", "清扫"), ("0302", "助邻"))]
    drafted.write(scoring.enter_scores, meeting=hold(drafted).id, rows=rows)
    return drafted


def test_what_the_draft_would_have_changed_last_month(browser: Browser, scored: Chayuan) -> None:
    li = browser.sign_in("li")

    page = words(li.get(WHAT_IF))

    assert "2026年8月的评分，照第2版（草案）重算" in page
    assert "3条评分当时计20分，照这一版会计12分，相差-8分；3户会有变化" in page.replace("−", "-")
    assert "有1条照这一版不能算" in page and "这一版没有这个条目" in page
    assert f"{HOME}/lists/household_effects?month=2026-08" in li.get(WHAT_IF).get_data(as_text=True)
    every = words(li.get(f"{HOME}/lists/household_effects?month=2026-08&after=2"))
    assert "共3条" in every
    assert li.get(f"{WHAT_IF}?format=xlsx").data.startswith(b"PK")


def test_where_last_month_has_no_scores_another_can_be_chosen(browser: Browser, drafted: Chayuan) -> None:
    page = browser.sign_in("li").get(WHAT_IF).get_data(as_text=True)

    assert "这个月没有评分" in page and 'name="month"' in page


def test_a_month_without_scores_and_a_month_that_is_none_are_said(browser: Browser, scored: Chayuan) -> None:
    li = browser.sign_in("li")

    assert "2026年7月" in words(li.get(f"{WHAT_IF}?month=2026-07"))
    for month in ("2026-13", "昨天", "%00"):
        answer = li.get(f"{WHAT_IF}?month={month}")
        assert answer.status_code == 422 and "月份" in words(answer)


def test_who_sells_may_compare_and_not_see_whose_points_would_change(
    browser: Browser, scored: Chayuan
) -> None:
    chen = browser.sign_in("chen")

    assert chen.get(PAGE).status_code == 200 and "what-if" not in words(chen.get(PAGE))
    for address in (WHAT_IF, f"{HOME}/lists/item_effects", f"{HOME}/lists/household_effects"):
        assert chen.get(address).status_code == 403
