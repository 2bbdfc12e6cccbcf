"""Documents that need not be read again: a page of the report shows each plan as it was read, and reading a scan takes minutes.

As with the plans of `etl.cache`, the folder may be deleted at any time, and a damaged entry is as good as none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl import store
from etl.cache import entry_path, load_entry, readers_fingerprint, save_entry, unchanged
from etl.document import Block, Document, Notice, Paragraph, Table
from etl.plan_json import from_json, to_json
from etl.readers import read
from etl.sources import Source

FOLDER = store.ROOT / ".cache" / "documents"

_BLOCKS: dict[str, type[Block]] = {"Paragraph": Paragraph, "Table": Table}


@dataclass(frozen=True, slots=True)
class DocumentCache:
    """A folder of documents as read, one file a document; `reader` is the fingerprint of all that reads them."""

    folder: Path
    reader: str

    def read(self, source: Source) -> Document:
        """The document of the source, taken from the folder where it was read before; raises UnreadableFile as `read` does."""
        # The name counts: its suffix helps to choose the reader, and notices quote it.
        path = entry_path(self.folder, self.reader, source.sha256, source.path.name)
        known = load_entry(path)
        if known is not None:
            return _document(*known)
        document = read(source.path)
        if unchanged(source):
            save_entry(path, _entry(document))
        return document


def open_document_cache(folder: Path = FOLDER) -> DocumentCache:
    """The cache in `folder` as it serves this code."""
    return DocumentCache(folder, readers_fingerprint())


def _entry(document: Document) -> list:
    blocks = [[type(block).__name__, to_json(block)] for block in document.blocks]
    return [document.name, document.format, document.pages, to_json(document.notices), blocks]


def _document(name: str, read_as: str, pages: int | None, notices: list, blocks: list) -> Document:
    return Document(
        name=name,
        format=read_as,
        blocks=tuple(from_json(_BLOCKS[kind], block) for kind, block in blocks),
        pages=pages,
        notices=tuple(from_json(Notice, notice) for notice in notices),
    )
