"""The codebook of duties: what kind of work an item is, and what makes two items the same duty.

People edit it in data/reference, in Excel if they like; this module only reads and applies it.

facets/terms.csv
    Which phrases mean which concepts ("dự; tham dự; tham gia" → dự); the longest phrase wins. `setting` marks concepts that
    only say who does the work or when, `light` those that only lead to the next word ("tổ chức"). `inside` marks those that
    count within quotation marks and brackets too, where else only names stand. Phrases without a concept are swallowed: they
    look like a duty and are none ("dự kiến"). The phrases of căn_cứ take with them all up to the end of their clause: what a
    duty is based on says nothing of the duty ("theo hướng dẫn của Sở Nội vụ, …").
facets/act.csv, stage.csv, object.csv, scope.csv
    Rules over the concepts, tried from the lowest `priority`; the first that fits gives the facet. `for_acts` limits a rule
    to items of these acts. Every rule carries examples it must decide and near examples it must not.
activities.csv
    The codebook: a lasting dotted code, its Vietnamese labels and the facets it stands for, tried from the top. Sub-codes
    may be added; codes are never merged or given a new meaning.

A pattern is read from left to right: `a|b` one of them, `?` at most once, `*` any number with settings among them, `~` any
number of light concepts and settings, `...` anything between, and `^` the opening of the item, settings skipped.
`^ tổ_chức* hội_nghị? sơ_kết` fits "UBND huyện tổ chức Hội nghị sơ kết".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Literal

from etl.registers.register_file import read_register, unique
from etl.vietnamese.accents import tone_marks

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"

FacetName = Literal["act", "stage", "object", "scope"]
FACETS: tuple[FacetName, ...] = ("act", "stage", "object", "scope")
FACET_LABELS: dict[FacetName, str] = {
    "act": "hành động",
    "stage": "giai đoạn",
    "object": "đối tượng",
    "scope": "phạm vi",
}

OWN_SCOPE = "đơn vị mình"
NAME = "tên_riêng"  # the concept of anything in quotation marks
BASIS = "căn_cứ"  # the concept of phrases that open a clause about what a duty is based on

# A duty says what it is in its opening; the tail of a very long item only lists examples.
OPENING = 60

TOKEN = re.compile(r"[^\W\d_]+|\d+|[“”\"«»()\[\]]")
CLOSING = {"“": "”", '"': '"', "«": "»", "(": ")", "[": "]"}
QUOTES = frozenset('“"«')
CLAUSE_END = re.compile(r"[;:.)\]”\"»]|(?<!thi đua),|,(?! khen)", re.I)

# The province's level and one's own are one duty, but for acts addressed to it: attending its meeting, registering with it.
PROVINCE_SCOPE = "tỉnh"
ADDRESSED_ACTS = frozenset({"dự, tham gia", "đăng ký"})


@dataclass(frozen=True, slots=True)
class Facets:
    """What an item is about; None where no rule fits, which sends the item to review.

    Facets(act="báo cáo", stage="sơ kết", object="công tác năm", scope="đơn vị mình", code="so_ket.bao_cao")
    from "Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm 2020".
    """

    act: str | None = None
    stage: str | None = None
    object: str | None = None
    scope: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a facet's file."""

    facet: FacetName
    priority: int
    value: str
    acts: frozenset[str]
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    near_examples: tuple[str, ...]

    def fits(self, concepts: str, act: str | None) -> bool:
        return (not self.acts or act in self.acts) and self.pattern.search(concepts) is not None


@dataclass(frozen=True, slots=True)
class Activity:
    """One line of the codebook: Activity("so_ket.bao_cao", "Sơ kết, tổng kết", "Báo cáo sơ kết", …)."""

    code: str
    domain: str
    label: str
    acts: frozenset[str]
    objects: frozenset[str]
    stages: frozenset[str]
    scopes: frozenset[str]
    examples: tuple[str, ...]
    near_examples: tuple[str, ...]

    def stands_for(self, act: str | None, stage: str | None, thing: str | None, scope: str | None) -> bool:
        wanted = ((self.acts, act), (self.stages, stage), (self.objects, thing), (self.scopes, scope))
        return all(not allowed or value in allowed for allowed, value in wanted)


@dataclass(slots=True)
class Branch:
    """A place in the tree of phrases: what may follow, and the concepts of the phrase that ends here, if one does."""

    following: dict[str, Branch] = field(default_factory=dict)
    concepts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The terms as a tree of syllables, and which concepts are there at all."""

    root: Branch
    settings: frozenset[str]
    light: frozenset[str]
    inside: frozenset[str]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codebook:
    phrases: Phrases
    rules: Mapping[FacetName, tuple[Rule, ...]]
    activities: tuple[Activity, ...]

    def labels(self) -> dict[str, str]:
        """Code → Vietnamese label."""
        return {activity.code: activity.label for activity in self.activities}

    def deciding_rule(self, facet: FacetName, concepts: str, act: str | None) -> Rule | None:
        return next((rule for rule in self.rules[facet] if rule.fits(concepts, act)), None)


# Applying the codebook


def facets(text: str, issuer_level: str | None = None) -> Facets:
    """What an item is about: act, stage, object, scope and its code in the codebook.

    `issuer_level` is that of the plan (etl.plan.IssuerLevel): what a department attends as the province's meeting is the
    province's own.

    >>> facets("Tham gia Hội nghị sơ kết công tác TĐKT 6 tháng đầu năm 2020 của Cụm 7 tỉnh miền núi biên giới phía Bắc")
    Facets(act='dự, tham gia', stage='sơ kết', object='công tác năm', scope='cụm, khối', code='so_ket.du')
    """
    return _facets_of(concepts_in(text, codebook().phrases), issuer_level == "province")


@lru_cache(maxsize=1 << 17)
def _facets_of(concepts: str, issued_by_province: bool) -> Facets:
    book = codebook()
    act = _value(book.deciding_rule("act", concepts, None))
    if act is None:
        return Facets()
    stage = _value(book.deciding_rule("stage", concepts, act))
    thing = _value(book.deciding_rule("object", concepts, act))
    scope = _value(book.deciding_rule("scope", concepts, act))
    if scope == PROVINCE_SCOPE and issued_by_province:
        scope = OWN_SCOPE
    return Facets(act, stage, thing, scope, _code(act, stage, thing, scope))


@lru_cache(maxsize=1 << 14)
def _code(act: str | None, stage: str | None, thing: str | None, scope: str | None) -> str | None:
    return next((a.code for a in codebook().activities if a.stands_for(act, stage, thing, scope)), None)


def _value(rule: Rule | None) -> str | None:
    return rule.value if rule else None


def concepts_in(text: str, phrases: Phrases) -> str:
    """The concepts of a text in order, each followed by a space: "báo_cáo sơ_kết công_tác sáu_tháng "."""
    tokens = [_plain(token) for token in TOKEN.findall(text)]
    beginnings = phrases.root.following
    found: list[str] = []
    position, inside_until = 0, -1
    while position < len(tokens) and len(found) < OPENING:
        token = tokens[position]
        if token not in beginnings and token not in CLOSING and not token.isdigit():
            position += 1
            continue
        if token in CLOSING:
            inside_until, opened = _closing(tokens, position, inside_until)
            if opened and token in QUOTES and (not found or found[-1] != NAME):
                found.append(NAME)
            position += 1
            continue
        concepts, length = _longest_phrase(tokens, position, phrases.root)
        if BASIS in concepts:
            said = any(concept not in phrases.settings and concept not in phrases.light for concept in found)
            position = _after_basis(text, position, said) or position + length
            continue
        for concept in concepts:
            if (position > inside_until or concept in phrases.inside) and (not found or found[-1] != concept):
                found.append(concept)
        position += length
    return "".join(f"{concept} " for concept in found)


@lru_cache(maxsize=1 << 16)
def _plain(token: str) -> str:
    return tone_marks(token).lower()


def _closing(tokens: Sequence[str], opening: int, inside_until: int) -> tuple[int, bool]:
    """Where the mark opened here is closed; a mark never closed, or within another pair, opens nothing."""
    if opening <= inside_until:
        return inside_until, False
    try:
        return tokens.index(CLOSING[tokens[opening]], opening + 1), True
    except ValueError:
        return inside_until, False


def _after_basis(text: str, start: int, said: bool) -> int | None:
    """The token after the clause that a basis opens; None where that would leave no duty: none was `said` and none follows."""
    places = [match.start() for match in TOKEN.finditer(text)]
    end = CLAUSE_END.search(text, places[start])
    after = bisect_left(places, end.start()) if end else len(places)
    return after if said or after < len(places) else None


def _longest_phrase(tokens: Sequence[str], start: int, root: Branch) -> tuple[tuple[str, ...], int]:
    """The concepts of the longest phrase that starts here and its length; "#" in a phrase is any number below 100."""
    following = root.following
    concepts: tuple[str, ...] = ()
    length = 1
    for position in range(start, len(tokens)):
        token = tokens[position]
        branch = following.get(token)
        if branch is None and token.isdigit():
            number = token.lstrip("0")
            branch = following.get(number) or (following.get("#") if len(number) <= 2 else None)
        if branch is None:
            break
        following = branch.following
        if branch.concepts is not None:
            concepts, length = branch.concepts, position - start + 1
        if not following:
            break
    return concepts, length


# The same duty


def duty_key(item: Facets) -> str | None:
    """Items with the same key are the same duty; None where too little is known to say so.

    "báo cáo / sơ kết / công tác năm / đơn vị mình".
    """
    if item.act is None or (item.object is None and item.stage is None):
        return None
    scope = OWN_SCOPE if item.scope == PROVINCE_SCOPE and item.act not in ADDRESSED_ACTS else item.scope
    return " / ".join(value or "-" for value in (item.act, item.stage, item.object, scope))


def compatible(a: Facets, b: Facets) -> bool:
    """Whether nothing known of two items keeps them apart.

    A stage left unsaid is unknown as long as one of the items has no key; two keys must be equal.
    """
    key_a, key_b = duty_key(a), duty_key(b)
    if key_a is not None and key_b is not None:
        return key_a == key_b
    return not differing(a, b)


def differing(a: Facets, b: Facets) -> tuple[FacetName, ...]:
    """The facets known of both items that differ: ("stage",) for a sơ kết and a tổng kết."""
    return tuple(name for name, one, other in _known_of_both(a, b) if one != other)


def support(a: Facets, b: Facets) -> tuple[FacetName, ...]:
    """The facets known of both items that agree, as a reason to show: ("act", "object", "scope")."""
    return tuple(name for name, one, other in _known_of_both(a, b) if one == other)


def _known_of_both(a: Facets, b: Facets) -> Iterator[tuple[FacetName, str, str]]:
    for name in FACETS:
        one, other = getattr(a, name), getattr(b, name)
        if one is not None and other is not None:
            yield name, one, other


def agreement(codes_a: Sequence[str | None], codes_b: Sequence[str | None]) -> float:
    """Cohen's kappa of two codings of the same items: 1 is full agreement, 0 what chance alone would give.

    None counts as a code of its own. agreement(["xet", "xet", None], ["xet", "trinh", None]) is 0.5.
    Raises ValueError where the codings are empty or of different length.
    """
    if len(codes_a) != len(codes_b) or not codes_a:
        raise ValueError("Hai cách gắn mã phải cùng số việc và có ít nhất một việc.")
    items = len(codes_a)
    observed = sum(a == b for a, b in zip(codes_a, codes_b, strict=True)) / items
    count_a, count_b = Counter(codes_a), Counter(codes_b)
    by_chance = sum(count_a[code] * count_b[code] for code in count_a) / items**2
    return 1.0 if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


# Reading the codebook


@lru_cache(maxsize=1)
def codebook() -> Codebook:
    """The project's codebook, read once. Raises RegisterError where a line cannot be used."""
    return load_codebook(REFERENCE)


def load_codebook(reference: Path) -> Codebook:
    """The codebook in a folder. Raises RegisterError where a file is missing or a line cannot be used."""
    phrases = _load_phrases(reference / "facets" / "terms.csv")
    rules: dict[FacetName, tuple[Rule, ...]] = {
        facet: _load_rules(reference / "facets" / f"{facet}.csv", facet, phrases) for facet in FACETS
    }
    return Codebook(phrases, rules, _load_activities(reference / "activities.csv", rules))


def _load_phrases(path: Path) -> Phrases:
    root = Branch()
    first_line: dict[str, int] = {}
    settings: set[str] = set()
    light: set[str] = set()
    inside: set[str] = set()
    concepts = {NAME}
    for row in read_register(path, ["concept", "setting", "light", "inside", "terms"]):
        meaning = tuple(row["concept"].split())
        concepts.update(meaning)
        settings.update(meaning if row["setting"] else ())
        light.update(meaning if row["light"] else ())
        inside.update(meaning if row["inside"] else ())
        for term in _list(row["terms"], ";"):
            if first_line.setdefault(term, row.line) != row.line:
                raise row.wrong(f"cụm từ “{term}” đã có ở dòng {first_line[term]}; hãy bỏ một chỗ")
            for syllables in product(*map(_spellings, tone_marks(term).lower().split())):
                branch = root
                for syllable in syllables:
                    branch = branch.following.setdefault(syllable, Branch())
                branch.concepts = meaning
    _spread_numbers(root)
    return Phrases(root, frozenset(settings), frozenset(light), frozenset(inside), frozenset(concepts))


def _spread_numbers(branch: Branch) -> None:
    """Let "#" hold for printed numbers too: beside "3 tháng", "3 năm" still finds "# năm"."""
    if any_number := branch.following.get("#"):
        for syllable, child in branch.following.items():
            if syllable.isdigit():
                _graft(any_number, child)
    for child in branch.following.values():
        _spread_numbers(child)


def _graft(source: Branch, target: Branch) -> None:
    if target.concepts is None:
        target.concepts = source.concepts
    for syllable, child in source.following.items():
        _graft(child, target.following.setdefault(syllable, Branch()))


def _load_rules(path: Path, facet: FacetName, phrases: Phrases) -> tuple[Rule, ...]:
    rows = read_register(path, ["priority", "value", "for_acts", "pattern", "examples", "near_examples"])
    unique(rows, lambda row: row["priority"], "thứ tự này")
    rules = []
    for row in rows:
        if not row["priority"].isdigit():
            raise row.wrong(f"thứ tự “{row['priority']}” không phải là số; hãy ghi như 120")
        if unknown := sorted(_names_in(row["pattern"]) - phrases.concepts):
            raise row.wrong(f"mẫu dùng khái niệm không có trong terms.csv: {', '.join(unknown)}; hãy sửa tên")
        rules.append(
            Rule(
                facet,
                int(row["priority"]),
                row["value"],
                frozenset(_list(row["for_acts"], ";")),
                _compiled(row["pattern"], phrases),
                _list(row["examples"], "//"),
                _list(row["near_examples"], "//"),
            )
        )
    return tuple(sorted(rules, key=lambda rule: rule.priority))


def _load_activities(path: Path, rules: Mapping[FacetName, Sequence[Rule]]) -> tuple[Activity, ...]:
    values = {facet: {rule.value for rule in rules[facet]} for facet in FACETS}
    rows = read_register(path, ["code", "domain", "label", *FACETS, "examples", "near_examples"])
    unique(rows, lambda row: row["code"], "mã này")
    activities = []
    for row in rows:
        allowed = {facet: frozenset(_list(row[facet], ";")) for facet in FACETS}
        if unknown := [value for facet in FACETS for value in sorted(allowed[facet] - values[facet])]:
            raise row.wrong(f"không quy tắc nào cho “{'”, “'.join(unknown)}”; hãy sửa tên cho khớp với facets")
        activities.append(
            Activity(
                row["code"],
                row["domain"],
                row["label"],
                allowed["act"],
                allowed["object"],
                allowed["stage"],
                allowed["scope"],
                _list(row["examples"], "//"),
                _list(row["near_examples"], "//"),
            )
        )
    return tuple(activities)


def _list(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(separator) if part.strip())


def _names_in(pattern: str) -> set[str]:
    """The concepts a pattern names: {"tổ_chức", "họp", "xét"} in "^ tổ_chức|họp* xét"."""
    atoms = [atom.rstrip("?*") for atom in pattern.split() if atom not in ("^", "~", "...")]
    return {name for atom in atoms for name in atom.split("|")}


def _compiled(pattern: str, phrases: Phrases) -> re.Pattern[str]:
    """The pattern of a rule as a regular expression over concepts, each followed by a space; "" fits anything."""
    if not pattern:
        return re.compile("")
    parts = [] if pattern.startswith("^") else [r"(?:\A|(?<= ))"]
    settings = "|".join(sorted(phrases.settings))
    light = "|".join(sorted(phrases.settings | phrases.light))
    for atom in pattern.split():
        names = atom.rstrip("?*")
        if atom == "^":
            parts.append(rf"\A(?:(?:{settings}) )*")
        elif atom == "~":
            parts.append(f"(?:(?:{light}) )*")
        elif atom == "...":
            parts.append(r"(?:\S+ )*?")
        elif atom.endswith("*"):
            parts.append(f"(?:(?:{names}|{settings}) )*")
        elif atom.endswith("?"):
            parts.append(f"(?:(?:{names}) )?")
        else:
            parts.append(f"(?:{names}) ")
    return re.compile("".join(parts))


Y_OR_I = re.compile(r"(h|k|l|m|s|t|qu)([yỳýỷỹỵiìíỉĩị])")
Y_AND_I = str.maketrans("yỳýỷỹỵiìíỉĩị", "iìíỉĩịyỳýỷỹỵ")


def _spellings(syllable: str) -> set[str]:
    """A syllable with y and with i where both are written: {"ký", "kí"}."""
    match = Y_OR_I.fullmatch(syllable)
    return {syllable, match[1] + match[2].translate(Y_AND_I)} if match else {syllable}
