"""HTML and markdown marks left in text by whatever converted it: removed, their line breaks and bullets kept."""

from __future__ import annotations

import html
import re

_LINE_TAGS = (
    "address|article|blockquote|br|caption|center|dd|div|dl|dt|h[1-6]|hr|ol|p|section|table|tbody|tfoot|thead|tr|ul"
)
_INLINE_TAGS = (
    "a|abbr|b|big|body|button|cite|code|col|colgroup|del|em|figure|font|footer|form|head|header|html|i|iframe|img|input|ins|"
    "label|link|main|mark|meta|nav|noscript|pre|q|s|script|small|span|strike|strong|style|sub|sup|svg|title|tt|u|var"
)
_ATTRIBUTES = r"(?:\s[^<>]*|/)?"
#: Tags that begin or end a line, with the blanks around them; the last group holds the bullet of an <li>.
_LINE = re.compile(rf"\s*</?(?:{_LINE_TAGS}|li){_ATTRIBUTES}>(?:\s*</?(?:{_LINE_TAGS}|li){_ATTRIBUTES}>)*\s*", re.I)
_BULLET = re.compile(r"<li\b", re.I)
_BULLETED = re.compile(r"[-+•*–]")
_CELL = re.compile(rf"\s*</?t[dh]{_ATTRIBUTES}>\s*", re.I)
#: Word's own tags have a prefix: <o:p>, <w:sdt>.
_INLINE = re.compile(rf"</?(?:(?:{_INLINE_TAGS}){_ATTRIBUTES}|[a-z]\w*:[a-z]\w*{_ATTRIBUTES})>|<![\[a-z][^<>]*>", re.I)
_HIDING = re.compile(r"<!(--)|<(script|style)\b[^<>]*>", re.I)
_HIDDEN_TO = {"--": re.compile("-->"), **{tag: re.compile(rf"</{tag}\s*>", re.I) for tag in ("script", "style")}}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});|&nbsp\b;?", re.I)

#: "**" is a mark unless it stands in brackets, where it points to a note: "(**)".
_BOLD = re.compile(r"(?<![(*])\*{2,3}(?!\*)(?!\))")
_UNDERLINED = re.compile(r"(?<![\w_])__(?=[^\s_])([^_]*[^\W\d_][^_]*)(?<=[^\s_])__(?![\w_])")
_ITALIC = re.compile(r"(?<![\w*(])\*(?=[^\s*)])([^*\n]*[^\s*(])\*(?![\w*)])")
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.M)
_ESCAPED = re.compile(r"\\([-.*_#()\[\]+!`|<>&])")
_LINK = re.compile(r"\[([^\]\[\n]+)\]\((?:https?:|mailto:|/|#)[^)\s]*\)")


def strip_markup(text: str) -> str:
    """`text` without tags, entities and marks of emphasis; lines and list items become lines, an <li> a line with "-".

    A "<" that opens no HTML tag, an "&" that opens no entity and underscores to be filled in stay as printed. What <script>
    and <style> hold is dropped. Raises nothing.

    >>> strip_markup("<ul><li>Sở Nội vụ;</li><li>**Văn phòng** KH&amp;ĐT</li></ul>")
    '- Sở Nội vụ;\\n- Văn phòng KH&ĐT'
    """
    if "&" in text:
        text = _unescaped(text)
    if "<" in text and ">" in text:
        text = _without_tags(text)
    if any(mark in text for mark in "*_`#\\["):
        text = _without_marks(text)
    return text


def _unescaped(text: str) -> str:
    # Portals escape twice: "&amp;nbsp;".
    for _ in range(3):
        plain = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if plain == text:
            break
        text = plain
    return text


def _without_tags(text: str) -> str:
    bare = _INLINE.sub("", _CELL.sub(" ", _LINE.sub(_line_feed, _without_hidden(text))))
    return bare.strip() if bare != text else text


def _without_hidden(text: str) -> str:
    """Without comments, scripts and styles; one that is never closed hides nothing, and is looked for once."""
    kept: list[str] = []
    at, never_closed = 0, set()
    for opened in _HIDING.finditer(text):
        kind = (opened[1] or opened[2]).lower()
        if opened.start() < at or kind in never_closed:
            continue
        if closed := _HIDDEN_TO[kind].search(text, opened.end()):
            kept.append(text[at : opened.start()])
            at = closed.end()
        else:
            never_closed.add(kind)
    return "".join(kept) + text[at:]


def _line_feed(match: re.Match[str]) -> str:
    following = match.string[match.end() : match.end() + 1]
    bullet = _BULLET.search(match[0]) and following and not _BULLETED.match(following)
    return "\n- " if bullet else "\n"


def _without_marks(text: str) -> str:
    text = _HEADING.sub("", _LINK.sub(r"\1", text))
    text = _ITALIC.sub(r"\1", _UNDERLINED.sub(r"\1", _BOLD.sub("", text)))
    return _ESCAPED.sub(r"\1", text.replace("`", ""))
