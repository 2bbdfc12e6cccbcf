"""The time that one file may take: a file that keeps a loop busy for hours must not hold up the others."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from etl.document import UnreadableFile

#: Seconds to the next ring, when one was lost: Python drops what is raised while it disposes of an object.
RING_AGAIN = 2


class TimeOver(BaseException):
    """Raised in the midst of the work, whatever it is at; no `except Exception` on the way takes it for a fault of the file."""


@contextmanager
def at_most(seconds: float, file: str) -> Iterator[None]:
    """The work inside; raises UnreadableFile, naming the file, once it has taken so many seconds.

    On a system without alarms (Windows), and outside the main thread of a process, the work is not cut short.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, RING_AGAIN)
    try:
        try:
            yield
        finally:
            _silence(former)
    except TimeOver:
        _silence(former)  # it may have rung just before it was silenced
        raise UnreadableFile(
            f"Tệp {file} đọc quá {seconds / 60:.0f} phút vẫn chưa xong; hãy tách riêng bản kế hoạch rồi gửi lại."
        ) from None


def _silence(former: Any) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, former)


def _ring(number: int, frame: object) -> None:
    raise TimeOver
