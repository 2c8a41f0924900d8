"""Rows of facts are the same as lists for a few lives and as columns for many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.packs import PACKS, kit
from wayfare.law.unknown import Unsure
from wayfare.law.world import Rows, as_columns, as_lists


@pytest.mark.parametrize("name", PACKS)
@settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
def test_rows_come_back_from_columns_as_they_went_in(name: str, seed: int) -> None:
    world = kit.drawn(PACKS[name], seed)
    back = as_lists(as_columns(world))
    for level, rows in world.items():
        assert (back[level].size, back[level].columns, back[level].above) == (rows.size, rows.columns, rows.above)
        assert back[level].assumed == rows.assumed


def test_a_column_with_nothing_unknown_is_a_plain_array() -> None:
    column = as_columns({"person": Rows(2, {"wage": [1, 2]})})["person"].columns["wage"]
    assert type(column) is np.ndarray
    assert column.dtype == np.int64


def test_a_column_with_an_unknown_row_is_unsure_and_holds_nought_there() -> None:
    column = as_columns({"person": Rows(2, {"wage": [None, 2]})})["person"].columns["wage"]
    assert type(column) is Unsure
    assert (column.value.tolist(), column.unknown.tolist()) == ([0, 2], [True, False])


def test_columns_stay_what_they_are() -> None:
    wage, home = np.array([1, 2]), Unsure(np.array([0, 2]), np.array([True, False]))
    person = as_columns({"person": Rows(2, {"wage": wage, "home": home})})["person"]
    assert person.columns["wage"] is wage
    assert person.columns["home"] is home
    assert as_lists({"person": person})["person"].columns == {"wage": [1, 2], "home": [None, 2]}
