"""The public board: what a passer-by finds who signs in nowhere."""

from tests.web.browser import Browser, words


def test_who_is_not_signed_in_finds_the_board_at_the_front(browser: Browser):
    page = browser.get("/")

    assert page.status_code == 200
    assert "<h1>村务公开栏</h1>" in words(page)
    assert "有异议怎么办" in words(page)


def test_a_page_of_the_board_sets_no_cookie(browser: Browser):
    page = browser.get("/open/chayuan")

    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


def test_who_is_signed_in_finds_the_village_at_the_front_and_a_way_to_the_board(browser: Browser):
    home = browser.sign_in("li").get("/", follow_redirects=True)

    assert home.request.path == "/v/chayuan"
    assert 'href="/open/chayuan">公开栏</a>' in words(home)


def test_no_village_of_that_name_has_a_board(browser: Browser):
    assert browser.get("/open/nowhere").status_code == 404


def test_letters_grow_from_the_board_without_a_token(browser: Browser):
    sent = browser.client.post(
        "/look/size", data={"large": "1"}, headers={"Referer": "http://x/open/chayuan"}
    )

    assert sent.headers["Location"] == "/open/chayuan"
    assert 'class="large"' in words(browser.get("/open/chayuan"))
