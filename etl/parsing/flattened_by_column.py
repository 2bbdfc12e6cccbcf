"""A table taken out of a PDF column by column, as `pdftotext` without -layout does: numbers, then wordings, then times and bodies.

Which wording stood beside which number, time and body such text no longer says, and where cells are narrow their lines are mixed.
So nothing is paired: what orders something is a task without time and bodies, and a notice tells how the text should be taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.document import Document, Notice, Paragraph
from etl.parsing.items import begins_order
from etl.plan import Task
from etl.timing import Timing

COUNT_LABEL = re.compile(r"^(?:S?TT|Số TT)$", re.I)
ROW_NUMBER = re.compile(r"^\(?(?P<row>\d{1,3})(?:\.(?P<part>\d{1,2}))?[.)]?$")
#: "III. TỔ CHỨC THỰC HIỆN", "Nơi nhận:": what stands below a table.
BELOW = re.compile(r"^(?:[IVX]{1,5}|[A-Z]|Đ(?!/[cC]\b))\s*[.)/]|^(?:Nơi nhận|TM\.|KT\.)")
#: Numbers that follow each other with nothing between them, at least so many and this share: rows have wordings between.
FEWEST_TOGETHER, SHARE_TOGETHER = 3, 0.3
#: One number under each label, "(1) (2) (3) (4)", counts columns.
MOST_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """Lines `first` to `last` of the document, both inside: a table whose columns come one after another."""

    first: int
    last: int


def column_table(document: Document) -> ColumnTable | None:
    """The table of a document that was taken column by column; None where it has none, or its rows are whole."""
    lines = [block for block in document.blocks if isinstance(block, Paragraph) and block.part == "body"]
    texts = [line.text.strip() for line in lines]
    first = next((at for at, text in enumerate(texts) if COUNT_LABEL.match(text)), None)
    if first is None:
        return None
    numbered = [at for at in range(first, len(lines)) if ROW_NUMBER.match(texts[at])]
    together = [at for at, after in pairwise(numbered) if after == at + 1 and _follows(texts[at], texts[after])]
    together = together[_column_numbers(texts, numbered, together) :]
    if len(together) < max(FEWEST_TOGETHER, SHARE_TOGETHER * len(numbered)):
        return None
    end = next((at for at in range(numbered[-1], len(lines)) if _stands_below(texts[at])), len(lines))
    return ColumnTable(lines[first].place.line, lines[end - 1].place.line)


def _stands_below(text: str) -> bool:
    return bool(BELOW.match(text)) and (text.isupper() or text.startswith("Nơi nhận"))


def _follows(number: str, after: str) -> bool:
    """Whether one row number is next to another: 2 and 3, 2 and 2.1, 2.1 and 2.2, 2.4 and 3."""
    (row, part), (row_after, part_after) = (
        (int(match["row"]), int(match["part"] or 0)) for match in map(ROW_NUMBER.match, (number, after)) if match
    )
    return (row_after, part_after) in {(row + 1, 0), (row + 1, 1), (row, part + 1)}


def _column_numbers(texts: Sequence[str], numbered: Sequence[int], together: Sequence[int]) -> int:
    """How many of the numbers together count columns: the first run from 1 on, where rows count from 1 once more."""
    ones = [at for at in numbered if texts[at].strip("().") in {"1", "01"}]
    run = 0
    while run < len(together) and ones and together[run] == ones[0] + run:
        run += 1
    return run if len(ones) > 1 and run < MOST_COLUMNS else 0


def orders_in(table: ColumnTable, tasks: Sequence[Task]) -> list[Task]:
    """The tasks of such a table as far as they are sure: what begins with an order, without time and bodies."""
    return [
        replace(task, timing=Timing(), units=(), certain=False)
        for task in tasks
        if table.first <= task.start.line <= table.last and begins_order(task.text)
    ]


def with_notice(document: Document, table: ColumnTable) -> Document:
    place = next(block.place for block in document.blocks if block.place.line == table.first)
    notice = Notice(
        "columns_apart",
        "số thứ tự, nội dung, thời gian và đơn vị bị chép lần lượt từng cột nên không còn đi cùng nhau; "
        "hãy gửi tệp Word, tệp PDF gốc, hoặc chép lại bằng “pdftotext -layout”",
        place,
    )
    return replace(document, notices=(*document.notices, notice))
