"""One build at a time: a file beside the tables says who is writing them.

The lock is a file made with "create, or fail if it is there", which every system knows. It holds the process, the computer and
the time of the build. A lock whose process is gone, on this computer, is taken over; one of another computer is respected until
a person deletes it, since nobody here can know.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock

#: Tokens of the locks that this process holds.
_held: set[str] = set()

#: A lock this young may belong to a process that has made the file and not yet written into it.
SECONDS_TO_WRITE = 5


class LockError(Exception):
    """The tables can't be written now. Its message is one Vietnamese sentence: who writes them, since when, and what to do."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: process 4711 on the computer "so-noi-vu-02", begun at "2026-11-20 08:15:02"."""

    process: int
    computer: str
    since: str
    token: str  # tells two runs apart that were given the same process number, as happens in containers

    @classmethod
    def here(cls) -> Holder:
        now = datetime.now().isoformat(sep=" ", timespec="seconds")
        return cls(os.getpid(), socket.gethostname(), now, os.urandom(8).hex())


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder` while the block runs.

    Raises LockError when another build holds it ("Một lượt dựng bảng khác đang ghi vào processed (tiến trình 4711 …); hãy đợi …")
    or when the file can't be made.
    """
    path = lock_of(folder)
    holder = Holder.here()
    try:
        _take(path, folder, holder)
    except OSError as error:
        raise LockError(
            f"Không ghi được {path} ({error.strerror}); hãy kiểm tra quyền ghi của thư mục và chỗ trống của ổ đĩa rồi chạy lại."
        ) from error
    _held.add(holder.token)
    try:
        yield
    finally:
        _held.discard(holder.token)
        if _read(path) == holder:  # after a person deleted it, another build may hold it now
            path.unlink(missing_ok=True)


def lock_of(folder: Path) -> Path:
    """The lock file of a folder of tables, beside it: data/processed → data/processed.lock."""
    return folder.with_name(f"{folder.name}.lock")


def _take(path: Path, folder: Path, holder: Holder) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    while not _made(path, holder):
        other = _read(path)
        if other is None and not path.exists():
            continue  # given back in this moment
        if other is None and _age(path) < SECONDS_TO_WRITE:
            time.sleep(0.02)
        elif other is None or _is_gone(other):
            _clear(path, other)
        else:
            raise LockError(
                f"Một lượt dựng bảng khác đang ghi vào {folder} (tiến trình {other.process} trên máy {other.computer}, từ "
                f"{other.since}); hãy đợi lượt ấy xong rồi chạy lại, hoặc xóa tệp {path} nếu chắc chắn không còn lượt nào đang chạy."
            )


def _made(path: Path, holder: Holder) -> bool:
    """Whether the file was made by us; False where there is one already."""
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    with os.fdopen(file, "w", encoding="utf-8") as stream:
        json.dump(asdict(holder), stream, ensure_ascii=False)
    return True


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # no lock, or one that was cut off while it was written


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _clear(path: Path, seen: Holder | None) -> None:
    """Take a dead lock away, one build at a time: nobody else does while it is looked at once more, and nobody makes another."""
    with FileLock(path.with_name(f"{path.stem}.clearing{path.suffix}")):
        if _read(path) == seen and (seen is not None or _age(path) >= SECONDS_TO_WRITE):
            path.unlink(missing_ok=True)


def _is_gone(holder: Holder) -> bool:
    if holder.computer != socket.gethostname() or holder.token in _held:
        return False
    return holder.process == os.getpid() or not _runs(holder.process)


def _runs(process: int) -> bool:
    """Whether a process of this computer runs."""
    if sys.platform == "win32":
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True  # it is another person's
    return True


def _runs_on_windows(process: int) -> bool:
    # There os.kill(…, 0) would end the process.
    import ctypes

    still_active, may_ask = 259, 0x1000
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    handle = kernel.OpenProcess(may_ask, False, process)
    if not handle:
        return False
    code = ctypes.c_ulong()
    asked = kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return not asked or code.value == still_active
