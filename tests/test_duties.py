"""Plans without a table: lists under times, duties in prose."""

import pytest
from plan_writing import document

from etl.parsing.understand import read_plan

HEAD = "UBND TỈNH SƠN LA\nKẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2023\nCăn cứ Luật Thi đua, khen thưởng, UBND tỉnh ban hành kế hoạch như sau:\n"


def plan(text, registers):
    return read_plan(document(HEAD + text), registers)


def told(found):
    return [(task.items, task.timing.months, [unit.unit_raw for unit in task.units]) for task in found.tasks]


def test_list_by_months(registers):
    found = plan(
        "I. NỘI DUNG\n1. Tháng 01\n- Phát động thi đua.\n- Ký kết giao ước.\n2. Quý II:\n- Kiểm tra tại các xã.\nII. TỔ CHỨC THỰC HIỆN\n- Sở Nội vụ theo dõi, đôn đốc.",
        registers,
    )
    assert found.form == "month_list"
    assert told(found) == [
        (("Phát động thi đua",), (1,), []),
        (("Ký kết giao ước",), (1,), []),
        (("Kiểm tra tại các xã",), (4, 5, 6), []),
        (("Sở Nội vụ theo dõi, đôn đốc",), (), ["Sở Nội vụ"]),
    ]


def test_what_a_list_says_of_body_and_time_is_no_task(registers):
    found = plan(
        "I. NỘI DUNG\n- Tổ chức hội nghị tổng kết.\n+ Thời gian: Tháng 12.\n+ Đơn vị chủ trì: Sở Nội vụ.\n+ Đơn vị phối hợp: Văn phòng UBND tỉnh.\n- Sơ kết công tác thi đua.",
        registers,
    )
    (first, _) = found.tasks
    assert first.items == ("Tổ chức hội nghị tổng kết",) and first.timing.months == (12,)
    assert [(unit.unit_raw, unit.role) for unit in first.units] == [
        ("Sở Nội vụ", "lead"),
        ("Văn phòng UBND tỉnh", "support"),
    ]


def test_a_numbered_duty_over_its_attributes(registers):
    found = plan(
        "I. NỘI DUNG\n1. Ban hành kế hoạch thi đua\n- Thời gian: Quý I.\n- Cơ quan thực hiện: Sở Nội vụ.\n2. Tổng kết\n- Thời gian: Quý IV.",
        registers,
    )
    assert told(found) == [
        (("Ban hành kế hoạch thi đua",), (1, 2, 3), ["Sở Nội vụ"]),
        (("Tổng kết",), (10, 11, 12), []),
    ]


def test_a_body_asked_for_an_award_does_nothing(registers):
    found = plan("I. NỘI DUNG\n- Đề nghị Bộ Nội vụ tặng Kỷ niệm chương cho cán bộ.\n- Tổng kết.", registers)
    assert told(found)[0] == (("Đề nghị Bộ Nội vụ tặng Kỷ niệm chương cho cán bộ",), (), [])


def test_entries_that_open_with_their_time(registers):
    found = plan("I. NỘI DUNG\n- Tháng 01: Phát động thi đua.\n- Tháng 12: Bình xét.", registers)
    assert found.form == "month_list" and not found.deadlines
    assert told(found) == [(("Phát động thi đua",), (1,), []), (("Bình xét",), (12,), [])]


def test_the_same_on_one_line(registers):
    found = plan(
        "I. NỘI DUNG\n- Phát động thi đua năm 2023. Đơn vị thực hiện: Phòng Nội vụ. Thời gian: Quý I.\n- Kiểm tra.",
        registers,
    )
    assert told(found)[0] == (("Phát động thi đua năm 2023",), (1, 2, 3), ["Phòng Nội vụ"])


def test_purpose_and_requirements_are_no_duties(registers):
    found = plan(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao chất lượng thi đua.\n2. Yêu cầu\n- Bảo đảm dân chủ.\nII. NHIỆM VỤ\n- Phát động thi đua.",
        registers,
    )
    assert [task.text for task in found.tasks] == ["Phát động thi đua"]


def test_headings_introductions_and_closing_words_are_no_duties(registers):
    found = plan(
        "I. NỘI DUNG\n1. Công tác tuyên truyền\nTập trung vào các nội dung sau:\n- Tuyên truyền Luật.\nTrên đây là Kế hoạch công tác thi đua, khen thưởng năm 2023./.",
        registers,
    )
    assert [task.text for task in found.tasks] == ["Tuyên truyền Luật"]


def test_a_heading_that_names_the_body(registers):
    found = plan(
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\na) Theo dõi, đôn đốc.\nb) Tổng hợp, báo cáo trước ngày 10/12/2023.\n2. Các sở, ban, ngành\n- Xây dựng kế hoạch.",
        registers,
    )
    assert [(task.section, [unit.unit_raw for unit in task.units]) for task in found.tasks] == [
        ("III.1.a", ["Sở Nội vụ"]),
        ("III.1.b", ["Sở Nội vụ"]),
        ("III.2", ["Các sở, ban, ngành"]),
    ]
    assert [due.date for due in found.deadlines] == ["2023-12-10"]


def test_lines_broken_by_extraction_are_one_duty(registers):
    lines = (
        "I. NỘI DUNG\n"
        + "- Đẩy mạnh công tác tuyên truyền sâu rộng về các phong trào thi đua yêu\nnước trong toàn tỉnh, gắn với việc thực hiện nhiệm vụ chính trị của các\nSở, ban, ngành năm 2023.\n"
        * 5
    )
    found = plan(lines, registers)
    assert len(found.tasks) == 5 and found.tasks[0].items[0].endswith("của các Sở, ban, ngành năm 2023")


def test_a_law_date_is_no_deadline(registers):
    found = plan(
        "I. NỘI DUNG\n- Thực hiện Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ.\n- Gửi đăng ký về Sở Nội vụ trước ngày 28/02/2023, báo cáo năm trước ngày 15/11/2023.",
        registers,
    )
    assert [due.date for due in found.deadlines] == ["2023-02-28", "2023-11-15"]


LABELLED = {
    "letters": "1. Hội nghị tổng kết\na) Nội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\nb) Thời gian thực hiện: Quý I/2023.\nc) Đơn vị thực hiện: Sở Nội vụ chủ trì, phối hợp Văn phòng UBND tỉnh.",
    "letters without full stops": "1. Hội nghị tổng kết\na) Nội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023\nb) Thời gian: Quý I/2023\nc) Đơn vị chủ trì: Sở Nội vụ\nd) Đơn vị phối hợp: Văn phòng UBND tỉnh",
    "dashes": "1. Hội nghị tổng kết\n- Nội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\n- Thời hạn hoàn thành: Quý I/2023.\n- ĐVCT: Sở Nội vụ.\n- ĐVPH: Văn phòng UBND tỉnh.\n- Sản phẩm: Báo cáo tổng kết.\n- Địa điểm: Hội trường UBND tỉnh.",
    "no marks": "1. Hội nghị tổng kết\nNội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\nThời gian: Quý I/2023.\nĐơn vị chủ trì: Sở Nội vụ; Đơn vị phối hợp: Văn phòng UBND tỉnh.",
    "bullets under the labels": "1. Hội nghị tổng kết\na) Nội dung:\n- Tổ chức hội nghị tổng kết công tác thi đua;\n- Phát động thi đua năm 2023.\nb) Thời gian: Quý I/2023.\nc) Đơn vị thực hiện:\n- Chủ trì: Sở Nội vụ.\n- Phối hợp:\n+ Văn phòng UBND tỉnh.",
    "letters without colons": "1. Hội nghị tổng kết\na. Nội dung\n- Tổ chức hội nghị tổng kết công tác thi đua.\n- Phát động thi đua năm 2023.\nb. Thời gian: Quý I/2023\nc. Đơn vị thực hiện\n- Chủ trì: Sở Nội vụ.\n- Phối hợp: Văn phòng UBND tỉnh.",
    "numbers": "1. Hội nghị tổng kết\n1.1. Nội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\n1.2. Thời gian: Quý I/2023.\n1.3. Chủ trì: Sở Nội vụ; phối hợp: Văn phòng UBND tỉnh.",
    "a bracket on a line of its own": "1. Hội nghị tổng kết\n- Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\n(Thời gian: Quý I/2023; CT: Sở Nội vụ; PH: Văn phòng UBND tỉnh)",
    "a bracket behind": "1. Hội nghị tổng kết\n- Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023 (Thời gian: Quý I/2023; CT: Sở Nội vụ; PH: Văn phòng UBND tỉnh).",
    "no title": "- Nội dung: Tổ chức hội nghị tổng kết công tác thi đua. Phát động thi đua năm 2023.\n- Thời gian: Quý I/2023.\n- Chủ trì: Sở Nội vụ.\n- Phối hợp: Văn phòng UBND tỉnh.",
}  # fmt: skip


@pytest.mark.parametrize("labelled", LABELLED.values(), ids=LABELLED)
def test_a_duty_and_what_its_labels_say_are_one_task(labelled, registers):
    found = plan(
        f"II. NỘI DUNG, THỜI GIAN\n{labelled}\n2. Kiểm tra\na) Nội dung: Kiểm tra các huyện.\nb) Thời gian: Tháng 9.\nIII. TỔ CHỨC THỰC HIỆN\n- Sở Nội vụ theo dõi, đôn đốc.",
        registers,
    )
    first, second, last = found.tasks
    assert first.items == ("Tổ chức hội nghị tổng kết công tác thi đua", "Phát động thi đua năm 2023")
    assert first.timing.months == (1, 2, 3)
    assert [(unit.unit_raw, unit.role) for unit in first.units] == [
        ("Sở Nội vụ", "lead"),
        ("Văn phòng UBND tỉnh", "support"),
    ]
    assert (second.items, second.timing.months) == (("Kiểm tra các huyện",), (9,))
    assert [unit.unit_raw for unit in last.units] == ["Sở Nội vụ"]
    assert not found.deadlines


@pytest.mark.parametrize(
    ("time", "due"),
    [
        ("trước ngày 28/02/2023", ["2023-02-28"]),
        ("hoàn thành trong tháng 6/2023", ["2023-06"]),
        ("tháng 6/2023", []),  # when, not until when
    ],
)
def test_a_labelled_day_is_a_deadline(time, due, registers):
    found = plan(f"I. NỘI DUNG\n1. Đăng ký thi đua\na) Nội dung: Gửi bản đăng ký.\nb) Thời gian: {time}.", registers)
    assert [deadline.date for deadline in found.deadlines] == due


def test_an_order_behind_a_label_has_its_deadline(registers):
    found = plan(
        "I. NỘI DUNG\n- Phát động thi đua.\nTổ chức thực hiện: Các phòng báo cáo kết quả về Văn phòng Sở trước ngày 30/11/2023 để tổng hợp.",
        registers,
    )
    assert [deadline.date for deadline in found.deadlines] == ["2023-11-30"]


def test_a_heading_content_without_times_is_a_heading(registers):
    found = plan(
        "I. NHIỆM VỤ\n1. Thi đua\na) Nội dung:\n- Phát động thi đua.\n- Ký giao ước.\nb) Giải pháp:\n- Tuyên truyền.",
        registers,
    )
    assert [task.text for task in found.tasks] == ["Phát động thi đua", "Ký giao ước", "Tuyên truyền"]


def test_a_time_beside_bullets_holds_for_all_of_them(registers):
    found = plan(
        "I. NỘI DUNG\n1. Tuyên truyền\n- Mở chuyên mục.\n- Đăng tin, bài.\n- Thời gian: Quý II.\n2. Khen thưởng\n- Họp Hội đồng.\n- Trình khen thưởng.\n+ Thời gian: Tháng 12.",
        registers,
    )
    assert [(task.text, task.timing.months) for task in found.tasks] == [
        ("Mở chuyên mục", (4, 5, 6)),
        ("Đăng tin, bài", (4, 5, 6)),
        ("Họp Hội đồng", ()),
        ("Trình khen thưởng", (12,)),
    ]


DOERS = {
    "Các sở, ban, ngành, đoàn thể cấp tỉnh; UBND các huyện, thành phố, thị xã; các cụm, khối thi đua căn cứ Kế hoạch này xây dựng kế hoạch của đơn vị.": [
        "Các sở, ban, ngành, đoàn thể cấp tỉnh",
        "UBND các huyện, thành phố, thị xã",
        "các cụm, khối thi đua",
    ],
    "2. Phòng Hậu cần bảo đảm kinh phí khen thưởng.": ["Phòng Hậu cần"],
    "2/ Phòng Kế hoạch - Tài chính bố trí kinh phí.": ["Phòng Kế hoạch - Tài chính"],
    "Ban An toàn giao thông tỉnh phát động thi đua.": ["Ban An toàn giao thông tỉnh"],
    "Đoàn Thanh niên Sở đảm nhận ít nhất 02 công trình thanh niên.": ["Đoàn Thanh niên Sở"],
    "Phòng Quản lý chất lượng công trình giao thông chủ trì, phối hợp với Ban Quản lý dự án đầu tư xây dựng tổ chức thi đua.": [
        "Phòng Quản lý chất lượng công trình giao thông",
        "Ban Quản lý dự án đầu tư xây dựng",
    ],
    "Thanh tra Sở chủ trì, phối hợp với Phòng Tổ chức cán bộ xác minh, báo cáo.": [
        "Thanh tra Sở",
        "Phòng Tổ chức cán bộ",
    ],
    "Hội đồng sáng kiến họp xét công nhận sáng kiến 02 đợt: tháng 6 và tháng 11.": ["Hội đồng sáng kiến"],
    "Kiện toàn tổ công tác (Phòng Văn hóa - Xã hội chủ trì, hoàn thành trước ngày 31/01/2023).": [
        "Phòng Văn hóa - Xã hội"
    ],
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Nội vụ.": [
        "các cơ quan, đơn vị"
    ],
    "Nếu có vướng mắc, đề nghị các cơ quan, đơn vị báo cáo.": ["các cơ quan, đơn vị"],
    "Đề nghị Ban Tuyên giáo Tỉnh ủy định hướng công tác tuyên truyền.": ["Ban Tuyên giáo Tỉnh ủy"],
    "Trong tháng 01/2023, Phòng Văn hóa - Xã hội tham mưu phát động thi đua.": ["Phòng Văn hóa - Xã hội"],
    "Định kỳ hằng quý, các cụm thi đua báo cáo kết quả.": ["các cụm thi đua"],
    "Trung tâm Dịch vụ tổng hợp xã thường xuyên đưa tin, bài.": ["Trung tâm Dịch vụ tổng hợp xã"],
    "Phòng Kinh tế cân đối, bố trí kinh phí.": ["Phòng Kinh tế"],
    "Đoàn kiểm tra của tỉnh kiểm tra các huyện.": ["Đoàn kiểm tra của tỉnh"],
    "Các cấp công đoàn tiếp tục tổ chức các phong trào.": ["Các cấp công đoàn"],
    "Phòng Nội vụ: Tham mưu kế hoạch, hướng dẫn thực hiện.": ["Phòng Nội vụ"],
    "Các đơn vị gửi báo cáo về Văn phòng.": ["Các đơn vị"],
    "Phòng Tổ chức cán bộ tham mưu Giám đốc.": ["Phòng Tổ chức cán bộ"],
    "Giao Phòng Tổ chức cán bộ theo dõi, kiểm tra việc thực hiện.": ["Phòng Tổ chức cán bộ"],
    "Cán bộ theo dõi thi đua gửi báo cáo.": ["Cán bộ theo dõi thi đua"],
    "Thủ trưởng các đơn vị trực thuộc căn cứ Kế hoạch này triển khai.": ["Thủ trưởng các đơn vị trực thuộc"],
    "Trung tâm Truyền thông, Tạp chí Lao động mở chuyên mục.": ["Trung tâm Truyền thông", "Tạp chí Lao động"],
    **{
        f"Xét tặng danh hiệu {bodies}.": ["Phòng Nội vụ"]
        for bodies in (
            "(Giao Phòng Nội vụ)",
            "(giao cho Phòng Nội vụ)",
            "(do Phòng Nội vụ chủ trì)",
            "(Phòng Nội vụ thực hiện)",
            "(Phòng Nội vụ chịu trách nhiệm thực hiện)",
            "[Phòng Nội vụ]",
            "(Giao Phòng Nội vụ tham mưu)",
            "(Phòng Nội vụ) (trước ngày 15/02/2023)",
        )
    },
    "Xét tặng danh hiệu (Phòng Nội vụ thực hiện, Văn phòng phối hợp).": ["Phòng Nội vụ", "Văn phòng"],
    "Xét tặng danh hiệu [các danh hiệu cấp tỉnh].": [],
    "Giao cho Phòng Tổ chức cán bộ theo dõi thi đua.": ["Phòng Tổ chức cán bộ"],
    "Bình xét danh hiệu (các công đoàn cơ sở).": ["các công đoàn cơ sở"],
    "Bình xét danh hiệu (các cấp công đoàn)": ["các cấp công đoàn"],
    "Bình xét danh hiệu (công đoàn các xã, phường).": ["công đoàn các xã, phường"],
    "Tổng hợp hồ sơ (Văn phòng).": ["Văn phòng"],
    "Tổng hợp hồ sơ (các danh hiệu cấp tỉnh).": [],
    "Các đơn vị dự thi gửi hồ sơ.": ["Các đơn vị dự thi"],
    "Các xã, thị trấn: Tổ chức phát động tại địa phương.": ["Các xã, thị trấn"],
    "Mỗi huyện, thành phố gửi ít nhất 02 điển hình.": ["Mỗi huyện, thành phố"],
    "Mỗi đơn vị có ít nhất 01 điển hình được biểu dương.": [],
    "Ban Tổ chức - Kiểm tra là bộ phận thường trực, tham mưu tổng hợp.": ["Ban Tổ chức - Kiểm tra"],
    "Hội đồng xét sáng kiến họp đánh giá.": ["Hội đồng xét sáng kiến"],
    "Các phòng, đơn vị căn cứ Kế hoạch triển khai thực hiện.": ["Các phòng, đơn vị"],
}


@pytest.mark.parametrize(("order", "doers"), DOERS.items())
def test_who_acts(order, doers, registers):
    (task,) = plan(f"I. NỘI DUNG\n- {order}", registers).tasks
    assert [unit.unit_raw for unit in task.units] == doers


@pytest.mark.parametrize(
    ("order", "always"),
    [
        ("Đài Truyền thanh thường xuyên đưa tin, bài.", True),
        ("Tham mưu khen thưởng thường xuyên và đột xuất.", False),
        ("Cập nhật thường xuyên dữ liệu khen thưởng.", True),
        ("Kiểm tra thường xuyên và đột xuất các đơn vị.", False),
        ("Triển khai nhiệm vụ thường xuyên theo dõi thi đua.", False),
    ],
)
def test_an_order_to_act_always(order, always, registers):
    (task,) = plan(f"I. NỘI DUNG\n- {order}", registers).tasks
    assert (task.timing.recurring, len(task.timing.months)) == ((True, 12) if always else (False, 0))


@pytest.mark.parametrize(
    "heading",
    [
        "1. Giao Văn phòng Sở:",
        "1. Giao cho Văn phòng Sở:",
        "1. Văn phòng Sở",
        "1. Đề nghị Văn phòng Sở:",
        "1. Trách nhiệm của Văn phòng Sở:",
        "1. Về phía Văn phòng Sở:",
        "1. Với Văn phòng Sở",
        "1. Văn phòng Sở có trách nhiệm",
        "1. Văn phòng Sở có nhiệm vụ:",
        "1. Văn phòng Sở thực hiện các nhiệm vụ sau:",
        # without a number
        "Văn phòng Sở",
        "Văn phòng Sở:",
        "Văn phòng Sở có trách nhiệm:",
        "(1) Văn phòng Sở:",
    ],
)
def test_a_body_ordered_in_a_heading(heading, registers):
    (first, second) = plan(
        f"I. NỘI DUNG\n{heading}\na) Tham mưu phát động thi đua.\nb) Tổng hợp hồ sơ.", registers
    ).tasks
    assert [[unit.unit_raw for unit in task.units] for task in (first, second)] == [["Văn phòng Sở"], ["Văn phòng Sở"]]


@pytest.mark.parametrize("heading", ["1. PHÒNG ĐÀO TẠO", "1. TRÁCH NHIỆM CỦA PHÒNG ĐÀO TẠO"])
def test_a_body_in_capitals_over_what_it_does(heading, registers):
    (task,) = plan(f"III. TỔ CHỨC THỰC HIỆN\n{heading}\n- Tổng hợp hồ sơ.", registers).tasks
    assert [unit.unit_raw for unit in task.units] == ["PHÒNG ĐÀO TẠO"]


@pytest.mark.parametrize("heading", ["1. CÁC PHONG TRÀO THI ĐUA", "1. Các phong trào thi đua có trách nhiệm:"])
def test_a_matter_in_capitals_names_nobody(heading, registers):
    (task,) = plan(f"II. NỘI DUNG\n{heading}\n- Sơ kết phong trào.", registers).tasks
    assert not task.units


BODY_HEADS = {
    "bullets under bullets": "- Văn phòng Sở:\n+ Tham mưu kế hoạch.\n+ Tổng hợp hồ sơ.\n- Phòng Đào tạo (bộ phận thường trực):\n+ Xét thi đua.\n- Tổng kết công tác thi đua.",
    "stars over dashes, without colons": "* Văn phòng Sở\n- Tham mưu kế hoạch.\n- Tổng hợp hồ sơ.\n* Phòng Đào tạo (bộ phận thường trực)\n- Xét thi đua.\n* Tổng kết công tác thi đua.",
    "lines over paragraphs": "Văn phòng Sở\nTham mưu kế hoạch.\nTổng hợp hồ sơ.\nPhòng Đào tạo (bộ phận thường trực)\nXét thi đua.\nIV. TỔNG KẾT\n- Tổng kết công tác thi đua.",
    "lines over bullets": "Văn phòng Sở:\n- Tham mưu kế hoạch.\n- Tổng hợp hồ sơ.\nPhòng Đào tạo (bộ phận thường trực):\n- Xét thi đua.\nTổng kết công tác thi đua.",
}  # fmt: skip


@pytest.mark.parametrize("printed", BODY_HEADS.values(), ids=BODY_HEADS)
def test_a_body_over_its_duties_needs_no_number(printed, registers):
    found = plan(f"III. TỔ CHỨC THỰC HIỆN\n{printed}", registers)
    assert told(found) == [
        (("Tham mưu kế hoạch",), (), ["Văn phòng Sở"]),
        (("Tổng hợp hồ sơ",), (), ["Văn phòng Sở"]),
        (("Xét thi đua",), (), ["Phòng Đào tạo (bộ phận thường trực)"]),
        (("Tổng kết công tác thi đua",), (), []),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Văn phòng Sở theo dõi, tổng hợp",  # it orders
        "Văn phòng Sở.",
        "Công tác thi đua, khen thưởng",
    ],
)
def test_a_line_that_does_not_only_name_a_body_heads_nothing(line, registers):
    *_, last = plan(f"III. TỔ CHỨC THỰC HIỆN\n{line}\nTham mưu kế hoạch.", registers).tasks
    assert not last.units


def test_bullets_of_another_section_are_no_sub_points(registers):
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Công tác tuyên truyền\nĐăng tin, bài.\n2. Công tác khen thưởng\n+ Xét thi đua.\n+ Tổng hợp hồ sơ."
    assert [task.text for task in plan(text, registers).tasks] == ["Đăng tin, bài", "Xét thi đua", "Tổng hợp hồ sơ"]


def test_a_heading_over_several_bodies(registers):
    (task,) = plan(
        "III. TỔ CHỨC THỰC HIỆN\n1. Các sở, ban, ngành tỉnh; Ủy ban nhân dân các huyện, thành phố:\na) Phát động thi đua.",
        registers,
    ).tasks
    assert [unit.unit_raw for unit in task.units] == ["Các sở, ban, ngành tỉnh", "Ủy ban nhân dân các huyện, thành phố"]


def test_a_heading_over_matters_names_nobody(registers):
    (task,) = plan("I. NỘI DUNG\n1. Các phong trào thi đua của ngành:\n- Sơ kết phong trào.", registers).tasks
    assert not task.units


@pytest.mark.parametrize(
    ("order", "months"),
    [
        ("Xét khen thưởng chậm nhất ngày 25/8/2023.", (8,)),
        ("Tổ chức đợt thi đua từ ngày 15/8/2023 đến ngày 22/11/2023.", (8, 9, 10, 11)),
        ("Hoàn thành hồ sơ trước ngày 05/10/2023.", (10,)),
        ("Chuẩn bị Đại hội tổ chức vào tháng 11.", (7, 8, 9)),
        ("Chuẩn bị Đại hội.", (7, 8, 9)),
    ],
)
def test_own_time_under_a_heading(order, months, registers):
    (task,) = plan(f"I. NỘI DUNG\nQuý III:\n- {order}", registers).tasks
    assert task.timing.months == months


@pytest.mark.parametrize(
    ("order", "dates"),
    [
        ("Nộp bản đăng ký trước 17h00 ngày 28/02/2023.", ["2023-02-28"]),
        ("Gửi hồ sơ chậm nhất 17 giờ 00 ngày 28/02/2023.", ["2023-02-28"]),
        ("Biểu dương điển hình nhân dịp 19/5.", []),
        ("Gửi bản đăng ký thi đua (Thời hạn: 15/02/2023).", ["2023-02-15"]),
        ("Gửi bản đăng ký thi đua (Hạn cuối: ngày 15/02/2023).", ["2023-02-15"]),
        ("Gửi bản đăng ký thi đua. Thời hạn: trước ngày 15/02/2023.", ["2023-02-15"]),
        ("Tổ chức hội nghị tổng kết (Thời gian: 15/02/2023).", []),
        ("Họp xét vào các tháng 7, 8, 9.", []),
    ],
)
def test_days_that_something_is_owed(order, dates, registers):
    assert [due.date for due in plan(f"I. NỘI DUNG\n- {order}", registers).deadlines] == dates


def test_labels_in_a_heading_hold_for_what_stands_below(registers):
    found = plan(
        "I. NỘI DUNG\n1. Tập huấn (Thời gian: tháng 5; Đơn vị thực hiện: Sở Nội vụ):\n- Tập huấn phần mềm;\n- Tập huấn nghiệp vụ.\n2. Khen thưởng:\n- Họp Hội đồng.",
        registers,
    )
    assert told(found) == [
        (("Tập huấn phần mềm",), (5,), ["Sở Nội vụ"]),
        (("Tập huấn nghiệp vụ",), (5,), ["Sở Nội vụ"]),
        (("Họp Hội đồng",), (), []),
    ]


def test_entries_with_a_slash_behind_their_number_or_letter(registers):
    found = plan(
        "II. NỘI DUNG\n1/ Quán triệt Luật Thi đua, khen thưởng.\na/ Tổ chức hội nghị tập huấn.\nb/ Phát hành tài liệu.",
        registers,
    )
    assert [task.items for task in found.tasks][-2:] == [("Tổ chức hội nghị tập huấn",), ("Phát hành tài liệu",)]


def test_a_list_of_names_behind_the_signature_is_no_list_of_duties(registers):
    text = (
        "II. NỘI DUNG\n- Tổ chức hội nghị tập huấn.\nIII. TỔ CHỨC THỰC HIỆN\n- Sở Nội vụ theo dõi.\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLê Văn An\n"
        "PHỤ LỤC\n1. Phong trào “Nghìn việc tốt”.\n2. Tháng 3: sơ kết phong trào.\n3. Phát động phong trào “Đền ơn đáp nghĩa”."
    )
    assert [task.items[0] for task in plan(text, registers).tasks] == [
        "Tổ chức hội nghị tập huấn",
        "Sở Nội vụ theo dõi",
        "sơ kết phong trào",
        "Phát động phong trào “Đền ơn đáp nghĩa”",
    ]


def test_bodies_in_the_words_of_a_table_without_a_column_for_them(registers):
    table = [
        ["Thời gian", "Nội dung"],
        ["Tháng 1", "Sở Nội vụ chủ trì, phối hợp với Văn phòng UBND tỉnh tham mưu phát động thi đua"],
        ["Tháng 2", "Tổng kết"],
    ]
    tasks = read_plan(document(HEAD + "I. NỘI DUNG", table), registers).tasks
    assert [[(unit.unit_raw, unit.role) for unit in task.units] for task in tasks] == [
        [("Sở Nội vụ", "lead"), ("Văn phòng UBND tỉnh", "support")],
        [],
    ]


BULLETS = {
    "back up a level": ("- Công tác chỉ đạo:\n+ Ban hành kế hoạch.\n+ Phát động thi đua:\n• Bình chọn đơn vị dẫn đầu.\n+ Ký giao ước.\n- Công tác khen thưởng:\n+ Xét sáng kiến.", 5),
    "a matter over bullets": ("- Công tác chỉ đạo, phát động thi đua\n+ Ban hành kế hoạch.\n+ Phát động thi đua.\n- Công tác khen thưởng\n+ Xét sáng kiến.", 3),
    "sub-points of an order": ("- Ban hành kế hoạch thi đua.\n+ Kế hoạch năm.\n+ Kế hoạch chuyên đề.\n- Tổng kết.", 2),
}  # fmt: skip


@pytest.mark.parametrize(("printed", "duties"), BULLETS.values(), ids=BULLETS)
def test_bullets_within_bullets(printed, duties, registers):
    found = plan(f"II. NỘI DUNG\n{printed}", registers).tasks
    assert not any("Công tác" in task.text for task in found)
    assert len(found) == duties


def test_a_group_of_companies_acts(registers):
    (task,) = plan(
        "III. TỔ CHỨC THỰC HIỆN\n4. Các công ty con, nhà máy, xí nghiệp, chi nhánh\n- Phát động thi đua.", registers
    ).tasks
    assert [unit.unit_raw for unit in task.units] == ["Các công ty con, nhà máy, xí nghiệp, chi nhánh"]


def test_the_body_of_a_heading_ends_with_its_section(registers):
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Các sở, ban, ngành tỉnh:\na) Phát động thi đua.\n2. Kịp thời biểu dương gương người tốt, việc tốt trên các phương tiện thông tin đại chúng."
    first, second = plan(text, registers).tasks
    assert ([unit.unit_raw for unit in first.units], second.units) == (["Các sở, ban, ngành tỉnh"], ())


@pytest.mark.parametrize(
    "heading",
    [
        "Các LĐLĐ huyện, thị xã; các công đoàn ngành",
        "Đối với các LĐLĐ huyện, thị xã; các công đoàn ngành:",
        "Giao các LĐLĐ huyện, thị xã; các công đoàn ngành",
    ],
)
def test_bodies_of_a_heading_act_below_it(heading, registers):
    tasks = plan(f"III. TỔ CHỨC THỰC HIỆN\n4. {heading}\n- Phát động thi đua.\n- Báo cáo tổng kết.", registers).tasks
    named = [[unit.unit_raw.lower() for unit in task.units] for task in tasks]
    assert named == [["các lđlđ huyện, thị xã", "các công đoàn ngành"]] * 2


def test_matters_of_a_heading_do_not_act(registers):
    (task,) = plan("III. TỔ CHỨC THỰC HIỆN\n4. Các Hội thi của ngành\n- Phát động thi đua.", registers).tasks
    assert task.units == ()


def test_the_subject_of_a_plan_is_no_section_five(registers):
    head = "UBND TỈNH SƠN LA\nKẾ HOẠCH\nV/v phát động thi đua năm 2023\nThực hiện Luật Thi đua, khen thưởng.\n"
    (task,) = read_plan(document(head + "I. NỘI DUNG\n- Tổng kết."), registers).tasks
    assert task.text == "Tổng kết"


@pytest.mark.parametrize("says", ["có hiệu lực từ ngày ký.", "thay cho Kế hoạch năm 2022."])
def test_what_is_said_of_the_plan_itself_is_no_duty(says, registers):
    found = plan(f"III. TỔ CHỨC THỰC HIỆN\n- Phát động thi đua.\nKế hoạch này {says}", registers)
    assert [task.text for task in found.tasks] == ["Phát động thi đua"]


def test_an_article_in_capitals_is_a_section(registers):
    text = "Điều 1. NỘI DUNG\nTháng 1:\n- Phát động thi đua.\nĐiều 2. TỔ CHỨC THỰC HIỆN\n1. Tổng hợp hồ sơ."
    assert told(plan(text, registers)) == [(("Phát động thi đua",), (1,), []), (("Tổng hợp hồ sơ",), (), [])]


@pytest.mark.parametrize("title", ["Nhiệm vụ và giải pháp", "Nhiệm vụ, giải pháp:", "Tổ chức thực hiện"])
def test_a_usual_title_without_a_number_begins_a_section(title, registers):
    found = plan(f"I. MỤC ĐÍCH\n- Nâng cao nhận thức.\n{title}\n- Phát động thi đua.", registers)
    assert [task.text for task in found.tasks] == ["Phát động thi đua"]


@pytest.mark.parametrize("line", ["Tổ chức thực hiện tốt các phong trào", "- Tổ chức thực hiện."])
def test_a_line_that_says_more_or_is_a_bullet_begins_none(line, registers):
    found = plan(f"I. MỤC ĐÍCH\n{line}\n- Phát động thi đua.", registers)
    assert not found.tasks


@pytest.mark.parametrize("part", ["Phần thứ hai", "PHẦN THỨ HAI", "PHẦN II", "II."])
def test_a_part_with_its_number_in_words_is_a_section(part, registers):
    found = plan(
        f"{part.replace('hai', 'nhất').replace('HAI', 'NHẤT').replace('II', 'I')} MỤC ĐÍCH\n- Nâng cao nhận thức.\n{part} NHIỆM VỤ\n- Phát động thi đua.",
        registers,
    )
    assert [task.text for task in found.tasks] == ["Phát động thi đua"]


@pytest.mark.parametrize(
    "printed",
    [
        "Tháng 1: - Ban hành kế hoạch.\n- Phát động thi đua.\nTháng 12: - Tổng kết.",
        "2.1 Tháng 1\n- Ban hành kế hoạch.\n- Phát động thi đua.\n2.12 Tháng 12\n- Tổng kết.",
        "C. THÁNG 1\n- Ban hành kế hoạch.\n- Phát động thi đua.\nĐ. THÁNG 12\n- Tổng kết.",
    ],
)
def test_the_month_of_a_list_stands_over_its_entries(printed, registers):
    tasks = plan(f"II. NỘI DUNG\n{printed}", registers).tasks
    assert [task.timing.months for task in tasks] == [(1,), (1,), (12,)]
