"""When a task is due: `parse_timing` reads a time cell, `parse_timing_under` one below a time heading, `find_timing` and `find_times` find the time in a sentence."""

from etl.timing.printed_times import Timing, find_times, find_timing, is_time_heading, parse_timing
from etl.timing.under_heading import parse_timing_under

__all__ = ["Timing", "find_times", "find_timing", "is_time_heading", "parse_timing", "parse_timing_under"]
