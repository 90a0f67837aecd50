"""Optical mark recognition: ticks in the boxes of a score sheet, read from a photo of it.

`layout` says where everything stands on the paper, and whoever prints a sheet draws by it; `corner_codes` is
what the codes in its corners hold. `reading.read` goes from a photo to one answer for each box: `finding`
the codes, `straightening` the page, `aligning` the frames of its boxes, `measuring` the ink in them. A box
that is not clear is asked about, with a picture of it; nothing is guessed.

Pillow and zxing-cpp do the work on pixels. Owns no table and knows no capability: whose boxes they are,
whoever printed the sheet looks up. `reading.read` runs in a process of its own (`pointsbank.isolated`).
"""
