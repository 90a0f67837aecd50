"""How much, how many and how long: for strangers far below what staff may send."""

STRANGER_BYTES = 128 * 1024
"""Of a body: a form with its longest text, or JSON (64 KiB). It stays in memory, never on the disk."""

STAFF_BYTES = 65 * 1024 * 1024
"""Of a body: one photo of 64 MiB and the form around it."""

FORM_BYTES = 1024 * 1024
"""Of all fields of a form that are no files."""

BODIES = 8
BODIES_BYTES = 3 * STAFF_BYTES
"""How many bodies over `STRANGER_BYTES` are received at once, and their bytes together; each lies on the disk
twice for a moment."""

HEAD_BYTES = 32 * 1024

CONNECTIONS = 200
CONNECTIONS_FROM_ONE_ADDRESS = 64

HEAD_SECONDS = 10.0
BYTES_PER_SECOND = 64 * 1024
"""Half a megabit: a body that comes more slowly than this is cut off."""

STRANGER_IDLE_SECONDS = 20.0
LINGER_SECONDS = 5.0

REFUSED_AGAIN_SECONDS = 1.25
"""Who comes with a large body within this time after one was refused unread hears it so much later."""

RECEIVING_SECONDS = 0.8
"""Of the time a body takes to come in, as much counts as waiting: the rest is the sender's line."""

RECEIVED_BYTES = 64 * 1024
STAFF_RECEIVED_BYTES = 512 * 1024
"""Taken from a connection in one piece, and of a large body that is read: each piece waits for Python's lock
while tills are served, so 60 MB in small ones took two seconds."""

UPLOADS_UNTIL = "uploads_until"
"""Of the signed cookie: until when, in seconds since 1970, a large body is read from who sends it."""
PERMIT_SECONDS = 16 * 3600

REFUSED = "pointsbank.refused"
"""Of a request's environment: `too_large` or `busy`, where the listening side has read no further."""
ARRIVED = "pointsbank.arrived"
"""Of a request's environment: since when its sender waits, by `time.monotonic`."""
SIGNED_IN = "pointsbank.signed_in"
"""Of a request's environment: true once the guard knows who sends it."""
FAILURE_PAGE = "pointsbank_failure_page"
"""Of a request's `g`: its page says why nothing came of it, and reads nothing more."""
