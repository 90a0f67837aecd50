"""A PDF that goes out page by page, so that ten thousand cards need no more memory than ten."""

import zlib
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


class StreamedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]
    """Writes each page as soon as it is full; only the fonts and the table of objects wait for the end."""

    def __init__(self, out: BinaryIO) -> None:
        """Begin the file; `invariant` keeps dates and random ids out: equal values give equal bytes."""
        super().__init__(compression=1, invariant=1, lang="zh-CN")
        self._file = pdfdoc.PDFFile(self._pdfVersion)
        # The opening lines were gathered before this file knew where to write.
        out.write(b"".join(self._file.strings))
        self._file.write = out.write
        self._out = out

    def addPage(self, page: Any) -> None:  # noqa: N802
        """Write the page now and keep only where it stands."""
        super().addPage(page)
        drawing = zlib.compress(page.stream.encode("latin-1"))
        head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(drawing)
        page.Contents = self._write(head + drawing + b"\nendstream")
        name = self.Reference(page).name
        self._put(name)
        self.Pages.pages[-1] = pdfdoc.PDFObjectReference(name)
        self.idToObject[name] = None

    def _write(self, body: bytes) -> Any:
        reference = self.Reference(pdfdoc.PDFObject())
        number, _ = self.idToObjectNumberAndVersion[reference.name]
        self.idToOffset[reference.name] = self._file.add(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        return reference

    def format(self) -> bytes:
        """Write what is left: page records, fonts, the table of objects; nothing is handed back."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        number = 1
        # Writing one object may bring up further ones, so the end is only known when it is reached.
        while number in self.numberToId:
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._put(name)
            number += 1
        self._finish()
        return b""

    def _put(self, name: str) -> None:
        record = pdfdoc.PDFIndirectObject(name, self.idToObject[name])
        self.idToOffset[name] = self._file.add(record.format(self))

    def _finish(self) -> None:
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[n] for n in range(1, len(self.numberToId) + 1)])
        start = self._file.add(table.format(self))
        trailer = pdfdoc.PDFTrailer(
            startxref=start,
            Size=len(self.numberToId) + 1,
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=self.ID(),
        )
        self._file.add(trailer.format(self))


def streamed_canvas(out: BinaryIO, *, size: tuple[float, float], face: str, title: str) -> Canvas:
    """Return a canvas whose pages go straight to `out`, begun in our own face so that no other is named."""
    canvas = Canvas(out, pagesize=size, initialFontName=face, initialFontSize=10)
    canvas._doc = StreamedDocument(out)
    canvas._make_preamble()
    canvas.setTitle(title)
    canvas.setCreator("pointsbank")
    canvas.setProducer("pointsbank")
    return canvas
