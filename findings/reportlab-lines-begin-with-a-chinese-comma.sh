#!/bin/sh
# Package:   reportlab 5.1.0.
# Behaviour: a Paragraph with wordWrap="CJK" never begins a line with 、 or 。 but does begin one with ， ； ： ！ ？
#            as soon as the width falls so: its list of what must not begin a line is that of Japanese, which
#            has no full-width comma.
# Why guesses are wrong: the style is called CJK, the code says that it follows "the most important of the rules",
#            and the marks that one tries first, the full stop and the brackets, are kept. Chinese uses ， more
#            often than any other mark.
# For this trade: a notice, a card or a set of rules hangs with lines that begin with a comma, which every Chinese
#            reader takes for carelessness of the committee, and only at some widths and words: examples look right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q reportlab==5.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
style = ParagraphStyle("notice", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")


def begins_with(mark: str) -> bool:
    """Whether at some width a line begins with the mark."""
    words = f"参加村里集中清扫{mark}每次三分"
    for width in range(40, 120):
        paragraph = Paragraph(words, style)
        paragraph.wrap(width, 1000)
        lines = ["".join(line[1]) for line in paragraph.blPara.lines]
        if any(line.startswith(mark) for line in lines):
            return True
    return False


seen = {mark: begins_with(mark) for mark in "、。），；：！？"}
for mark, begins in seen.items():
    print(f"{mark} U+{ord(mark):04X}: {'begins a line at some width' if begins else 'never begins a line'}")
expected = dict.fromkeys("、。）", False) | dict.fromkeys("，；：！？", True)
sys.exit(0 if seen == expected else 1)
PYTHON
