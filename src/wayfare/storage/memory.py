"""The server's settings for the machine it runs on.

Sizes are a share of the memory that this process may use, which in a container is less than the machine has. The
server is one guest among others on a person's machine, so its shares are modest.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

__all__ = ["memory_bytes", "server_options"]

MIB = 1024 * 1024
CGROUP_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory_bytes() -> int:
    """Bytes of memory that this process may use: the machine's, or its container's limit when that is lower."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limits = [int(text) for path in CGROUP_LIMITS if (text := _read(path)).isdigit()]
    return min([machine, *limits])


def _read(path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


def _share(total: int, part: int, *, least: int, most: int) -> str:
    return f"{min(max(total // part // MIB, least), most)}MB"


def server_options(total: int, *, shared_memory_free: int | None = None) -> dict[str, str]:
    """The options of a server on a machine with `total` bytes of memory.

    Parallel work uses /dev/shm, which containers keep very small; then files in the data directory take its place.
    """
    free = _shared_memory_free() if shared_memory_free is None else shared_memory_free
    return {
        "shared_buffers": _share(total, 8, least=16, most=1024),
        "effective_cache_size": _share(total, 2, least=64, most=65_536),
        "work_mem": _share(total, 256, least=4, most=64),
        "maintenance_work_mem": _share(total, 16, least=32, most=512),
        "max_wal_size": "4GB",
        "dynamic_shared_memory_type": "posix" if free >= 256 * MIB else "mmap",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def _shared_memory_free() -> int:
    try:
        return shutil.disk_usage("/dev/shm").free
    except OSError:
        return 0
