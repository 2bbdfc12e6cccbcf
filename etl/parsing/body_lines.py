"""Lines that name a body over what it has to do: "1. Giao Văn phòng Sở:", "Đối với các xã", "Sở Tài chính có trách nhiệm:"."""

from __future__ import annotations

import re

from etl.parsing.body_heads import GROUP_HEAD, HEAD
from etl.parsing.doers import LONGEST_NAME
from etl.parsing.items import LETTERED, VERB_START
from etl.vietnamese.cleaning import fold

#: "1. Giao Văn phòng Sở:" over what the office has to do.
ORDERED = re.compile(r"^(?:(?:Giao|Phân công)(?: cho)?|Đề nghị|Yêu cầu|Trách nhiệm của|Nhiệm vụ của)\s+", re.I)
#: "Đối với Phòng Tổ chức - Hành chính" over the same.
TO_WHOM = re.compile(r"^(?:Đối với|Về phía|Với)\s+", re.I)
#: "Văn phòng Sở có trách nhiệm:", "Các đơn vị thực hiện các nhiệm vụ sau:" over the same.
ACT_OF_HEAD = re.compile(
    r"\s+(?:(?:có|chịu) (?:trách nhiệm|nhiệm vụ)\b.*|(?:thực hiện|triển khai|đảm nhiệm)(?: (?:các |những )?(?:nhiệm vụ|nội dung|công việc)\b.*)?)$"
)


def body_in(heading: str) -> str:
    """The body in "Giao Văn phòng Sở:", "(1) Đối với Văn phòng Sở", "Văn phòng Sở có trách nhiệm:"."""
    named = TO_WHOM.sub("", ORDERED.sub("", LETTERED.sub("", heading)))
    return ACT_OF_HEAD.sub("", named.strip(" :"))


def names_body(heading: str) -> bool:
    """ "Các phòng, đơn vị", "PHÒNG ĐÀO TẠO"; "Các phong trào thi đua chuyên đề của ngành" names nobody."""
    if heading.isupper() and not HEAD.match(heading):
        heading = heading.capitalize()
    several = re.match(r"các\s+", heading, re.I)
    named = HEAD.match(heading, several.end()) or GROUP_HEAD.match(heading) if several else HEAD.match(heading)
    return bool(named) and not VERB_START.match(fold(heading)) and len(heading.split()) <= LONGEST_NAME
