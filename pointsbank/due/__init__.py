"""What waits for somebody in a village: each kind is a module of `due.kinds` and declares itself.

Home shows what waits for whoever looks, each line with the page where it is done; tabs carry the counts. A
kind asks its room with one or two small questions and writes nothing.
"""

from pointsbank.due.kind import Asked, Due, Kind
from pointsbank.due.register import Shown, every, in_steps, of_village
