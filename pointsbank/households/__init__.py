"""Whole households: ends, merges, splits, moves, erases them.

Owns no table: each capability keeps its own rows and erases its own words; this package holds the order.
"""

from pointsbank.households import problems
from pointsbank.households.closing import closable, close
from pointsbank.households.erasing import erasable, erase
from pointsbank.households.moving import movable, move
from pointsbank.households.splitting import Share, people_left, split, splittable
