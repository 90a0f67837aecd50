"""The kinds of long prints, one module each, which declares `KIND`."""
