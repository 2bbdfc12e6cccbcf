"""Numbers, names and lines as charts print them; the palette and the shapes that charts share."""

import pandas as pd
import plotly.graph_objects as go
import pytest
from small_tables import plans

from analysis import shapes, style


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234.5, 1, "1.234,5"),
        (1234567, 1, "1.234.567"),
        (3.0, 1, "3"),
        (0.25, 2, "0,25"),
        (100, 1, "100"),  # its noughts are no decimals
        (-0.04, 1, "0"),
        (None, 1, "–"),
    ],
)
def test_number(value, decimals, shown):
    assert style.number(value, decimals) == shown


@pytest.mark.parametrize(
    ("share", "shown"), [(0.367, "37%"), (1, "100%"), (0, "0%"), (0.001, "<1%"), (float("nan"), "–")]
)
def test_percent(share, shown):
    assert style.percent(share) == shown


def test_joined_says_how_many_it_leaves_out():
    assert style.joined(["A", "B"], 2) == "A; B"
    assert style.joined(["A", "B", "C", "D"], 2) == "A; B và 2 nữa"
    assert style.joined([]) == ""


def test_capitalised_keeps_the_rest():
    assert style.capitalised("đăng ký TĐKT") == "Đăng ký TĐKT"
    assert style.capitalised("") == ""


def test_shortened_cuts_between_words():
    assert style.shortened("Tổng kết công tác thi đua", 12) == "Tổng kết …"
    assert style.shortened("Tổng kết", 12) == "Tổng kết"


def test_wrapped_is_safe_in_a_chart():
    assert style.wrapped("Sở A <b> & B", 30) == "Sở A &lt;b&gt; &amp; B"
    assert style.wrapped("một hai ba bốn", 7) == "một hai<br>ba bốn"
    assert style.wrapped("một hai ba bốn năm sáu", 7, lines=2) == "một hai<br>ba …"
    assert style.wrapped("") == ""


def test_two_names_that_would_look_alike_are_printed_whole():
    start = "Ban Thi đua Khen thưởng trực thuộc "
    first, second, other = style.row_labels(pd.Series([f"{start * 3}A", f"{start * 3}B", "Sở Nội vụ"]))
    assert first != second
    assert first.endswith("A") and second.endswith("B")
    assert other == "Sở Nội vụ"


@pytest.mark.parametrize("words", [1, 19, 23, 40])
def test_the_lines_under_a_title_are_of_about_one_length(words):
    text = " ".join(["chữ"] * words)
    figure = style.framed(
        go.Figure(),
        name="x",
        title="Hình",
        reading=text,
        plans=plans({"plan_id": "a"}),
        unit="việc",
        alt="x.",
        height=9,
    )
    *lines, _ = figure.layout.title.subtitle.text.split("<br>")
    assert " ".join(lines) == text
    assert max(map(len, lines)) - min(map(len, lines)) <= 4 * len(lines)
    assert max(map(len, lines)) <= 100


def test_ink_can_be_read_on_every_colour():
    def light(colour):
        """Relative luminance as the web's accessibility guidelines define it."""
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for meaning, colour in style.COLOURS.items():
        one, other = sorted([light(colour), light(style.text_on(meaning))])
        assert (other + 0.05) / (one + 0.05) >= 4.0, meaning


def test_what_stands_side_by_side_differs_without_colour():
    """Bars that are cut into parts: each part has a hatching of its own, or another grey than its neighbours."""
    for parts in (
        ["lead", "support", "unspecified", "unnamed"],
        ["concrete", "general", "no_verb"],
        ["kept", "moved", "stale"],
    ):
        looks = [(style.PATTERNS.get(part, ""), style.COLOURS[part]) for part in parts]
        assert len(set(looks)) == len(parts)
    assert (
        len({symbol for _, symbol in style.SERIES}) == len({colour for colour, _ in style.SERIES}) == len(style.SERIES)
    )


@pytest.mark.parametrize(("rows", "height"), [(1, 58), (12, 58), (13, 34), (170, 34)])
def test_many_rows_stand_closer_but_no_closer_than_a_line(rows, height):
    assert shapes.row_height(rows) == height
    assert shapes.row_height(13, close=42) == 42


def test_rows_carry_their_counts_below_or_beside():
    few = plans(*({"plan_id": f"p{n:02}"} for n in range(2)))
    many = plans(*({"plan_id": f"p{n:02}"} for n in range(13)))
    counts = {f"p{n:02}": "n = 1" for n in range(13)}
    assert next(iter(shapes.rows_of(few, few["plan_id"], counts).values())) == "UBND p00 2021<br>n = 1"
    assert next(iter(shapes.rows_of(many, many["plan_id"], counts).values())) == "UBND p00 2021 · n = 1"
    assert list(shapes.rows_of(many, few["plan_id"], counts)) == ["p00", "p01"]  # only what is shown


def test_a_narrow_part_of_a_bar_is_told_in_the_legend():
    parts = pd.DataFrame(
        {
            "plan_id": "a",
            "meaning": ["lead", "support", "unnamed"],
            "share": [0.96, 0.04, 0.0],
            "inside": ["96%", "4%", "0%"],
            "hover": "",
        }
    )
    figure = shapes.share_bars(parts, {"a": "A"}, {"lead": "Chủ trì", "support": "Phối hợp", "unnamed": "Không ghi"})
    assert [(bar.name, bar.text, bar.showlegend) for bar in figure.data] == [
        ("Chủ trì", ("Chủ trì<br>96%",), False),
        ("Phối hợp", ("",), True),
    ]  # what is nothing is not drawn


def test_panels_are_as_high_as_what_stands_in_them():
    figure, height = shapes.panels(["A", "B"], [100, 50])
    assert height == 100 + 70 + 50
    upper, lower = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert (upper[1] - upper[0]) * height == pytest.approx(100)
    assert (lower[1] - lower[0]) * height == pytest.approx(50)
    assert [note.text for note in figure.layout.annotations] == ["<b>A</b>", "<b>B</b>"]


def test_rules_are_lines_behind_the_chart():
    upright, heavy, across = shapes.rules([1, 2], [5], heavy=[2])
    assert (upright["x0"], upright["line"]["width"], heavy["line"]["width"]) == (1, 1, 2)
    assert (across["y0"], across["y1"], across["layer"]) == (5, 5, "below")
