"""Pages on which lines are printed over one another, such as a sheet whose rows were too low for their text: nobody can read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.document import Notice
from etl.readers.print_page import PrintedPage, Word

FEWEST_WORDS = 8  # fewer are a stamp, a signature or a mark set over the text
#: Shares of a word's height and width that another covers. Lines set close touch; a letter drawn twice lies on itself.
LEAST_HEIGHT, MOST_HEIGHT, LEAST_WIDTH = 0.3, 0.95, 0.3


def overprinted(pages: Sequence[PrintedPage]) -> Iterator[Notice]:
    """One notice for each page on which many words lie across words of another line; recognised pages never have any."""
    for page in pages:
        covered = _covered(page.words) if page.certain else 0
        if covered >= FEWEST_WORDS:
            yield Notice(
                "lines_overprinted",
                f"Trang {page.number}: {covered} chữ in chồng lên dòng khác nên lời văn đọc được bị lẫn; hãy gửi tệp gốc (Word, Excel) hoặc in lại cho các dòng đủ cao",
            )


def _covered(words: Sequence[Word]) -> int:
    """How many words another word below them lies across."""
    standing = sorted(words, key=lambda word: word.top)
    return sum(
        any(_lies_across(word, later) for later in _reaching(standing, at, word.bottom))
        for at, word in enumerate(standing)
    )


def _reaching(standing: Sequence[Word], at: int, bottom: float) -> Iterator[Word]:
    for later in standing[at + 1 :]:
        if later.top >= bottom:
            return
        yield later


def _lies_across(word: Word, later: Word) -> bool:
    high, wide = min(word.size, later.size), min(word.right - word.left, later.right - later.left)
    height = min(word.bottom, later.bottom) - later.top
    width = min(word.right, later.right) - max(word.left, later.left)
    apart = later.bottom - word.bottom > (1 - MOST_HEIGHT) * high and later.top > word.top
    return apart and height > LEAST_HEIGHT * high and width > LEAST_WIDTH * wide
