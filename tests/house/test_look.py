"""Pages look as docs/look.md says: only its classes and tokens, and colours that can be read."""

import re

from pointsbank.web import icons, pages, palette, ways_out
from tests.house.classes import GUIDE, declared_in, named, theme, used, used_in
from tests.house.templates import sources

SPECIAL_PLACES = "## Parts of one page"
"""From here on the guide names what stands on one page alone and is not shown on /look."""


def test_pages_use_only_classes_that_the_theme_declares() -> None:
    strange = {place: sorted(names - declared_in(theme())) for place, names in used().items()}

    assert {place: names for place, names in strange.items() if names} == {}


def test_the_guide_names_every_class_and_no_other() -> None:
    assert named() ^ declared_in(theme()) == set()


def test_no_class_is_left_over() -> None:
    assert declared_in(theme()) - set().union(*used().values()) == set()


def test_the_living_page_shows_every_part_that_pages_share() -> None:
    shared = set(re.findall(r"`\.([a-z][\w-]*)`", GUIDE.read_text("utf-8").partition(SPECIAL_PLACES)[0]))
    shown = set().union(
        *(used_in(sources()[name]) for name in ("look.html", "base.html", "form.html", "parts.html"))
    )

    assert shared - shown - used()["pointsbank/web/icons.py"] == set()


def test_every_token_is_declared_named_and_used() -> None:
    asked = set(re.findall(r"var\((--(?!bs-)[a-z0-9-]+)", theme()))
    declared = set(re.findall(r"^ +(--(?!bs-)[a-z0-9-]+):", theme(), re.MULTILINE))

    assert asked ^ declared == set()
    tokens = GUIDE.read_text("utf-8").partition("## Tokens")[2].partition("## ")[0]
    assert declared == {f"--{name}" for name in re.findall(r"`([a-z0-9-]+)`", tokens)}


def test_words_can_be_read_on_their_ground() -> None:
    pale = [pair for pair in palette.PAIRS if pair.contrast < palette.MINIMUM]

    assert pale == []
    assert palette.contrast("#8a8a8a", "#ffffff") < palette.MINIMUM


def test_whoever_asks_for_more_contrast_has_seven_to_one() -> None:
    colours = palette.stronger()

    assert colours["ink"] != palette.colours()["ink"]
    assert [
        one
        for one in palette.PAIRS
        if palette.contrast(colours[one.words], colours[one.ground]) < palette.ENHANCED
    ] == []


def test_red_is_the_seals_alone() -> None:
    """Links, numbers below nothing, mistakes and dangers have colours and shapes of their own."""
    red = {
        name
        for selector, rule in re.findall(r"([^{}]+){([^{}]*)}", theme())
        if "var(--brand" in rule
        for name in declared_in(selector + "{}")
    }

    assert (
        red & {"minus", "btn-outline-danger", "btn-outline-primary", "mistakes", "refused", "tag-due"}
        == set()
    )
    assert palette.colours()["link"] != palette.colours()["brand"] != palette.colours()["minus"]


def test_every_tab_has_a_drawing() -> None:
    tabs = [tab for page in pages.declared() for tab in page.tabs]

    assert {tab.icon for tab in tabs} <= icons.ICONS.keys()
    assert len({tab.icon for tab in tabs}) == len(tabs)


def test_where_refusals_lead_is_a_tab() -> None:
    tabs = {tab.endpoint for page in pages.declared() for tab in page.tabs}

    assert set(ways_out.WHERE.values()) <= tabs


def test_a_class_that_nobody_declared_would_be_found() -> None:
    page = """<p class="sheet{{ ' folded' if one.status == 'open' else ' tag-{}' }}
        {% if x == 'y' %} late{% endif %}">
        <b class="tag {{ {'waiting': 'tag-gold'}.get(one.status, '') }}">"""

    assert used_in(page) == {"sheet", "folded", "tag-{}", "late", "tag", "tag-gold"}
    assert declared_in(".a .b-c > .d:not(.e) { color: red; } /* .f */") == {"a", "b-c", "d", "e"}
