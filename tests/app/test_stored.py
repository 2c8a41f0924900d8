"""A stored person is asked about like one in a file, and every look is kept."""

from __future__ import annotations

import pytest

from storage.servers import officer
from wayfare.app.stored import NothingAsked, stored_document
from wayfare.decisions import ask
from wayfare.law import Law
from wayfare.storage import Settings, open_database
from wayfare.storage import registry_store as registry

SWEEPER = {
    "person": {"id": "stored-sweeper", "sex": "female", "born": "1975-03-12", "retirement_group": "female_50"},
    "hukou": [{"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}],
    "insurance": [
        {"scheme": "employee_pension", "place": "310000", "basis": "employee", "relation": "ordinary",
         "from": "2009-02", "to": "2021-02", "base": "4140.00"}
    ],
}  # fmt: skip
ASKED = {"question": "pension.place", "on": "2025-07-01", "mode": None}


def test_a_stored_person_gets_the_answer_of_the_same_document_and_the_look_is_kept(
    storage_settings: Settings, law: Law
) -> None:
    with open_database(storage_settings) as database:
        with database.session(viewer=officer()) as session:
            registry.save(session, SWEEPER)
        found = stored_document("stored-sweeper", ASKED, settings=storage_settings)
        with database.session(viewer=officer()) as session:
            looks = registry.list_looks(session, "stored-sweeper")
    assert not found.is_demonstration and ask(found.document, law).answer.value == "310000"
    assert any(look["purpose"] == "wayfare ask pension.place" for look in looks)


@pytest.mark.parametrize("asked", [{"question": "pension.place"}, {"on": "2025-07-01"}, {}])
def test_a_stored_person_without_a_question_or_a_day_is_a_wrong_call(asked: dict[str, str]) -> None:
    with pytest.raises(NothingAsked, match="What is asked of nobody, and for which day") as refusal:
        stored_document("nobody", asked)
    assert refusal.value.code == "WF-APP-010" and "--person ID" in refusal.value.next_step
