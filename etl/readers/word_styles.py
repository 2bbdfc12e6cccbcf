"""What Word's styles say of text: its font, whether it is hidden or in capitals, and which list numbers it."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from etl.readers import limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """Properties of a run or paragraph. None: not said here, so what stands above holds."""

    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, base: Look) -> Look:
        """This look, with what it leaves unsaid taken from `base`."""
        return Look(*(_first(getattr(self, name), getattr(base, name)) for name in Look.__slots__))


PLAIN = Look()


class Styles:
    """The styles of one file. `look(style_id)` has all that a style inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = () if root is None else root.iterchildren(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._known: dict[str | None, Look] = {}
        self._defaults = PLAIN if root is None else look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), None)
        self._normal = _default_paragraph_style(self._styles)

    def paragraph_look(self, style_id: str | None) -> Look:
        return self.look(style_id or self._normal).over(self._defaults)

    def look(self, style_id: str | None) -> Look:
        if style_id not in self._known:
            self._known[style_id] = self._inherited(style_id)
        return self._known[style_id]

    def _inherited(self, style_id: str | None) -> Look:
        look = PLAIN
        for _ in range(limits.MAX_NESTING):  # styles based on one another in a ring are met in damaged files
            style = self._styles.get(style_id)
            if style is None:
                break
            look = look.over(look_of(style.find(f"{W}rPr"), style.find(f"{W}pPr")))
            style_id = value(style.find(f"{W}basedOn"))
        return look


def look_of(run: etree._Element | None, paragraph: etree._Element | None) -> Look:
    """What <w:rPr> and <w:pPr> say themselves."""
    font = hidden = capitals = list_id = level = None
    if run is not None:
        font = _font(run.find(f"{W}rFonts"))
        hidden = _switch(run.find(f"{W}vanish"))
        capitals = _switch(run.find(f"{W}caps"))
    number = None if paragraph is None else paragraph.find(f"{W}numPr")
    if number is not None:
        list_id = value(number.find(f"{W}numId"))
        level = whole(value(number.find(f"{W}ilvl")))
    return Look(font, hidden, capitals, list_id, level)


def value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.lstrip("-").isdecimal() else None


def _font(fonts: etree._Element | None) -> str | None:
    """The font of the letters above ASCII, where the old code pages have theirs. A theme's font is never an old one."""
    if fonts is None:
        return None
    if fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme"):
        return ""
    return fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")


def _switch(element: etree._Element | None) -> bool | None:
    return None if element is None else (value(element) or "1").lower() not in OFF


def _first(said, base):
    return base if said is None else said


def _default_paragraph_style(styles: dict[str | None, etree._Element]) -> str | None:
    for style_id, style in styles.items():
        if style.get(f"{W}type") == "paragraph" and (style.get(f"{W}default") or "0").lower() not in OFF:
            return style_id
    return None
