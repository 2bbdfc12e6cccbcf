"""underthesea's word model, asked in a fraction of the time.

Two thirds of what underthesea takes goes into its featurizer, which spells out 43 features for each token anew. They speak of
stretches of one to three tokens around it, and stretches recur: here each is spelt out once. Tokens, model and dictionary are
underthesea's own, and so are the words that come out.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, groupby, pairwise
from pathlib import Path

import joblib

#: Stretches that one window remembers at most; all together some hundred megabytes.
MOST_STRETCHES = 100_000
_FEATURE = re.compile(r"T\[(?P<first>-?\d)(?:,(?P<last>-?\d))?\](?:\.(?P<kind>\w+))?")


class WordModel:
    """The model that `underthesea.word_tokenize` uses, its features put together from stretches."""

    def __init__(self) -> None:
        # Loading takes a second, which commands that cut no words should not wait for.
        import underthesea.pipeline.word_tokenize as pipeline
        from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

        pipeline.word_tokenize("tải mô hình")
        self._tokens = tokenize
        self._tags = pipeline.word_tokenize_model.estimator.tag
        folder = next(Path(pipeline.__file__).parent.glob("models/*/dictionary.bin")).parent
        self._windows = _windows(joblib.load(folder / "features.bin"), joblib.load(folder / "dictionary.bin"))

    def words(self, text: str) -> list[str]:
        """The words of a text, as underthesea.word_tokenize(text, use_token_normalize=False) gives them.

        >>> WordModel().words("hội nghị điển hình tiên tiến")
        ['hội nghị', 'điển hình', 'tiên tiến']
        """
        tokens = self._tokens(text, use_token_normalize=False)
        words: list[str] = []
        for token, tag in zip(tokens, self._tags(self.features(tokens)), strict=True):
            if tag == "I-W" and words:
                words[-1] += " " + token
            else:
                words.append(token)
        return words

    def features(self, tokens: list[str]) -> list[list[str]]:
        """What the model is told of each token: ["T[0]=hội", "T[0,1]=hội nghị", "T[0,1].is_in_dict=True", …]."""
        pairs = list(pairwise(tokens))
        stretches: dict[int, list] = {1: tokens, 2: pairs, 3: list(zip(pairs, tokens[2:], strict=False))}
        columns = [window.column(stretches[window.size], len(tokens)) for window in self._windows]
        return [list(chain.from_iterable(row)) for row in zip(*columns, strict=True)]


class _Window(dict):
    """A place beside the token, T[0,1] say: each stretch met there → its features, spelt out at the first meeting."""

    def __init__(self, first: int, last: int, kinds: list[tuple[str, str]], dictionary: set[str]) -> None:
        super().__init__()
        self.first, self.size = first, last - first + 1
        self._kinds, self._dictionary = kinds, dictionary
        self._at_beginning, self._at_end = (tuple(f"{name}={edge}" for name, _ in kinds) for edge in ("BOS", "EOS"))

    def column(self, stretches: list, count: int) -> list[tuple[str, ...]]:
        """The features of each of `count` tokens; beyond the ends of the text they say so."""
        if len(self) > MOST_STRETCHES:
            self.clear()
        before = max(-self.first, 0)
        column = [self._at_beginning] * before
        column += map(self.__getitem__, stretches[before + self.first :])
        del column[count:]
        return column + [self._at_end] * (count - len(column))

    def __missing__(self, stretch) -> tuple[str, ...]:
        text = _joined(stretch)
        spelt = self[stretch] = tuple([f"{name}={self._value(text, kind)}" for name, kind in self._kinds])
        return spelt

    def _value(self, text: str, kind: str) -> str | bool:
        match kind:
            case "":
                return text
            case "lower":
                return text.lower()
            case "isdigit":
                return text.isascii() and text.isdigit()
            case "istitle":
                return not any(word[:1].islower() for word in text.split(" "))
            case "is_in_dict":
                return text.lower() in self._dictionary
        raise ValueError(f"underthesea có đặc trưng chưa biết: {kind}")


def _joined(stretch) -> str:
    """A token, a pair of tokens, or a pair and a token."""
    return stretch if isinstance(stretch, str) else f"{_joined(stretch[0])} {stretch[1]}"


def _windows(features: list[str], dictionary: set[str]) -> list[_Window]:
    read = []
    for name in features:
        found = _FEATURE.fullmatch(name)
        if found is None:
            raise ValueError(f"underthesea có đặc trưng chưa biết: {name}")
        first, last = int(found["first"]), int(found["last"] or found["first"])
        read.append((first, last, name, found["kind"] or ""))
    read.sort()
    return [
        _Window(first, last, [(name, kind) for _, _, name, kind in same], dictionary)
        for (first, last), same in groupby(read, key=lambda feature: feature[:2])
    ]


@cache
def word_model() -> WordModel:
    """The model, loaded once."""
    return WordModel()
