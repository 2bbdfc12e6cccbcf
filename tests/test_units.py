"""Units cells → bodies and roles, after the annotation guideline."""

import pytest

from etl.parsing.units import split_units

CASES = [
    ("- UBND tỉnh. - Ban TĐKT, Sở Nội vụ.", [("UBND tỉnh", ""), ("Ban TĐKT, Sở Nội vụ", "")]),
    ("- UBND tỉnh\n- Ban TĐKT Sở Nội vụ.", [("UBND tỉnh", ""), ("Ban TĐKT Sở Nội vụ", "")]),
    ("- Sở Kế hoạch và Đầu tư; Liên minh HTX; Hiệp hội Doanh nghiệp tỉnh.", [("Sở Kế hoạch và Đầu tư", ""), ("Liên minh HTX", ""), ("Hiệp hội Doanh nghiệp tỉnh", "")]),
    ("- Các đơn vị, các cụm thi đua.", [("Các đơn vị, các cụm thi đua", "")]),
    ("- Các cơ quan, đơn vị, địa phương.", [("Các cơ quan, đơn vị, địa phương", "")]),
    ("- Các đơn vị thuộc, trực\nthuộc Sở.", [("Các đơn vị thuộc, trực thuộc Sở", "")]),
    ("- Hội đồng TĐKT tỉnh, Ban TĐKT.", [("Hội đồng TĐKT tỉnh", ""), ("Ban TĐKT", "")]),
    ("- Văn phòng Sở chủ trì.\n- Hội đồng TĐKT Sở.", [("Văn phòng Sở", "lead"), ("Hội đồng TĐKT Sở", "")]),
    ("- Văn phòng Sở; các đơn vị trực thuộc Sở.", [("Văn phòng Sở", ""), ("các đơn vị trực thuộc Sở", "")]),
    ("Hội đồng TĐKT Sở;Văn phòng.", [("Hội đồng TĐKT Sở", ""), ("Văn phòng", "")]),  # glued
    ("Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh", [("Sở Nội vụ", "lead"), ("Văn phòng UBND tỉnh", "support")]),
    ("Chủ trì: Sở Nội vụ\nPhối hợp: Các sở, ban, ngành", [("Sở Nội vụ", "lead"), ("Các sở, ban, ngành", "support")]),
    ("Sở Nội vụ (chủ trì); Sở Tài chính (phối hợp)", [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support")]),
    ("Sở Giáo dục và Đào tạo", [("Sở Giáo dục và Đào tạo", "")]),
    ("Sở Nội vụ và Sở Tài chính", [("Sở Nội vụ", ""), ("Sở Tài chính", "")]),
    ("Sở Nội vụ và các đơn vị liên quan", [("Sở Nội vụ", ""), ("các đơn vị liên quan", "")]),
    ("Các đơn vị thuộc và trực thuộc sở", [("Các đơn vị thuộc và trực thuộc sở", "")]),
    ("UBND tỉnh\nSở Nội vụ\nCác huyện, thành phố", [("UBND tỉnh", ""), ("Sở Nội vụ", ""), ("Các huyện, thành phố", "")]),  # lines without bullets
    ("- Hiệp hội\nDoanh nghiệp tỉnh\n- Hội\nLHPN tỉnh", [("Hiệp hội Doanh nghiệp tỉnh", ""), ("Hội LHPN tỉnh", "")]),  # a lone first word
    ("Văn phòng\nSở\nCông đoàn\nngành GDĐT", [("Văn phòng Sở", ""), ("Công đoàn ngành GDĐT", "")]),
    ("Phòng Giáo dục Tiểu học\n- Mầm non\nVăn phòng Sở", [("Phòng Giáo dục Tiểu học - Mầm non", ""), ("Văn phòng Sở", "")]),
    ("Sở Nội vụ chủ trì; các cơ quan, đơn vị phối hợp", [("Sở Nội vụ", "lead"), ("các cơ quan, đơn vị", "support")]),
    ("Sở Nội vụ là đơn vị phối hợp", [("Sở Nội vụ", "support")]),
    ("Hội Phụ nữ xã cùng phối hợp", [("Hội Phụ nữ xã", "support")]),
    ("Các Cụm, Khối thi đua\nSở Nội vụ", [("Các Cụm, Khối thi đua", ""), ("Sở Nội vụ", "")]),
    ("- Phòng Kế hoạch - Tài chính.", [("Phòng Kế hoạch - Tài chính", "")]),  # the dash is inside the name
    ("VP HĐND và UBND xã", [("VP HĐND và UBND xã", "")]),
    ("Ban TĐKT, Công an tỉnh", [("Ban TĐKT", ""), ("Công an tỉnh", "")]),
    ("Xưởng may.\nXưởng in.\nUBND TP.\nHuế", [("Xưởng may", ""), ("Xưởng in", ""), ("UBND TP. Huế", "")]),
    ("Thường trực\nLĐLĐ thành phố\nCác Ban LĐLĐ", [("Thường trực LĐLĐ thành phố", ""), ("Các Ban LĐLĐ", "")]),
    ("Hội đồng TĐKT\nLĐLĐ thành phố\nLãnh đạo\nCác phòng", [("Hội đồng TĐKT LĐLĐ thành phố", ""), ("Lãnh đạo", ""), ("Các phòng", "")]),
    ("Hiệu trưởng, CTCĐ, các tổ chuyên môn", [("Hiệu trưởng", ""), ("CTCĐ", ""), ("các tổ chuyên môn", "")]),
    ("PHT phụ trách chuyên môn, GV dạy lớp 9", [("PHT phụ trách chuyên môn", ""), ("GV dạy lớp 9", "")]),
    ("Trưởng thôn, tổ trưởng tổ dân phố", [("Trưởng thôn, tổ trưởng tổ dân phố", "")]),  # heads of one kind of places
    ("TPT Đội, văn thư", [("TPT Đội", ""), ("văn thư", "")]),
    ("BGH + Công đoàn", [("BGH", ""), ("Công đoàn", "")]),
    ("BGH và các tổ trưởng", [("BGH", ""), ("các tổ trưởng", "")]),
    ("Sở Tài chính (chủ trì), Sở Nội vụ (chủ trì), Thanh tra tỉnh (phối hợp)", [("Sở Tài chính", "lead"), ("Sở Nội vụ", "lead"), ("Thanh tra tỉnh", "support")]),
    ("Ủy ban Mặt trận\nTổ quốc Việt Nam tỉnh", [("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "")]),
    ("Ban TĐKT\nSở Nội vụ", [("Ban TĐKT Sở Nội vụ", "")]),  # broken over two lines
    ("Chủ trì: Cơ quan\nThường trực Hội đồng\nPhối hợp: Sở Tài chính", [("Cơ quan Thường trực Hội đồng", "lead"), ("Sở Tài chính", "support")]),
    # each body has a bullet, and "Thường", "Mặt" found no room above
    ("- Bộ phận\nThường trực.\n- Ban công tác\nMặt trận thôn.", [("Bộ phận Thường trực", ""), ("Ban công tác Mặt trận thôn", "")]),
    # "Sở" had room above: its bullet was forgotten
    ("- Các phòng, đơn vị thuộc Sở\n- UBND tỉnh\nSở Nội vụ", [("Các phòng, đơn vị thuộc Sở", ""), ("UBND tỉnh", ""), ("Sở Nội vụ", "")]),
    ("Văn phòng\nUBND tỉnh", [("Văn phòng UBND tỉnh", "")]),
    ("Chủ trì: Ban Tuyên giáo\nTỉnh ủy\nPhối hợp: các thành viên\nHội đồng", [("Ban Tuyên giáo Tỉnh ủy", "lead"), ("các thành viên Hội đồng", "support")]),
    ("- Ủy ban Kiểm tra\nThành ủy", [("Ủy ban Kiểm tra Thành ủy", "")]),
    ("Hội đồng TĐKT SởVăn phòng Sở", [("Hội đồng TĐKT Sở", ""), ("Văn phòng Sở", "")]),  # list tags lost
    ("Ngân hàng VietinBank tỉnh", [("Ngân hàng VietinBank tỉnh", "")]),
    ("Chủ trì: Sở Nội vụ\nPhối hợp: Văn phòng\nUBND thành phố; Văn phòng\nThành ủy", [("Sở Nội vụ", "lead"), ("Văn phòng UBND thành phố", "support"), ("Văn phòng Thành ủy", "support")]),
    ("Văn phòng HĐND và UBND xã; Ủy ban\nMTTQ Việt Nam xã", [("Văn phòng HĐND và UBND xã", ""), ("Ủy ban MTTQ Việt Nam xã", "")]),
    ("Sở Tài chính; Sở\nNội vụ", [("Sở Tài chính", ""), ("Sở Nội vụ", "")]),
    ("Sở Lao động - Thương binh và Xã hội", [("Sở Lao động - Thương binh và Xã hội", "")]),
    ("Sở Nội vụ chủ trì, các sở, ngành phối hợp", [("Sở Nội vụ", "lead"), ("các sở, ngành", "support")]),
    ("", []),
    # labels before the names, in full and in short
    ("CT: Phòng Nội vụ; PH: Văn phòng, Phòng Tài chính", [("Phòng Nội vụ", "lead"), ("Văn phòng", "support"), ("Phòng Tài chính", "support")]),
    ("(CT: Ban Tổ chức; PH: Văn phòng)", [("Ban Tổ chức", "lead"), ("Văn phòng", "support")]),
    ("ĐVCT: Sở Nội vụ\nĐVPH: Sở Tài chính", [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support")]),
    ("- CT: Sở Nội vụ - PH: Sở Tài chính", [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support")]),
    ("Sở Nội vụ (CT), Sở Tài chính (PH)", [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support")]),
    ("Cơ quan thực hiện: Sở Nội vụ", [("Sở Nội vụ", "")]),
    ("Thực hiện: Sở Nội vụ. Phối hợp: Sở Tài chính", [("Sở Nội vụ", ""), ("Sở Tài chính", "support")]),
    ("Cơ quan chủ trì: Sở Nội vụ\nCơ quan phối hợp:\n- Sở Tài chính\n- Sở Tư pháp", [("Sở Nội vụ", "lead"), ("Sở Tài chính", "support"), ("Sở Tư pháp", "support")]),
    ("Chủ trì, phối hợp: Sở Nội vụ, Sở Tài chính", [("Sở Nội vụ", ""), ("Sở Tài chính", "")]),  # who leads is not said
    ("Trung tâm Hỗ trợ nông dân", [("Trung tâm Hỗ trợ nông dân", "")]),  # part of the name
    ("Phòng Nội vụ, UBND các xã", [("Phòng Nội vụ", ""), ("UBND các xã", "")]),  # the room is not theirs
    ("Phòng Nội vụ, UBND huyện", [("Phòng Nội vụ, UBND huyện", "")]),
    ("Phòng Nội vụ + Văn phòng huyện", [("Phòng Nội vụ", ""), ("Văn phòng huyện", "")]),
    ("Văn phòng HĐND và UBND huyện, các cơ quan liên quan", [("Văn phòng HĐND và UBND huyện", ""), ("các cơ quan liên quan", "")]),
    ("Văn phòng Đoàn ĐBQH và HĐND, UBND tỉnh", [("Văn phòng Đoàn ĐBQH và HĐND, UBND tỉnh", "")]),
    ("BGH, CĐ, GVCN", [("BGH", ""), ("CĐ", ""), ("GVCN", "")]),
    # a person and the office
    ("Bà Nguyễn Thị Hà, Trưởng phòng; ông Lê Văn Nam", [("Bà Nguyễn Thị Hà, Trưởng phòng", ""), ("ông Lê Văn Nam", "")]),
    ("Chánh Văn phòng, Phó Giám đốc", [("Chánh Văn phòng", ""), ("Phó Giám đốc", "")]),
    # a slash between two bodies, and inside one name
    ("Sở Nội vụ/Ban TĐKT", [("Sở Nội vụ", ""), ("Ban TĐKT", "")]),
    ("Sở Nội vụ /\nVăn phòng UBND tỉnh", [("Sở Nội vụ", ""), ("Văn phòng UBND tỉnh", "")]),
    ("Sở Nội vụ/các sở, ngành", [("Sở Nội vụ", ""), ("các sở, ngành", "")]),
    ("Trung tâm VHTT/TDTT huyện", [("Trung tâm VHTT/TDTT huyện", "")]),
    ("Các phòng/ban/đơn vị thuộc Sở", [("Các phòng/ban/đơn vị thuộc Sở", "")]),
    ("Hội đồng theo Nghị định 57/2018/NĐ-CP", [("Hội đồng theo Nghị định 57/2018/NĐ-CP", "")]),
    # a plural of offices holds for the next, not for a body of its own
    ("Các Cụm trưởng, Khối trưởng", [("Các Cụm trưởng, Khối trưởng", "")]),
    ("Các Cụm trưởng, Văn phòng Sở", [("Các Cụm trưởng", ""), ("Văn phòng Sở", "")]),
    ("Sở Nội vụ; các Cụm, Khối thi đua", [("Sở Nội vụ", ""), ("các Cụm, Khối thi đua", "")]),
    # a committee's first word alone on its line
    ("Sở Nội vụ\nỦy ban\nMTTQ Việt Nam tỉnh", [("Sở Nội vụ", ""), ("Ủy ban MTTQ Việt Nam tỉnh", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "bodies"), CASES)
def test_split_units(cell, bodies):
    assert [(unit.unit_raw, unit.role) for unit in split_units(cell)] == [
        (name, role or "unspecified") for name, role in bodies
    ]


def test_the_column_gives_the_role_where_the_cell_says_none():
    assert [unit.role for unit in split_units("Sở Nội vụ; Sở Tài chính", "support")] == ["support", "support"]


def test_in_a_column_of_leaders_a_word_tells_the_leader_from_the_others():
    named = "Văn phòng HĐND và UBND phường (chủ trì); Phòng Văn hóa - Xã hội; Ủy ban MTTQ phường"
    assert [unit.role for unit in split_units(named, "lead")] == ["lead", "unspecified", "unspecified"]
    assert [unit.role for unit in split_units("Sở Nội vụ; Sở Tài chính", "lead")] == ["lead", "lead"]
    assert [unit.role for unit in split_units("Thực hiện: Sở Nội vụ", "support")] == ["unspecified"]
