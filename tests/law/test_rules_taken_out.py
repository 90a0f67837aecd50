"""Without one rule, or one part of it, a text of the corpus would hang, or one that may hang would not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pointsbank import governing, law, publicity, roster
from pointsbank.boards import deciding, facts
from pointsbank.law import Use, clearing
from pointsbank.law.folding import fold
from pointsbank.law.rules import Rule
from pointsbank.roster import lawful_names
from pointsbank.scoring import lawful
from pointsbank.scoring.opening import checked_title
from pointsbank.scoring.scheme import adopt_scheme
from tests.boards import test_lawful_facts
from tests.law.corpus import EVERYDAY, MAY, MUST_NOT, ROUNDABOUT
from tests.law.test_rules import RULES, each
from tests.missed_rules import TakenOut, check
from tests.publicity import test_nobody_named, test_unpublished
from tests.roster import test_lawful_names
from tests.scoring import test_lawful


@pytest.fixture
def forgetful() -> Iterator[None]:
    """What was read by other rules is forgotten before and after."""
    clearing._findings.cache_clear()
    yield
    clearing._findings.cache_clear()


@each
@pytest.mark.usefixtures("forgetful")
def test_without_a_rule_some_of_its_texts_would_hang(rule: Rule, monkeypatch: pytest.MonkeyPatch):
    texts = [(row["text"], Use(row["use"])) for row in MUST_NOT if row["rule"] == rule.code]
    assert not [text for text, use in texts if not law.findings(text, use)]
    clearing._findings.cache_clear()
    others = [replace(kind, rules=tuple(one for one in kind.rules if one is not rule)) for kind in law.KINDS]
    monkeypatch.setattr(clearing, "KINDS", others)

    hanging = [text for text, use in texts if not law.findings(text, use)]

    assert hanging


PARTS = [
    (rule, part)
    for rule in RULES.values()
    for part in ("roundabout", "pinyin", "digits", "unless", "deeds")
    if getattr(rule, part)
]
NONE = {"roundabout": (), "pinyin": (), "digits": False, "unless": "", "deeds": ()}


@pytest.mark.parametrize(("rule", "part"), PARTS, ids=[f"{rule.code}, {part}" for rule, part in PARTS])
def test_without_a_part_of_a_rule_a_text_is_judged_otherwise(rule: Rule, part: str):
    without = replace(rule, **{part: NONE[part]})
    own = [(text, use) for use, text in (*rule.stops, *rule.passes)]
    texts = own + [(row["text"], Use(row["use"])) for row in (*MAY, *MUST_NOT, *ROUNDABOUT, *EVERYDAY)]

    otherwise = [
        text
        for text, use in texts
        if bool(list(rule.matches(fold(text), use))) != bool(list(without.matches(fold(text), use)))
    ]

    assert otherwise


_ITEM = test_lawful.test_category_evidence_and_whom_it_is_for_are_read_too
_WORDS = test_lawful_facts.test_neither_fact_nor_rule_holds_what_the_law_keeps_private
ASKED = [
    TakenOut(
        adopt_scheme,
        'law.check(resolution, Use.HEADING, field="决议", people=people, at=("resolution",))',
        "None",
        test_lawful.test_a_resolution_hangs_and_is_read,
    ),
    TakenOut(
        checked_title,
        'law.check(titled, Use.HEADING, field="会议名称", people=people, at=("title",))',
        "None",
        test_lawful.test_a_meeting_s_title_hangs_and_is_read,
        {"title": "低保户评议会"},
    ),
    TakenOut(
        deciding.take_down,
        'law.check(tidy, Use.FACT, field="原因", people=people, at=("reason",))',
        "None",
        test_lawful_facts.test_why_a_listing_came_down_is_read_too,
    ),
    TakenOut(
        deciding._check_process,
        'law.check(row.fact, Use.FACT, field="事实说明", people=people)',
        "None",
        test_lawful_facts.test_words_from_before_their_rule_do_not_go_up,
    ),
    TakenOut(
        facts._neutral,
        "law.clear(tidy, Use.FACT, field=field, people=people, at=at)",
        "tidy",
        _WORDS,
        {"words": "该户为低保户"},
    ),
    TakenOut(
        facts._neutral,
        "law.names(tidy, about.name)",
        "False",
        test_lawful_facts.test_a_fact_names_the_household_in_no_way,
        {"words": "姓王的一户占道"},
    ),
    TakenOut(
        facts.rule_in_words,
        "scoring.is_publishable(item)",
        "True",
        test_unpublished.test_no_listing_rests_on_it,
    ),
    TakenOut(
        governing.make_group,
        "roster.check_group_name(tidy, named_people(session, village=village))",
        "None",
        test_lawful_names.test_a_group_is_made_under_no_name_that_tells_of_its_people,
    ),
    TakenOut(
        governing.rename_group,
        "roster.check_group_name(tidy, named_people(session, village=village))",
        "None",
        test_lawful_names.test_nor_renamed_to_one,
    ),
    TakenOut(
        roster.add,
        'check_participant_name(columns["name"], kind, named)',
        "None",
        test_lawful_names.test_a_team_is_added_under_none,
    ),
    TakenOut(
        roster.add,
        "check_group_name(group, named)",
        "None",
        test_lawful_names.test_nor_a_household_with_a_new_group_of_that_name,
    ),
    TakenOut(
        roster.import_roster,
        "name_problems(parsed.rows, groups=groups, known=known, people=people)",
        "[]",
        test_lawful_names.test_a_file_with_such_a_name_is_refused_row_by_row,
    ),
    TakenOut(
        publicity.public_groups,
        "law.replace_unlawful(one.name, Use.GROUP, instead=number, people=people)",
        "one.name",
        test_lawful_names.test_names_from_before_stand_as_a_number_and_are_named_to_the_staff,
    ),
    *(
        TakenOut(
            function,
            rule,
            instead,
            test_nobody_named.test_no_door_takes_a_text_that_names_a_villager,
            {"door": door},
        )
        for function, rule, instead, door in (
            (
                adopt_scheme,
                'law.check(resolution, Use.HEADING, field="决议", people=people, at=("resolution",))',
                "None",
                "a resolution",
            ),
            (
                checked_title,
                'law.check(titled, Use.HEADING, field="会议名称", people=people, at=("title",))',
                "None",
                "a meeting's title",
            ),
            (lawful.check_items, "_refuse_names(item, people)", "None", "an item"),
            (lawful_names.check_group_name, "people", "law.NOBODY", "a new group"),
            (lawful_names.check_participant_name, "people", "law.NOBODY", "a team"),
        )
    ),
    TakenOut(
        facts._neutral,
        "people",
        "law.NOBODY",
        test_nobody_named.test_nor_does_the_black_board,
    ),
    TakenOut(
        publicity.noticeboard._is_lawful,
        "people.named_in(one)",
        "False",
        test_nobody_named.test_who_comes_later_takes_down_what_names_them,
    ),
    TakenOut(
        publicity.masking.public_name,
        "people.named_in(participant.name)",
        "False",
        test_nobody_named.test_a_notice_from_before_names_nobody,
    ),
    *(
        TakenOut(lawful.item_findings, part, instead, _ITEM, {"row": row})
        for part, instead, row in (
            ("item.evidence", '""', "B1,遵纪守法,车辆乱停,扣分,5,派出所处理记录,\n"),
            ("item.category", '""', "B1,违法犯罪,车辆乱停,扣分,5,照片,\n"),
            ("item.applies_to", '""', "B1,环境卫生,门前整洁,加分,5,照片,低保户\n"),
        )
    ),
    TakenOut(
        lawful.check_items,
        "[item for code, item in private.items() if code not in unpublished]",
        "[]",
        test_lawful.test_an_item_that_the_law_keeps_private_is_refused_with_rule_and_other_words,
    ),
]


@pytest.mark.parametrize("rule", ASKED, ids=str)
def test_a_text_that_nobody_asks_about_would_be_shown(rule: TakenOut, request: pytest.FixtureRequest):
    check(rule, request)
