"""Which lines of a web page are the plan, and which the site puts around it: menus, breadcrumbs, sidebars, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from etl.document import Part
from etl.readers.assembly import Spanning

NAVIGATION_TAGS = {"nav", "footer", "aside", "select", "button", "textarea", "label"}
NAVIGATION_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "complementary"}
NAVIGATION_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menubar|footer|sidebar|breadcrumbs?|social|share|sharing|related|comments?|toolbar|"
    r"pagination|login|search|banner|marquee)(?:$|[\s_\d-])",
    re.I,
)
#: What an administrative document prints at fixed places (Decree 30/2020/NĐ-CP): motto, number, kind; then grounds,
#: headings, signature, recipients.
OPENING = re.compile(
    r"^\s*(?:độc\s+lập\s*[-–—]\s*tự\s+do|số\s*(?::|\d*\s*[-/]\s*[A-ZĐ]{2})|kế\s+hoạch\s*$)|cộng\s+h[oò][aà]\s+xã\s+hội\s+chủ\s+nghĩa",
    re.I | re.M,
)
PLACE_AND_DATE = re.compile(r"^\s*[A-ZĐÀ-Ỹ][^,:;.]{2,30},\s*ngày\b.{0,12}\btháng\b", re.I)
EVIDENCE = re.compile(
    r"^\s*(?:căn\s+cứ\s|thực\s+hiện\s|nơi\s+nhận|tm\.|kt\.|tl\.|tuq\.|[IVX]{1,5}\s*[.)/]\s|phụ\s+lục|phần\s+[IVX\d])",
    re.I | re.M,
)
SITE_NAME = re.compile(r"cổng\s+thông\s+tin|trang\s+thông\s+tin|portal|website", re.I)
AFTERWORD = re.compile(
    r"©|copyright|bản\s+quyền|lượt\s+(?:truy\s+cập|xem|đọc)|đang\s+truy\s+cập|^(?:các\s+)?(?:tin|bài|bài\s+viết|văn\s+bản)\s+(?:khác|liên\s+quan|"
    r"cùng|mới)|chia\s+sẻ|^in\s+(?:trang|bài)|gửi\s+(?:bình\s+luận|ý\s+kiến|email)|quay\s+lại|(?:về|lên)\s+đầu\s+trang|(?:tệp|file|tập\s+tin)\s+"
    r"(?:đính\s+kèm|gốc)|^tải\s+(?:về|xuống)|từ\s+khóa|đăng\s+nhập|thiết\s+kế\s+bởi|ghi\s+rõ\s+nguồn|chịu\s+trách\s+nhiệm\s+(?:chính|nội\s+dung)|"
    r"giấy\s+phép\s+(?:số|thiết\s+lập)|^nguồn\s*:|^tags?\s*:",
    re.I,
)
MOSTLY_LINK = 0.9
#: Lines outside the plan from which on a page is a portal's; a saved document may have a link or two.
FEW = 3
#: Share of the evidence that the plan's own block of the page has to hold; the rest may be a heading in a sidebar.
NEARLY_ALL = 0.85


@dataclass(frozen=True, slots=True)
class Printed:
    """One line or data table as the page prints it, and the element it stands in; `linked`: share of it in links."""

    text: str
    element: HtmlElement
    rows: Sequence[Sequence[Spanning]] | None = None
    linked: float = 0.0


def parts(lines: Sequence[Printed]) -> list[Part]:
    """For each line "body" or "navigation". A page without menus and links is a saved document: all of it is body."""
    outside = _outside(lines)
    if sum(outside) < FEW:
        return ["body"] * len(lines)
    evidence = [at for at, line in enumerate(lines) if not outside[at] and _speaks_for_plan(line)]
    if len(evidence) < 2:
        return ["navigation" if out else "body" for out in outside]
    block = _common_element([lines[at].element for at in evidence])
    inside = [block is None or _within(line.element, block) for line in lines]
    evidence = [at for at in evidence if inside[at]]
    first, last = _beginning(lines, evidence, inside), _end(lines, evidence[-1], outside)
    return [_part(at, first, last, inside[at], outside[at], evidence) for at in range(len(lines))]


def _part(at: int, first: int, last: int, inside: bool, outside: bool, evidence: list[int]) -> Part:
    if not first <= at <= last or not inside:
        return "navigation"
    return "navigation" if outside and not evidence[0] < at < evidence[-1] else "body"


def _outside(lines: Sequence[Printed]) -> list[bool]:
    """Lines in an element made for navigation, and lines that are but a link."""
    length = sum(len(line.text) for line in lines if line.linked < MOSTLY_LINK)
    inside: Counter[HtmlElement] = Counter()
    for line in lines:
        if line.linked < MOSTLY_LINK:
            for element in _around(line):
                inside[element] += len(line.text)

    def for_navigation(element: HtmlElement) -> bool:
        return 2 * inside[element] < length and _navigates(element)

    return [line.linked >= MOSTLY_LINK or any(map(for_navigation, _around(line))) for line in lines]


def _around(line: Printed) -> Iterator[HtmlElement]:
    yield line.element
    yield from line.element.iterancestors()


def _navigates(element: HtmlElement) -> bool:
    return (
        element.tag in NAVIGATION_TAGS
        or (element.get("role") or "").lower() in NAVIGATION_ROLES
        or any(NAVIGATION_NAME.search(element.get(name) or "") for name in ("class", "id"))
    )


def _speaks_for_plan(line: Printed) -> bool:
    table = line.rows is not None and len(line.rows) > 2 and max(map(len, line.rows)) > 2
    return table or bool(OPENING.search(line.text) or EVIDENCE.search(line.text))


def _common_element(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """The innermost element that holds nearly all of `elements`."""
    held: Counter[HtmlElement] = Counter()
    for element in elements:
        held.update((element, *element.iterancestors()))
    holders = [element for element, count in held.items() if count >= NEARLY_ALL * len(elements)]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _within(element: HtmlElement, block: HtmlElement) -> bool:
    return element is block or any(ancestor is block for ancestor in element.iterancestors())


def _beginning(lines: Sequence[Printed], evidence: Sequence[int], inside: Sequence[bool]) -> int:
    """The first line of the letterhead; the plan's block where it has none."""
    opening = next((at for at in evidence if OPENING.search(lines[at].text)), None)
    if opening is None:
        return inside.index(True)
    while opening > 0 and inside[opening - 1] and _is_of_letterhead(lines[opening - 1]):
        opening -= 1
    return opening


def _is_of_letterhead(line: Printed) -> bool:
    """A name in capitals, the place and date, or the rule under them."""
    own = line.rows is None and line.linked < MOSTLY_LINK and not SITE_NAME.search(line.text)
    rule = not any(letter.isalnum() for letter in line.text)
    return own and len(line.text) <= 90 and (line.text.isupper() or rule or bool(PLACE_AND_DATE.search(line.text)))


def _end(lines: Sequence[Printed], last_evidence: int, outside: Sequence[bool]) -> int:
    for at in range(last_evidence + 1, len(lines)):
        if outside[at] or AFTERWORD.search(lines[at].text):
            return at - 1
    return len(lines) - 1
