"""Headings that recognition misread, told by their order."""

from dataclasses import replace

from plan_writing import document

from etl.parsing.recognised import with_headings_mended


def mended(text, confidence=0.9):
    read = document(text)
    scanned = replace(read, blocks=tuple(replace(block, confidence=confidence) for block in read.blocks))
    return [block.text for block in with_headings_mended(scanned).blocks]


def test_strokes_become_the_number_that_is_due():
    assert mended("[. Mục đích\nNâng cao.\nIL Nội dung\n[II. Giải pháp\nTV. Tổ chức") == [
        "I. Mục đích",
        "Nâng cao.",
        "II. Nội dung",
        "III. Giải pháp",
        "IV. Tổ chức",
    ]


def test_a_number_that_is_not_due_stays():
    assert mended("II. Nội dung\nHI. Giải pháp") == ["II. Nội dung", "HI. Giải pháp"]


def test_only_recognised_text_is_mended():
    assert mended("[. Mục đích", confidence=None) == ["[. Mục đích"]
