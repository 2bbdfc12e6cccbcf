"""Page numbers and running heads between the lines of a text."""

import pytest
from plan_writing import document

from etl.parsing.page_furniture import mark_page_furniture

CASES = {
    "numbers alone": ("Phát động thi đua.\n2\nKý giao ước.\n3\nTổng kết.", ["2", "3"]),
    "in dashes": ("Phát động thi đua.\n- 2 -\nKý giao ước.\nTrang 3/7\nTổng kết.", ["- 2 -", "Trang 3/7"]),
    "a running head below": ("A.\n2\nKế hoạch năm 2022\nB.\n3\nKế hoạch năm 2022\nC.", ["2", "Kế hoạch năm 2022", "3", "Kế hoạch năm 2022"]),
    "a running foot above": ("A.\nUBND xã\n1\nB.\nUBND xã\n2\nC.", ["UBND xã", "1", "UBND xã", "2"]),
    "a number that counts no pages": ("Số lượng:\n12\nTổng kết.", []),
    "the same words elsewhere": ("UBND xã\nA.\n2\nB.\n3\nC.\nUBND xã", ["2", "3"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "furniture"), CASES.values(), ids=CASES)
def test_page_furniture(text, furniture):
    blocks = mark_page_furniture(document(text)).blocks
    assert [block.text for block in blocks if block.part == "page_furniture"] == furniture
