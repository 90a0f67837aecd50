"""The public board (村务公开栏): what everybody may read of a village without signing in.

Each section of the board is one module of `disclosure.sections` that declares `SECTION`. A section asks the
other rooms, writes nothing, and returns frozen values that are masked and worded already: what it returns is
what stands on the page.
"""

from pointsbank.disclosure.base import Section
from pointsbank.disclosure.register import Shown, every, of_village
