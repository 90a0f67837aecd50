"""QR codes drawn as one path each."""


class CodeTooLong(Exception):
    """The public URL is too long for a code that reads well."""


def fits(content: str) -> bool:
    """Say whether a text fits a code of the size we print."""
    raise NotImplementedError
