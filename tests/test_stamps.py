"""What an office's software stamps over a signed PDF is read with the page."""

import pdfplumber

from etl.readers.stamps import with_stamps_printed


def pdf(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first its catalog."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + head + table + tail


def stream(dictionary: bytes, content: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


FONT = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"


def signed(field: bytes) -> bytes:
    """A page "So:        /KH-UBND" with `field` laid over its gap."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources %s /Annots [5 0 R] >>" % FONT,
        stream(b"", b"BT /F 12 Tf 20 150 Td (So:) Tj 60 0 Td (/KH-UBND) Tj ET"),
        field,
        stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 35 20] /Resources %s" % FONT, b"BT /F 12 Tf 5 5 Td (277) Tj ET"
        ),
    )


STAMP = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (So) /F 4 /Rect [42 145 77 165] /P 3 0 R /AP << /N 6 0 R >> >>"
NO_STAMP = b"<< /Type /Annot /Subtype /Link /Rect [42 145 77 165] /P 3 0 R >>"


def test_a_stamped_number_stands_in_its_line(tmp_path):
    path = tmp_path / "ky-so.pdf"
    path.write_bytes(signed(STAMP))
    assert "277" not in pdfplumber.open(path).pages[0].extract_text()
    assert pdfplumber.open(with_stamps_printed(path)).pages[0].extract_text() == "So: 277 /KH-UBND"


def test_a_file_without_fields_is_read_as_it_lies(tmp_path):
    path = tmp_path / "thuong.pdf"
    path.write_bytes(signed(NO_STAMP))
    assert with_stamps_printed(path) == path
