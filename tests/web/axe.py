"""axe-core over kept pages: each is served at its address with its own policy, as its reader got it."""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from PIL import Image
from playwright.sync_api import ConsoleMessage, Page

from tests.web.every_page import Pages

ASKED = (
    "target-size",
    "focus-order-semantics",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
)
"""Rules that axe-core leaves out by itself; the others, of all levels and of good practice, always run."""
LEAST, ENHANCED = 4.5, 7.0
"""The contrast of words of any size on their ground; where the device asks for more."""

_OPEN = """large => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  document.documentElement.classList.toggle("large", large);
}"""
_RUN = """async (rules) => {
  const run = await axe.run(document, { resultTypes: ["violations", "incomplete"], rules, preload: false });
  const each = (list) => list.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id, level: rule.impact, at: node.target.join(" "), html: node.html.slice(0, 160),
  })));
  return { violations: each(run.violations), incomplete: each(run.incomplete) };
}"""
# The page's policy binds its own scripts, not what is evaluated from outside. What it refuses is heard.
_TELL = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"""
# Words and what is drawn before and after them become clear, so that what lies behind them is seen.
_CLEAR = """(element) => {
  const style = getComputedStyle(element);
  let opacity = 1;
  for (let one = element; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
  const colour = style.color;
  element.style.setProperty("transition", "none");
  for (const one of [element, ...element.querySelectorAll("*")]) {
    one.style.setProperty("color", "transparent", "important");
  }
  return [colour, opacity];
}"""


# The middle of an element, its edges left out; in the middle of the screen no column that stays lies over it.
# What a page's own scripts do upon scrolling is drawn by the second frame.
_PLACE = """async (element) => {
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  const box = element.getBoundingClientRect();
  const sides = [box.left + 3, box.top + 3, box.right - 3, box.bottom - 3];
  const [left, top, right, bottom] = sides.map(Math.round);
  return [left, top, Math.max(left + 1, right), Math.max(top + 1, bottom)];
}"""


class View(NamedTuple):
    """How a page is looked at: as wide as what, in which letters."""

    width: int
    large: bool

    def __str__(self) -> str:
        """Return “360 px, large”."""
        return f"{self.width} px{', large' if self.large else ''}"


QUICK = (View(360, large=True), View(1366, large=False))
EVERY = tuple(View(width, large=large) for width in (360, 390, 1366, 1920) for large in (False, True))


class Kept:
    """The site with the pages that were kept: `?kept=7` at its own address is the eighth."""

    def __init__(self, pages: Pages) -> None:
        """Serve these pages, and all else as the site does."""
        self.pages = pages
        self.names = list(pages.found)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        asked = re.search(r"(?:^|&)kept=(\d+)", environ.get("QUERY_STRING", ""))
        if asked is None:
            return self.pages.app(environ, start)
        name = self.names[int(asked[1])]
        start("200 OK", list(self.pages.headers[name].items()))
        return [self.pages.found[name].encode()]

    def address(self, number: int) -> str:
        """Return where a page is."""
        path = self.names[number].split()[-2].partition("?")[0]
        return f"{path}?kept={number}"


class Inspector:
    """One page of a browser in which others are opened and judged."""

    def __init__(self, page: Page) -> None:
        """Listen to what the browser says, and to whom it speaks."""
        self.page = page
        self.said: list[str] = []
        page.add_init_script(_TELL)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(f"error of a script: {error}"))
        page.on("request", lambda request: self._leave(request.url))

    def judge(self, address: str, views: Iterable[View]) -> Iterator[tuple[View, str]]:
        """Open a page and yield each fault in each view; what the browser says counts once."""
        self.said.clear()
        self.page.goto(address)
        self.page.evaluate(AXE_SCRIPT)
        for view in views:
            self.page.set_viewport_size({"width": view.width, "height": 800})
            self.page.evaluate(_OPEN, view.large)
            for fault in self.faults():
                yield view, fault
        for word in dict.fromkeys(self.said):
            yield view, word

    def faults(self, also: Sequence[str] = ASKED, least: float = LEAST) -> Iterator[str]:
        """Yield what axe-core finds as the page stands, and what it leaves to others and is wrong.

        Args:
            also: rules that axe-core leaves out by itself.
            least: the contrast of words at least.
        """
        found = self.page.evaluate(_RUN, {rule: {"enabled": True} for rule in also})
        for one in found["violations"]:
            yield f"{one['rule']} ({one['level']}): {one['at']} {one['html']}"
        doubtful = [one for one in found["incomplete"] if one["rule"].startswith("color-contrast")]
        for one in found["incomplete"]:
            if one not in doubtful:
                yield f"not judged, {one['rule']} ({one['level']}): {one['at']} {one['html']}"
        if doubtful:
            yield from self._seen_on_their_ground(doubtful, least)

    def in_the_sun(self) -> list[str]:
        """Return the faults of the page as it stands, on a device that asks for more contrast."""
        self.page.emulate_media(contrast="more")
        try:
            return list(self.faults(["color-contrast-enhanced"], ENHANCED))
        finally:
            self.page.emulate_media(contrast="no-preference")

    def _seen_on_their_ground(self, doubtful: list[dict[str, str]], least: float) -> Iterator[str]:
        """Judge words whose ground axe-core cannot tell by the pixels behind them, the nearest one counts."""
        for one in doubtful:
            element = self.page.query_selector(one["at"])
            assert element is not None, one
            colour, opacity = element.evaluate(_CLEAR)
            box = element.evaluate(_PLACE)
            screen = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            lowest = min(contrast(colour, opacity, ground) for ground in _colours(screen.crop(box)))
            if lowest < least:
                yield f"contrast {lowest:.2f}, seen: {one['at']} {one['html']}"
        self.page.reload()
        self.page.evaluate(AXE_SCRIPT)

    def _hear(self, message: ConsoleMessage) -> None:
        """Keep an error that the browser writes down."""
        if message.type == "error":
            self.said.append(f"console: {message.text} {message.location.get('url', '')}")

    def _leave(self, url: str) -> None:
        """Keep a request that goes to another host."""
        if urlsplit(url).hostname not in ("village.test", None):
            self.said.append(f"leaves the host: {url}")


def contrast(colour: str, opacity: float, ground: tuple[int, ...]) -> float:
    """Return the contrast of words of a colour, as browsers write it, on a ground, as WCAG has it."""
    red, green, blue, *alpha = (float(part) for part in re.findall(r"[\d.]+", colour))
    share = opacity * (alpha[0] if alpha else 1)
    words = [
        part * share + below * (1 - share) for part, below in zip((red, green, blue), ground, strict=True)
    ]
    dark, light = sorted((_luminance(words), _luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Iterable[float]) -> float:
    """Return how light a colour is, from 0 to 1."""
    linear = (
        (part / 255 / 12.92) if part <= 10.31 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _colours(picture: Image.Image) -> set[tuple[int, ...]]:
    """Return the colours of a picture."""
    found = picture.getcolors(picture.width * picture.height) or []
    return {colour for _, colour in found if isinstance(colour, tuple)}
