"""docs/law.md says what the rules and the corpus say."""

from tests.law.page import PAGE, law_page


def test_the_page_is_what_the_rules_declare(write: bool):
    now = law_page()
    if write:
        PAGE.write_text(now, encoding="utf-8")

    assert PAGE.read_text("utf-8") == now, "run pytest tests/law/test_page.py --write"
