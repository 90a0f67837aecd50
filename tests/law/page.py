"""Makes the list in docs/law.md: the rules as they are declared, and how the corpus fares with them."""

from collections import Counter

from pointsbank import law
from pointsbank.labels.wording_use import WORDING_USE
from tests.house.source import ROOT
from tests.law.corpus import MAY, MUST_NOT, WRITTEN, share

PAGE = ROOT / "docs" / "law.md"

_WHEN = {
    "beside": "written beside the rules, and rules were mended by them",
    "before": "written on the same day before the rules, and never looked at while they were made",
    "after": "written after the rules",
}
BEGINNING = "## The rules"
"""Above this line the page is written by hand."""


def law_page() -> str:
    """Return the page: what is written by hand, and below it the rules as they are declared."""
    by_hand = PAGE.read_text("utf-8").split(BEGINNING)[0]
    alarms = [row for row in MAY if law.findings(row["text"], law.Use(row["use"]))]
    missed = [row for row in MUST_NOT if not law.findings(row["text"], law.Use(row["use"]))]
    tried = Counter(row["rule"] for row in MUST_NOT)
    figures = {
        written: (*share("roundabout.csv", written), *share("everyday.csv", written)) for written in WRITTEN
    }
    lines = [
        f"{by_hand}{BEGINNING}",
        "",
        "Written by `pytest tests/law/test_page.py --write`; a test fails when it would write others.",
        "",
        f"{sum(tried.values())} texts that must not hang, {len(missed)} missed; but for pinyin each is tried",
        "spaced, dotted, in full width and in old characters too.",
        f"{len(MAY)} texts that may hang, {len(alarms)} stopped in vain.",
        "",
        "| slang, hints, odd spellings; everyday texts | stopped | of | stopped in vain | of |",
        "|---|---|---|---|---|",
        *(f"| {_WHEN[written]} | {' | '.join(map(str, figures[written]))} |" for written in WRITTEN),
        "",
        "| rule | what it keeps private | source | since | read again | texts |",
    ]
    lines.append("|---|---|---|---|---|---|")
    for kind in law.KINDS:
        for rule in kind.rules:
            lines.append(
                f"| `{rule.code}` | {kind.name}：{rule.because} | {rule.source} | {rule.since}"
                f" | {rule.reviewed} | {tried[rule.code]} |"
            )
    lines += ["", "| instead of | for | may be written |", "|---|---|---|"]
    for kind in law.KINDS:
        for rule in kind.rules:
            use, text = rule.stops[0]
            lines.append(f"| {text} | {WORDING_USE.name(use)} | {'、'.join(rule.instead)} |")
    return "\n".join(lines) + "\n"
