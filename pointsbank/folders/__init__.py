"""Long prints: what takes longer than a page may, made by itself and fetched when it is ready.

Each kind is one module of `folders.kinds` and declares itself. Its file is written whole or not at all; who
asked sees before it begins what will be in it, and whose names. Knows sheets and books, never the web.
"""

from pointsbank.folders import problems
from pointsbank.folders.kind import Kind, Made, Making
from pointsbank.folders.pieces import Piece
from pointsbank.folders.register import every, find
from pointsbank.folders.requesting import outlook_of, ready_file, request
