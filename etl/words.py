"""Vietnamese words: our own phrases kept whole, the rest cut by underthesea."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from joblib import Parallel, delayed

from etl.registers.register_file import read_register
from etl.vietnamese.cleaning import fold
from etl.words_model import word_model

#: Starting processes costs as much as cutting about this many texts in one.
FEW = 8_000
#: Numbers of documents, dates and spans are one word: "57/2018/QĐ-UBND", "2016-2020".
_NUMBER = r"\d\w*(?:[/-]\w+(?:&\w+)?)+"
_WHOLE_NUMBER = re.compile(_NUMBER)
_TOKEN = re.compile(rf"{_NUMBER}|[^\W_]+|[^\w\s]|_+")

Phrases = tuple[str, ...]


def read_phrases(path: Path) -> Phrases:
    """The phrases of the register, columns `phrase` and `reason`; raises RegisterError where it can't be used."""
    return tuple(row["phrase"] for row in read_register(path, ["phrase", "reason"]) if row["phrase"])


def words(text: str, phrases: Phrases = ()) -> list[str]:
    """The words of one text, "_" between the syllables of each; phrases are found whatever their capitals and tone style.

    The longest phrase wins, from left to right; it is taken out before underthesea cuts what stands between.

    >>> words("Tham mưu Uỷ ban nhân dân tỉnh", ("ủy ban nhân dân",))
    ['Tham_mưu', 'Uỷ_ban_nhân_dân', 'tỉnh']
    """
    return [word.replace(" ", "_") for piece in _pieces(text, _index(phrases)) for word in piece]


def words_of(texts: Sequence[str], phrases: Phrases = (), jobs: int = 1, kept: Path | None = None) -> list[list[str]]:
    """The words of many texts, in their order; each distinct text is cut once, many of them in `jobs` processes.

    `kept` is a folder where the words of texts already cut are kept between runs; other phrases start it anew.
    """
    known = _read(kept, phrases)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if len(new) < FEW or jobs == 1:
        cut = [words(text, phrases) for text in new]
    else:
        size = -(-len(new) // (4 * jobs))
        parts = (new[at : at + size] for at in range(0, len(new), size))
        cut = [
            found for part in Parallel(n_jobs=jobs)(delayed(_cut)(part, phrases) for part in parts) for found in part
        ]
    known |= dict(zip(new, cut, strict=True))
    if kept is not None and new:
        _file(kept, phrases).parent.mkdir(parents=True, exist_ok=True)
        _file(kept, phrases).write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    return [known[text] for text in texts]


def _cut(texts: Sequence[str], phrases: Phrases) -> list[list[str]]:
    return [words(text, phrases) for text in texts]


# -- phrases -------------------------------------------------------------------------------------------------------------

Index = dict[str, list[tuple[str, ...]]]


@lru_cache(maxsize=8)
def _index(phrases: Phrases) -> Index:
    """Phrases as folded tokens, by their first one, the longest first."""
    index: Index = {}
    for phrase in phrases:
        tokens = tuple(map(fold, _TOKEN.findall(phrase)))
        if len(tokens) > 1:
            index.setdefault(tokens[0], []).append(tokens)
    for same_start in index.values():
        same_start.sort(key=len, reverse=True)
    return index


def _pieces(text: str, index: Index) -> Iterator[list[str]]:
    tokens = list(_TOKEN.finditer(text))
    folded = [_folded(token[0]) for token in tokens]
    done = at = 0
    while at < len(tokens):
        length = next((len(phrase) for phrase in index.get(folded[at], ()) if _stands(phrase, folded, at)), 0)
        if length or _WHOLE_NUMBER.fullmatch(tokens[at][0]):
            length = length or 1
            yield _tokenised(text[done : tokens[at].start()].strip())
            yield [" ".join(token[0] for token in tokens[at : at + length])]
            done = tokens[at + length - 1].end()
        at += length or 1
    yield _tokenised(text[done:].strip())


def _stands(phrase: tuple[str, ...], folded: list[str], at: int) -> bool:
    return tuple(folded[at : at + len(phrase)]) == phrase


@lru_cache(maxsize=100_000)
def _folded(token: str) -> str:
    return fold(token)


@lru_cache(maxsize=100_000)
def _tokenised(text: str) -> list[str]:
    # underthesea would also respell what it cuts ("hoà" → "hòa"); words stay as printed.
    return [text] if text.isalnum() else word_model().words(text) if text else []


# -- words kept between runs ---------------------------------------------------------------------------------------------


def _file(folder: Path, phrases: Phrases) -> Path:
    digest = hashlib.sha256("\n".join(phrases).encode("utf-8")).hexdigest()[:16]
    return folder / f"words-{digest}.json"


def _read(folder: Path | None, phrases: Phrases) -> dict[str, list[str]]:
    if folder is None or not _file(folder, phrases).exists():
        return {}
    return json.loads(_file(folder, phrases).read_text(encoding="utf-8"))
