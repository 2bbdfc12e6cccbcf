"""The machines of a Dask cluster that already runs, as the place where joblib's parallel work is done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from joblib import parallel_config

SECONDS_TO_ANSWER = 10


class NoCluster(Exception):
    """The cluster can't be used. The message is one Vietnamese sentence: why, and what to do."""


@contextlib.contextmanager
def working_on(scheduler: str) -> Iterator[None]:
    """All parallel work inside goes to the cluster whose scheduler stands at "tcp://…".

    Its machines must see the project, data/raw and the registers under the same paths, as on a shared drive. The tables are the
    same bytes as those of one machine. Raises NoCluster when Dask is not installed or nothing answers at that address.
    """
    try:
        from dask.distributed import Client
    except ImportError as error:
        raise NoCluster(
            "Chưa cài Dask nên không dùng được --scheduler; hãy cài bằng 'pip install dask[distributed]' rồi chạy lại."
        ) from error
    try:
        client = Client(scheduler, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"Không kết nối được cụm máy ở {scheduler}; hãy xem lại địa chỉ, hoặc bỏ --scheduler để chạy trên máy này."
        ) from error
    with client, parallel_config(backend="dask", client=client):
        yield
