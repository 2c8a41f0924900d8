"""Rules of the server's share of the machine."""

from __future__ import annotations

import pytest

from wayfare.storage import memory
from wayfare.storage.memory import MIB, memory_bytes, server_options


@pytest.mark.parametrize(
    ("mebibytes", "shared", "work"), [(64, "16MB", "4MB"), (2048, "256MB", "8MB"), (24_576, "1024MB", "64MB")]
)
def test_the_server_takes_a_modest_share_of_the_memory(mebibytes, shared, work):
    options = server_options(mebibytes * MIB)
    assert (options["shared_buffers"], options["work_mem"]) == (shared, work)


@pytest.mark.parametrize(("free", "kind"), [(64 * MIB, "mmap"), (1024 * MIB, "posix")])
def test_where_shared_memory_is_small_parallel_work_uses_files(free, kind):
    assert server_options(1024 * MIB, shared_memory_free=free)["dynamic_shared_memory_type"] == kind


@pytest.mark.parametrize(("limit", "counts"), [("104857600", True), ("max", False)])
def test_the_limit_of_a_container_counts_when_it_is_lower(tmp_path, monkeypatch, limit, counts):
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    monkeypatch.setattr(memory, "CGROUP_LIMITS", (str(tmp_path / "memory.max"), str(tmp_path / "absent")))
    assert (memory_bytes() == 104_857_600) is counts
