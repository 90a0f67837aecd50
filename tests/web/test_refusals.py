"""The list of refusals: complete, readable by everybody who is signed in, linked where one is refused."""

import pytest

from pointsbank.errors import every_problem
from tests.builders import VILLAGE
from tests.web.browser import Browser, words
from tests.web.conftest import ROLES


@pytest.mark.parametrize("login", sorted(ROLES))
def test_everybody_signed_in_reads_every_refusal(browser: Browser, login: str) -> None:
    page = words(browser.sign_in(login).get("/refusals"))

    assert [problem.code for problem in every_problem() if f'id="{problem.code}"' not in page] == []
    assert "监督委员会</span>" in page


def test_nobody_reads_it_unknown(browser: Browser) -> None:
    assert browser.get("/refusals").status_code == 303


def test_a_refused_page_says_who_can_mend_it_and_leads_to_the_list(browser: Browser) -> None:
    refused = browser.sign_in("chen").get(f"/v/{VILLAGE}/staff")

    assert refused.status_code == 403
    assert "谁能处理：管理员" in words(refused) and 'href="/refusals"' in words(refused)
