"""Photos of cards: what a file is by its first bytes, what it would cost, and the codes in it.

Owns no table. `reading.codes` runs in a process of its own (`pointsbank.isolated`); nothing else opens
a picture.
"""
