"""The same tables from the machines of a Dask cluster as from this one; without a cluster one sentence."""

from itertools import islice

import pytest

import etl.build
from benchmarks.synthetic import nation, write_nation
from etl.build import build
from etl.cache import open_cache
from etl.document_cache import open_document_cache
from etl.reading import Kept
from etl.scheduler import NoCluster, working_on
from etl.store import REFERENCE

distributed = pytest.importorskip("dask.distributed", reason="Dask chưa được cài")


def written(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def nothing_kept(folder):
    return lambda reference: Kept(open_cache(reference, folder / "plans"), open_document_cache(folder / "documents"))


def test_a_cluster_gives_the_same_bytes(tmp_path, monkeypatch):
    write_nation(tmp_path, islice(nation(bodies=1, formats=("txt",)), 14))
    monkeypatch.setattr(etl.build, "kept_for", nothing_kept(tmp_path / "kept alone"))
    build(tmp_path / "raw", REFERENCE, tmp_path / "alone")
    monkeypatch.setattr(etl.build, "kept_for", nothing_kept(tmp_path / "kept together"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://", dashboard_address=None
    ) as cluster:
        with working_on(cluster.scheduler_address):
            build(tmp_path / "raw", REFERENCE, tmp_path / "together", jobs=2)
        worked = cluster.scheduler.transition_counter
    assert worked > 0
    assert written(tmp_path / "together") == written(tmp_path / "alone")


def test_no_cluster_at_the_address_is_one_sentence(monkeypatch):
    monkeypatch.setattr("etl.scheduler.SECONDS_TO_ANSWER", 1)
    refused = pytest.raises(NoCluster, match=r"^Không kết nối được cụm máy ở tcp://127\.0\.0\.1:1; hãy .*\.$")
    with refused, working_on("tcp://127.0.0.1:1"):
        pass
