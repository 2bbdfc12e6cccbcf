"""When a task is due: `parse_timing` reads a time cell, `find_timing` and `find_times` find the time in a sentence."""

from etl.timing.printed_times import Timing, find_times, find_timing, is_time_heading, parse_timing

__all__ = ["Timing", "find_times", "find_timing", "is_time_heading", "parse_timing"]
