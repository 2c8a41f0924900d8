"""`python -m bench [law|pension|ledger|number_columns ...]`: runs the benches that are named, or all of them.

`python -m bench ledger --part year` passes its options on. `python -m bench simulate [options]` runs the simulator of
the books, which measures nothing and is not among all.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

BENCHES = ("number_columns", "law", "pension", "ledger")


def main() -> None:
    if sys.argv[1:2] == ["simulate"]:
        importlib.import_module("bench.simulate").main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["ledger"] and sys.argv[2:]:
        importlib.import_module("bench.ledger").main(sys.argv[2:])
        return
    there = [name for name in BENCHES if importlib.util.find_spec(f"bench.{name}")]
    wanted = sys.argv[1:] or there
    unknown = [name for name in wanted if name not in there]
    if unknown:
        sys.exit(f"There is no bench {', '.join(unknown)}. There are {', '.join(there)}.")
    for name in wanted:
        print(f"# {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
