"""Where the words of a document went: into which table, or why into none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from etl.document import Document, Paragraph
from etl.parsing.header import Head
from etl.parsing.layout import Layout
from etl.parsing.passages import Passage
from etl.parsing.task_table import TableTask, TaskTables
from etl.plan import Account, Task, task_of_line
from etl.vietnamese.cleaning import count_words, fold, syllables

#: Words of a units cell that say who leads and are not part of a name.
ROLE_WORDS = Counter(
    dict.fromkeys(
        [
            "chủ",
            "trì",
            "phối",
            "hợp",
            "với",
            "và",
            "cùng",
            "do",
            "giao",
            "thực",
            "hiện",
            "đơn",
            "vị",
            "cơ",
            "quan",
            "tham",
            "mưu",
            "là",
            "đầu",
            "mối",
            "hỗ",
            "trợ",
            "kết",
            "tổ",
            "chức",
            "triển",
            "khai",
            "xây",
            "dựng",
            "bộ",
            "phận",
            "ct",
            "ph",
            "đvct",
            "đvph",
            "phân",
            "công",
            "phụ",
            "trách",
            "nt",
            "như",
            "trên",
        ],
        10_000,
    )
)
LEFT_PARTS = {
    "page_furniture": "đầu trang, chân trang",
    "footnote": "chú thích chân trang",
    "navigation": "phần của trang web",
}


def account(
    document: Document, layout: Layout, head: Head, tables: TaskTables, tasks: Sequence[Task]
) -> Iterator[Account]:
    """One Account a piece of text. Words of the task tables that stand in no task, heading or named column are "lost"."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.part in LEFT_PARTS:
            yield Account(count_words(block.text), None, LEFT_PARTS[block.part], block.place)
    for passage in head.letterhead:
        yield Account(count_words(passage.text), "plans", None, passage.start)
    if head.title:
        yield Account(count_words(head.title), "plans", None, layout.head[0].start)
    for passage in head.preamble:
        yield Account(count_words(passage.text), "legal_refs", None, passage.start)
    for passage in layout.close:
        yield Account(count_words(passage.text), "recipients", None, passage.start)
    yield from _running(layout, tables, tasks)
    yield from _task_tables(tables, tasks)


def _running(layout: Layout, tables: TaskTables, tasks: Sequence[Task]) -> Iterator[Account]:
    of_line = {} if tables.tasks else task_of_line(tasks)
    for passage in layout.body:
        if not isinstance(passage, Passage):
            continue
        words = count_words(passage.text)
        if passage.start.line in of_line:
            yield Account(words, "tasks", None, passage.start)
        else:
            yield Account(
                words, None, "tiêu đề mục" if passage.heading else "lời văn ngoài bảng nhiệm vụ", passage.start
            )


def _task_tables(tables: TaskTables, tasks: Sequence[Task]) -> Iterator[Account]:
    if not tables.tables:
        return
    first = tables.tables[0].place
    words = sum(count_words(text) for table in tables.tables for row in table.rows for text in row.printed())
    lost = lost_words(tables, tasks)
    headings = sum(map(count_words, tables.headings))
    others = {head: sum(map(count_words, texts)) for head, texts in tables.others.items()}
    missing = sum(lost.values())
    yield Account(headings, None, "đầu bảng, tiêu đề trong bảng", first)
    for head, count in others.items():
        yield Account(count, None, f"cột “{head}”", first)
    yield Account(max(0, words - headings - sum(others.values()) - missing), "tasks", None, first)
    if missing:
        yield Account(missing, None, "lost", first)


def lost_words(tables: TaskTables, tasks: Sequence[Task]) -> Counter[str]:
    """The words of the task tables, counted, that no task holds: a proof that no row or cell was dropped.

    Headers, headings and columns that are no part of a task are known by name and do not count as lost.
    """
    printed = _words(text for table in tables.tables for row in table.rows for text in row.printed())
    held = _words(text for row, task in zip(tables.tasks, tasks, strict=True) for text in _wordings(row, task) if text)
    known = _words((*tables.headings, *(text for texts in tables.others.values() for text in texts)))
    return printed - held - known - ROLE_WORDS


def _wordings(row: TableTask, task: Task) -> Iterator[str | None]:
    """The words of a row as its task holds them; the numbers of lists inside it stand only in the cell."""
    yield from (row.content, task.printed_no, task.timing.raw, task.product, task.note, task.section)
    yield from (unit.unit_raw for unit in task.units)


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(syllables("\n".join(map(fold, texts))))
