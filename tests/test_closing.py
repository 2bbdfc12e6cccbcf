"""Recipients and signature, in the ways offices print them."""

import pytest
from plan_writing import document

from etl.parsing.closing import read_close
from etl.parsing.layout import lay_out
from etl.parsing.passages import Passage


def close_of(text):
    return read_close(
        [Passage(paragraph.text, paragraph.place, paragraph.place) for paragraph in document(text).paragraphs()]
    )


CASES = [
    (  # recipients first, then the signature
        "Nơi nhận:\n- Ban TĐKTTW;\n- TT. Tỉnh ủy; (B/c)\n- Lưu: VT, KG-VX (NTB).\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nDương Xuân Huyền",
        ["Ban TĐKTTW", "TT. Tỉnh ủy; (B/c)", "Lưu: VT, KG-VX (NTB)"],
        ("Dương Xuân Huyền", "PHÓ CHỦ TỊCH"),
    ),
    (  # both columns on one line
        "Nơi nhận: GIÁM ĐỐC\n- Sở KH&ĐT các tỉnh:Lai Châu,Cao Bằng,\nĐiện Biên;\n- Lưu: VT, VP.\nNguyễn Hữu Chiến",
        ["Sở KH&ĐT các tỉnh:Lai Châu,Cao Bằng, Điện Biên", "Lưu: VT, VP"],
        ("Nguyễn Hữu Chiến", "GIÁM ĐỐC"),
    ),
    (
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Tiến Dũng\nNơi nhận:\n- Như trên.",
        ["Như trên"],
        ("Trần Tiến Dũng", "CHỦ TỊCH"),
    ),  # signature first
    (
        "Nơi nhận:\nBan TĐKT tỉnh\nLưu VT\nQ. GIÁM ĐỐC\n(Đã ký)\nTS. Lò Văn Phương",
        ["Ban TĐKT tỉnh", "Lưu VT"],
        ("Lò Văn Phương", "Q. GIÁM ĐỐC"),
    ),  # no bullets
    ("Nơi nhận :\n- Ban TĐKT tỉnh;", ["Ban TĐKT tỉnh"], (None, None)),  # breaks off
    *(  # names of the Central Highlands
        (f"Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n{name}", ["Lưu: VT"], (name, "CHỦ TỊCH"))
        for name in ("K’ Brốp", "Điểu K'Ré", "H’Yao Knul", "Y Khăm Niê")
    ),
    (
        "Nơi nhận: Sở Nội vụ; TT Đảng ủy, HĐND xã; Lưu: VT.\nCHỦ TỊCH\nPhan Đức Thọ",  # all on one line
        ["Sở Nội vụ", "TT Đảng ủy, HĐND xã", "Lưu: VT"],
        ("Phan Đức Thọ", "CHỦ TỊCH"),
    ),
    ("Nơi gửi:\n- Như trên.\nCHỦ TỊCH\nPhan Đức Thọ", ["Như trên"], ("Phan Đức Thọ", "CHỦ TỊCH")),
    *(  # signed, and by whom, on one line
        (f"Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n{signed} Phan Đức Thọ", ["Lưu: VT"], ("Phan Đức Thọ", "CHỦ TỊCH"))
        for signed in ("(Đã ký)", "(đã ký và đóng dấu)")
    ),
    (  # an office behind a recipient, and a name with its rank
        "Nơi nhận: KT. GIÁM ĐỐC\n- Cục V05, Bộ Công an; PHÓ GIÁM ĐỐC\n- Lưu: VT, PX05.\nThượng tá Lê Văn Bình",
        ["Cục V05, Bộ Công an", "Lưu: VT, PX05"],
        ("Lê Văn Bình", "PHÓ GIÁM ĐỐC"),
    ),
]


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("Nơi nhận: Thường trực Tỉnh ủy; Thường trực HĐND tỉnh; các sở, ban, ngành; UBND các xã; Lưu: VT.", True),
        ("Nơi gửi: Sở Nội vụ.", True),
        ("Nơi gửi hồ sơ khen thưởng: Phòng Nội vụ.", False),
        ("Nơi nhận hồ sơ đề nghị khen thưởng năm 2023 của các đơn vị là bộ phận một cửa của Sở Nội vụ tỉnh.", False),
    ],
)
def test_the_list_of_recipients_ends_the_body(line, closes):
    layout = lay_out(document(f"KẾ HOẠCH\nI. NỘI DUNG\n- Phát động thi đua.\n{line}"), bool)
    assert bool(layout.close) == closes


@pytest.mark.parametrize("office", ["NGƯỜI LẬP KẾ HOẠCH", "PHÊ DUYỆT CỦA LÃNH ĐẠO", "DUYỆT"])
def test_who_drew_up_or_approved_the_plan_signs_it_too(office):
    text = f"KẾ HOẠCH\nI. NỘI DUNG\n- Phát động thi đua.\n{office}\nTrần Thị Lan\nCHỦ TỊCH\nPhan Đức Thọ\nNơi nhận:\n- Lưu: VT."
    layout = lay_out(document(text), bool)
    assert [passage.text for passage in layout.body] == ["I. NỘI DUNG", "- Phát động thi đua."]
    assert read_close(layout.close).signer == "Phan Đức Thọ"


@pytest.mark.parametrize(("text", "recipients", "signature"), CASES)
def test_read_close(text, recipients, signature):
    close = close_of(text)
    assert [entry.recipient for entry in close.recipients] == recipients
    assert (close.signer, close.signer_title) == signature
