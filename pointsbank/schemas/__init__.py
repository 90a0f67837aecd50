"""The shapes that cross the border: what may come in, and how answers go out.

Strict, and a file per capability. Knows what the capabilities hand out, never asks a database.
"""
