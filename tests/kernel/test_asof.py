"""An answer says of which day the law is, and when the facts were known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from wayfare.kernel import AsOf, AsOfRefused

DAY = date(2024, 6, 1)


def test_the_moment_is_held_in_utc():
    in_china = datetime(2024, 6, 3, 8, tzinfo=timezone(timedelta(hours=8)))
    as_of = AsOf(law=DAY, known=in_china)
    assert as_of.as_document() == {"on": "2024-06-01", "known_at": "2024-06-03T00:00:00+00:00"}
    assert as_of == AsOf(law=DAY, known=datetime(2024, 6, 3, tzinfo=UTC))


@pytest.mark.parametrize("known", [datetime(2024, 6, 3), DAY, "2024-06-03T00:00:00Z", None])
def test_a_moment_without_a_zone_is_refused(known):
    with pytest.raises(AsOfRefused) as refused:
        AsOf(law=DAY, known=known)
    assert str(refused.value) == (
        f"WF-KRN-010  The facts are asked for as known at {known!r}, which has no time zone.\n"
        "            Give a moment with its zone, such as 2024-06-03T08:00:00+00:00."
    )


@pytest.mark.parametrize("law", [datetime(2024, 6, 1, tzinfo=UTC), "2024-06-01", None])
def test_the_day_of_the_law_is_a_calendar_day(law):
    with pytest.raises(AsOfRefused) as refused:
        AsOf(law=law, known=datetime(2024, 6, 3, tzinfo=UTC))
    assert str(refused.value) == f"WF-KRN-010  The day of the law is {law!r}.\n            Give a calendar day."
