"""What recognition of a scan gets wrong in the same way each time, mended where the order of the document says what was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.document import Block, Document, Paragraph
from etl.parsing.items import UPPER

#: A heading whose roman number was taken for other upright strokes: "[. Mục đích", "IL Nội dung", "[II. Giải pháp", "HI. Tổ chức".
MISREAD = re.compile(rf"^(?P<strokes>[IVXLTHJl1i|!\[\](]{{1,5}})\s*[.,:]?\s+(?=[{UPPER}])")
STROKES = str.maketrans({**dict.fromkeys("LTJl1i|![](", "I"), "H": "II"})
LONGEST_HEADING = 25  # words
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def with_headings_mended(document: Document) -> Document:
    """A recognised document whose top headings count I, II, III again; any other document as it is."""
    if not any(block.confidence is not None for block in document.paragraphs()):
        return document
    return replace(document, blocks=tuple(_mended(document.blocks)))


def _mended(blocks: Sequence[Block]) -> list[Block]:
    mended: list[Block] = []
    expected = 0
    for block in blocks:
        if isinstance(block, Paragraph) and (match := MISREAD.match(block.text)):
            number = match["strokes"].translate(STROKES)
            if len(block.text.split()) <= LONGEST_HEADING and expected < len(ROMAN) and number == ROMAN[expected]:
                block = replace(block, text=f"{number}. {block.text[match.end() :]}")
                expected += 1
        mended.append(block)
    return mended
