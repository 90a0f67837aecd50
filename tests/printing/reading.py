"""Reads prints back as people and scanners do: the text layer, the fonts, the codes on a 150-dpi picture."""

import re
import shutil
import subprocess

import pypdfium2
import pytest
import zxingcpp

DPI = 150


def text_of(pdf: bytes, *, page: int | None = None, as_drawn: bool = False) -> str:
    """The text layer as pdftotext finds it; `as_drawn`: in the order of drawing, each column whole."""
    pages = ["-f", str(page), "-l", str(page)] if page else []
    return _poppler("pdftotext", *pages, *(["-raw"] if as_drawn else []), "-", "-", given=pdf)


def fonts_of(pdf: bytes) -> list[str]:
    """The lines of pdffonts, one a font."""
    return _poppler("pdffonts", "-", given=pdf).splitlines()[2:]


def codes_on(pdf: bytes) -> list[zxingcpp.Barcode]:
    """Every QR code on every page, as a scanner reads them from a 150-dpi picture."""
    document = pypdfium2.PdfDocument(pdf)
    codes: list[zxingcpp.Barcode] = []
    for page in document:
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        codes += zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return codes


def page_count(pdf: bytes) -> int:
    """How many pages a print has."""
    return len(pypdfium2.PdfDocument(pdf))


def squeezed(text: str) -> str:
    """A text without its white space, to look for sentences that were set on several lines."""
    return re.sub(r"\s", "", text)


def _poppler(program: str, *arguments: str, given: bytes) -> str:
    if not shutil.which(program):
        pytest.skip(f"{program} of poppler-utils is not installed")
    answer = subprocess.run([program, *arguments], input=given, capture_output=True, check=True)
    return answer.stdout.decode("utf-8")
