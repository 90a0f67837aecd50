"""The parts of the book sent up, one module each, which declares `PART`."""
