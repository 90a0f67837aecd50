"""Makes the sample village 茶源村: real size, fixed seed, fixed dates, only by the verbs that people use.

Owns no table. Contains deeds only: nothing that scores opinions, petitions, belief, illness or poverty.
"""

from pointsbank.sample.loading import Loaded, load
from pointsbank.sample.stage import CODE
