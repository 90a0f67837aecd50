"""Kinds of due things: one module a kind, found by `due.every`."""
