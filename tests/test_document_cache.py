"""Documents kept from one reading to the next: never another answer than a fresh reading."""

import dataclasses
from pathlib import Path

import pytest

from etl import document_cache, store
from etl.cache import load_entry
from etl.document import UnreadableFile
from etl.document_cache import DocumentCache, open_document_cache
from etl.readers import read
from etl.sources import Source, find_sources, sha256_of

DOCUMENTS = sorted((Path(__file__).parent / "documents").rglob("*.*"))


def source_of(path):
    return Source(path.stem, path.name, path, sha256_of(path), True)


def readable():
    """The documents of the tests of every format that is read without another program."""
    for path in DOCUMENTS:
        if path.suffix in {".html", ".docx", ".pdf", ".txt", ".xlsx"}:
            yield path


@pytest.mark.parametrize("path", list(readable()), ids=lambda path: path.name)
def test_every_kind_of_document_comes_back_as_it_was_read(path, tmp_path, monkeypatch):
    try:
        fresh = read(path)
    except UnreadableFile:
        pytest.skip("không đọc được")
    kept = DocumentCache(tmp_path, "code")
    assert kept.read(source_of(path)) == fresh
    monkeypatch.setattr(document_cache, "read", None)  # not asked a second time
    assert kept.read(source_of(path)) == fresh


def test_a_damaged_entry_another_name_and_other_code_are_read_anew(tmp_path, monkeypatch):
    source = find_sources(store.RAW).plans[0]
    kept = DocumentCache(tmp_path, "code")
    fresh = kept.read(source)
    asked = []
    monkeypatch.setattr(document_cache, "read", lambda path: (asked.append(path), fresh)[1])
    DocumentCache(tmp_path, "other code").read(source)
    kept.read(dataclasses.replace(source, path=source.path.with_suffix(".csv")))
    for path in tmp_path.glob("*/*"):
        path.write_bytes(path.read_bytes()[:-1])
    assert kept.read(source) == fresh
    assert len(asked) == 3


def test_a_file_that_cannot_be_read_is_not_kept(tmp_path):
    empty = tmp_path / "a.txt"
    empty.write_bytes(b"")
    kept = DocumentCache(tmp_path / "kept", "code")
    for _ in range(2):
        with pytest.raises(UnreadableFile):
            kept.read(source_of(empty))
    assert not (tmp_path / "kept").exists()


def test_the_cache_of_the_project_depends_on_readers_and_not_on_registers(tmp_path):
    kept = open_document_cache(tmp_path)
    kept.read(find_sources(store.RAW).plans[0])
    (entry,) = tmp_path.glob("*/*")
    assert load_entry(entry)[1] == "text"
    assert kept == open_document_cache(tmp_path)
