"""The calendar of dated duties, worked out by hand."""

import pytest
from small_tables import plans, rows_of, tasks

from analysis import duty_calendar, timing

PLANS = plans({"plan_id": "a", "plan_year": 2021}, {"plan_id": "b", "plan_year": 2020, "issuer_level": "department"})


def days_of(*dates, plan="a"):
    duties = rows_of(
        "deadlines",
        *(
            {"plan_id": plan, "deadline_no": number, "date": date, "text": f"Gửi bản {number}", "line": number}
            for number, date in enumerate(dates, start=1)
        ),
    )
    return duty_calendar.calendar(timing.dated_duties(tasks(), duties, PLANS), PLANS)


@pytest.mark.parametrize(
    ("date", "month", "day"),
    [
        ("2021-01-30", 1, 30),
        ("2021-12-31", 12, 31),
        ("2020-12-15", 0, 15),  # the December before
        ("2022-01-05", 13, 5),
        ("2021-02", 2, None),  # only the month is printed
    ],
)
def test_a_date_has_its_place_in_the_plans_own_year(date, month, day):
    days = days_of(date)
    assert days["month"].tolist() == [month]
    assert days["day"].dropna().tolist() == ([] if day is None else [day])


def test_a_year_alone_and_a_misprint_have_no_place():
    assert days_of("2021", "2012-01-30").empty


def test_two_years_lie_on_one_sheet():
    duties = rows_of(
        "deadlines",
        {"plan_id": "a", "deadline_no": 1, "date": "2021-01-30", "text": "Gửi", "line": 1},
        {"plan_id": "b", "deadline_no": 1, "date": "2020-01-30", "text": "Nộp", "line": 2},
    )
    days = duty_calendar.calendar(timing.dated_duties(tasks(), duties, PLANS), PLANS)
    assert days[["month", "day"]].to_numpy().tolist() == [[1, 30], [1, 30]]
    assert duty_calendar.calendar_sentence(days, PLANS) == (
        "2 việc có thời hạn trên lịch: 2 việc ghi rõ ngày, 0 việc chỉ ghi tháng; ngày nhiều việc nhất: 30/1 (2 việc của 2 kế hoạch)."
    )


def test_every_duty_is_one_mark_and_no_two_lie_on_each_other():
    days = days_of(*["2021-01-30"] * 7, "2021-02", "2021-02")
    figure = duty_calendar.calendar_figure(days, PLANS)
    marks = [(round(x, 3), y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)]
    assert len(marks) == len(set(marks)) == 9


def test_a_month_is_as_high_as_its_fullest_day():
    one, seven = (duty_calendar.calendar_figure(days_of(*["2021-01-30"] * count), PLANS) for count in (1, 7))
    assert seven.layout.height - one.layout.height == 6 * 20


def test_few_plans_are_numbered_and_many_told_by_level():
    many = plans(*({"plan_id": f"p{n:02}", "plan_year": 2021} for n in range(duty_calendar.NUMBERED + 1)))
    duties = rows_of(
        "deadlines",
        *(
            {"plan_id": plan, "deadline_no": 1, "date": "2021-01-30", "text": "Gửi", "line": 1}
            for plan in many["plan_id"]
        ),
    )
    days = duty_calendar.calendar(timing.dated_duties(tasks(), duties, many), many)
    assert [trace.name for trace in duty_calendar.calendar_figure(days, many).data] == ["Cấp tỉnh"]
    few = duty_calendar.calendar_figure(days_of("2021-01-30"), PLANS)
    assert [(trace.name, trace.text) for trace in few.data] == [("1: UBND a 2021", ("1",))]


def test_days_that_no_month_has_are_grey():
    figure = duty_calendar.calendar_figure(days_of("2021-01-30"), PLANS)
    grey = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert grey == [(29.5, 31.5), (30.5, 31.5), (30.5, 31.5), (30.5, 31.5), (30.5, 31.5)]  # February, April …


def test_no_date_is_a_sentence():
    figure = duty_calendar.calendar_figure(days_of(), PLANS)
    assert not figure.data
    assert duty_calendar.calendar_sentence(days_of(), PLANS) == timing.NO_DATE
    assert duty_calendar.calendar_sentence(days_of("2021-02"), PLANS) == (
        "1 việc có thời hạn trên lịch: 0 việc ghi rõ ngày, 1 việc chỉ ghi tháng."
    )
