"""What the program does by itself: one module a duty, found by `duties.every`."""
