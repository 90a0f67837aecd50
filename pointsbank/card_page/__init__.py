"""The card's page: what a household sees of its own file, by its card, on its own telephone.

Each section of the page is one module of `card_page.sections` that declares `SECTION`. A section asks the
other rooms, writes nothing, and returns frozen values about the household of the visit alone.
"""

from pointsbank.card_page.base import Section
from pointsbank.card_page.register import Shown, every, of_visit
