"""The heads of tables without rules: the lines around "TT | Nội dung | Đơn vị | Thời gian" and the gaps between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.readers.gutters import NUMBER, Interval
from etl.readers.print_page import Line, Word

NUMBER_HEAD = re.compile(r"^(?:s?tt|số\s+tt|số\s+thứ\s+tự)\b", re.I)
#: Lines down to the one with "TT", which stands at the head's top, in its middle or at its foot.
LONGEST_HEAD = 5


def head_from(lines: Sequence[Line], at: int, start: int) -> tuple[int, int, list[Interval]] | None:
    """The head whose first line is line `at`, with "TT" in it or on one of the next lines, or in none."""
    for number_head in range(at, min(at + LONGEST_HEAD, len(lines))):
        if NUMBER_HEAD.match(lines[number_head].text):
            head = _head_gaps(lines, number_head, start)
            if head is not None and head[0] <= at:
                return head
            break
    return _head_gaps(lines, at, start)


def head_again(lines: Sequence[Line], start: int) -> int:
    """The first line behind the head that a later page prints again; `start` where it prints none."""
    for at in range(start, min(start + LONGEST_HEAD, len(lines))):
        if NUMBER_HEAD.match(lines[at].text):
            head = _head_gaps(lines, at, start)
            return head[1] if head is not None and head[0] == start else start
    return start


def head_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of every head with a number column: "TT | Nội dung | Bộ phận chủ trì," and "phối hợp" below it."""
    heads = [_head_gaps(lines, at, 0) for at, line in enumerate(lines) if NUMBER_HEAD.match(line.text)]
    return [line for head in heads if head is not None for line in lines[head[0] : head[1]]]


def next_head(lines: Sequence[Line], body: int, free: Sequence[Sequence[Interval]]) -> int:
    """Where the head of another table begins below: "TT" stands in the number column once more."""
    for at in range(body, len(lines)):
        if NUMBER_HEAD.match(lines[at].text) and lines[at].words[0].right < free[0][-1][1]:
            head = _head_gaps(lines, at, body)
            if head is not None:  # the last row's lines stand as near above one another, but not above the head
                return max(range(max(head[0], 1), at + 1), key=lambda line: lines[line].top - lines[line - 1].bottom)
    return len(lines)


def _head_gaps(lines: Sequence[Line], at: int, start: int) -> tuple[int, int, list[Interval]] | None:
    """The lines of a head that begins a table and the gaps between its columns: "TT", "Nội dung", "Đơn vị", "Thời gian"."""
    line = lines[at]
    numbered = bool(NUMBER_HEAD.match(line.text))
    if not numbered and len(_chunks(line)) < 3:
        return None
    first, last = at, at + 1
    reach = 0.75 * line.size
    while (
        numbered
        and first > start
        and lines[first].top - lines[first - 1].bottom < reach
        and _stands_beside(lines[first - 1], line)
    ):
        first -= 1
    gaps = _gaps([word for head in lines[first:last] for word in head.words], 0.6 * line.size)
    while last < len(lines) and lines[last].top - lines[last - 1].bottom < reach and _is_head_line(lines[last]):
        filled = _gaps([word for head in lines[first : last + 1] for word in head.words], 0.6 * line.size)
        if len(filled) != len(gaps):
            break
        gaps, last = filled, last + 1
    parted = [word for chunk, under in head_chunks(lines[first:last]) if not under for word in chunk]
    gaps = _gaps(parted, 0.6 * line.size)
    return (first, last, gaps) if len(gaps) >= 2 or (numbered and gaps) else None


def _is_head_line(line: Line) -> bool:
    return (
        not NUMBER.match(line.words[0].text)
        and not is_heading(line.text)
        and all(len(chunk) <= 5 for chunk in _chunks(line))
        and len(line.words) <= 14
    )


def _stands_beside(line: Line, number_head: Line) -> bool:
    """Whether a line over "TT" is the first line of longer heads: it leaves the number column free and is no "II. NỘI DUNG"."""
    return (
        line.left > number_head.words[0].right
        and not NUMBER.match(line.words[0].text)
        and all(len(chunk) <= 9 for chunk in _chunks(line))
    )


def head_chunks(head: Sequence[Line]) -> Iterator[tuple[list[Word], list[list[Word]]]]:
    """Each phrase of a head, and the phrases below that it spans: "Phân công thực hiện" over "Chủ trì" and "Phối hợp"."""
    for at, line in enumerate(head):
        for chunk in _chunks(line):
            under = [
                [
                    other
                    for other in _chunks(below)
                    if other[-1].right > chunk[0].left and other[0].left < chunk[-1].right
                ]
                for below in head[at + 1 :]
            ]
            yield chunk, next((several for several in under if len(several) > 1), [])


def _chunks(line: Line) -> list[list[Word]]:
    chunks = [[line.words[0]]]
    for word in line.words[1:]:
        if word.left - chunks[-1][-1].right > line.size:
            chunks.append([word])
        else:
            chunks[-1].append(word)
    return chunks


def _gaps(words: Sequence[Word], narrowest: float) -> list[Interval]:
    """Strips between the words that no word reaches into, over all their lines."""
    ordered = sorted(words, key=lambda word: word.left)
    gaps, reached = [], ordered[0].right
    for word in ordered[1:]:
        if word.left - reached >= narrowest:
            gaps.append((reached, word.left))
        reached = max(reached, word.right)
    return gaps


def is_heading(text: str) -> bool:
    return (text.isupper() and len(text.split()) <= 20) or bool(
        re.match(r"^(?:quý|tháng|học kỳ|6 tháng|sáu tháng)\b", text, re.I) and len(text.split()) <= 6
    )
