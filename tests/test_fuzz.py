"""A small fixed sample of spoilt files; `tests/fuzz_readers.py` runs as many as one likes."""

import pytest
from fuzz_readers import FORMATS, SECONDS, Outcome, run, seeds, spoilt

SAMPLE, SAMPLE_OF_PDF = 40, 8  # a spoilt page may have to be recognised, which takes its time


@pytest.mark.parametrize("kind", FORMATS)
def test_a_spoilt_file_is_a_document_or_one_vietnamese_sentence(kind):
    for copy, outcome in run(0, SAMPLE_OF_PDF if kind == "pdf" else SAMPLE, [kind]):
        assert outcome.good, (copy.number, outcome)
        assert outcome.kind == "document" or outcome.detail.rstrip().endswith("."), (copy.number, outcome)


def test_the_same_number_is_the_same_copy_and_most_copies_are_spoilt():
    known = seeds()
    for number in range(60):
        copy = spoilt(number, known, FORMATS)
        assert copy == spoilt(number, known, FORMATS)
    changed = [spoilt(number, known, FORMATS) for number in range(60)]
    assert sum(copy.data not in known[copy.kind] for copy in changed) > 50


def test_another_error_or_too_long_a_time_is_no_good_outcome():
    assert not Outcome("KeyError", 0.1).good and not Outcome("document", SECONDS + 1).good
