"""Page numbers and running heads that copying leaves between the lines of a text: told apart from the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl.document import Block, Document, Paragraph

PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?(\d{1,3})(?:\s*/\s*\d{1,3})?\W*$", re.I)
LONGEST_RUNNING_HEAD = 16  # words
COUNTED = frozenset({"body", "page_furniture"})  # parts of a document in which page numbers stand


def mark_page_furniture(document: Document) -> Document:
    """`document` with its page numbers, and the lines that stand beside several of them, as "page_furniture".

    A line of figures is a page number where it carries on the count of the pages before it.
    """
    blocks = list(document.blocks)
    numbers = set(_page_numbers(blocks))
    beside = {at + step for at in numbers for step in (-1, 1) if 0 <= at + step < len(blocks)}
    times = Counter(_text(blocks[at]) for at in beside)
    furniture = numbers | {at for at in beside if times[_text(blocks[at])] > 1 and _is_short(_text(blocks[at]))}
    if not furniture:
        return document
    told = (
        replace(block, part="page_furniture") if isinstance(block, Paragraph) and at in furniture else block
        for at, block in enumerate(blocks)
    )
    return replace(document, blocks=tuple(told))


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= LONGEST_RUNNING_HEAD


def _page_numbers(blocks: Sequence[Block]) -> Iterator[int]:
    """The lines that count the pages on, those that are known already among them; the first page mostly bears no number."""
    page = None
    for at, block in enumerate(blocks):
        match = (
            PAGE_NUMBER.match(block.text.strip()) if isinstance(block, Paragraph) and block.part in COUNTED else None
        )
        if match and (int(match[1]) == page + 1 if page else int(match[1]) in (1, 2)):
            page = int(match[1])
            yield at


def last_page(blocks: Sequence[Block]) -> int | None:
    """The last page number that stands in `blocks`."""
    numbers = [PAGE_NUMBER.match(_text(blocks[at])) for at in _page_numbers(blocks)]
    return int(numbers[-1][1]) if numbers and numbers[-1] else None


def _text(block: Block) -> str:
    return block.text.strip() if isinstance(block, Paragraph) and block.part == "body" else ""
