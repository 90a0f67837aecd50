"""The public board (村务公开栏): what everybody may read of a village without signing in.

Each section of the board is one module of `disclosure.sections` that declares `SECTION`. A section asks the
other rooms, writes nothing, and returns frozen values that are masked and worded already: what it returns is
what stands on the page.
"""

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.facts import HowToObject, how_to_object
from pointsbank.disclosure.files import FILES, OpenFile
from pointsbank.disclosure.hanging import PaperInFull, correction_in_full, notice_in_full, papers
from pointsbank.disclosure.openness import Openness, openness
from pointsbank.disclosure.price_list import PriceList, price_list
from pointsbank.disclosure.register import Shown, every, of_village
from pointsbank.disclosure.rules import Rules, rules
from pointsbank.disclosure.sealed import MonthInFull, month_in_full, sealed_months
from pointsbank.disclosure.sections.grades import shown_grades
