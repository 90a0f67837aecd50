"""Ends whole households: closes one, into another or for itself, erases one.

Owns no table: each capability keeps its own rows and erases its own words; this package holds the order.
"""

from pointsbank.households import problems
from pointsbank.households.closing import closable, close
from pointsbank.households.erasing import erasable, erase
