"""Rules of the record of people."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.lives import COOK, cook, insured
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import FactsNotStorable, PersonAlreadyRecorded, PersonNotInView, SpellsOverlap
from wayfare.storage.server import ADMINISTRATOR
from wayfare.storage.spells import document_of, rows_of


def test_a_record_reads_back_exactly_as_it_was_saved(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        assert registry.load(session, "cook") == COOK


texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
details = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
sections = st.dictionaries(
    st.sampled_from(["work", "papers", "land", "conduct"]),
    st.lists(
        st.dictionaries(texts.filter(lambda name: name not in ("on", "from", "to")), details, max_size=3), max_size=3
    ),
)


@given(sections=sections, notes=details)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_json_an_item_holds_reads_back_exactly(as_officer, sections, notes):
    facts = {"person": {"id": "p1", "notes": notes}, **sections}
    with as_officer() as session:
        if registry.list_people(session):
            registry.correct(session, facts, reason="another example")
        else:
            registry.save(session, facts, scope="440000")
        assert registry.load(session, "p1") == facts


def test_rows_put_together_in_any_order_give_the_document():
    rows = [(row.kind, row.item, row.detail) for row in rows_of(COOK)]
    assert document_of(reversed(rows)) == COOK


def test_saving_the_same_facts_again_changes_nothing(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        assert not registry.save(session, COOK).changed


def test_other_facts_under_the_same_identity_are_a_correction_not_a_second_record(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        with pytest.raises(PersonAlreadyRecorded, match=r"WF-STO-032  cook has a record with other facts."):
            registry.save(session, cook(work=[]))
        assert registry.load(session, "cook") == COOK


def test_a_correction_supersedes_and_the_earlier_record_can_still_be_read(as_officer):
    moved = cook(hukou=[{"place": "511381", "kind": "agricultural", "from": "1975-03-12", "to": None}])
    with as_officer() as session:
        before = registry.save(session, COOK).known
        done = registry.correct(session, moved, reason="the registration of 2012 was another person's")
        assert (done.added, done.closed) == (1, 2)
        assert registry.load(session, "cook") == moved
        assert registry.load(session, "cook", known=before) == COOK


def test_a_correction_says_who_made_it_and_why(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        registry.correct(session, cook(work=[]), reason="work was another person's")
        found = session.connection.execute("select viewer, reason, added, closed from correction").fetchall()
    assert found == [("officer 7", "work was another person's", 0, 2)]


def test_a_correction_without_a_reason_is_refused(as_officer):
    with as_officer() as session, pytest.raises(FactsNotStorable, match="WF-STO-030  A correction has no reason"):
        registry.correct(session, COOK, reason=" ")


def test_only_a_recorded_person_is_corrected(as_officer):
    with as_officer() as session, pytest.raises(PersonNotInView, match="WF-STO-033  No record of cook"):
        registry.correct(session, COOK, reason="a reason")


def test_before_the_first_record_there_was_nothing_to_see(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        with pytest.raises(PersonNotInView, match="WF-STO-033"):
            registry.load(session, "cook", known=datetime(2020, 1, 1, tzinfo=UTC))


def test_corrections_at_the_same_time_come_one_after_the_other_and_none_is_lost(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)

    def correct(number):
        with as_officer() as session:
            return registry.correct(session, cook(papers=[{"number": number}]), reason=f"paper {number}")

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(correct, range(12)))
    with as_officer() as session:
        for number, correction in enumerate(done):
            assert registry.load(session, "cook", known=correction.known)["papers"] == [{"number": number}]


@pytest.mark.parametrize(
    "overlapping",
    [
        {"hukou": [{"place": "511381", "from": "1975-03-12", "to": None}, {"place": "510104", "from": "2012-05-01"}]},
        {
            "insurance": [
                insured("injury", "510100", "2009-02", "2010-03"),
                insured("injury", "510100", "2010-02", None),
            ]
        },
    ],
)
def test_spells_that_exclude_each_other_are_refused_and_nothing_is_half_stored(as_officer, overlapping):
    with as_officer() as session:
        with pytest.raises(
            SpellsOverlap, match="WF-STO-031  Two spells of cook that exclude each other cover the same day"
        ):
            registry.save(session, cook(**overlapping))
        assert registry.list_people(session) == []


@pytest.mark.parametrize(
    "other",
    [
        insured("injury", "510100", "2010-02", None),
        insured("employee_pension", "440100", "2010-02", None),
        insured("employee_pension", "510100", "2010-02", None, basis="flexible"),
    ],
)
def test_insurance_of_another_scheme_fund_or_basis_may_overlap(as_officer, other):
    facts = cook(insurance=[insured("employee_pension", "510100", "2009-02", None), other])
    with as_officer() as session:
        registry.save(session, facts)
        assert registry.load(session, "cook") == facts


def test_two_names_or_two_sexes_at_once_are_refused_by_the_database_itself(as_officer, database):
    with as_officer() as session:
        registry.save(session, COOK)
    for kind in ("name", "sex"):
        with database.connect() as connection, pytest.raises(psycopg.Error, match="one_at_a_time"):
            connection.execute(
                "select set_config('wayfare.scope', 'nation', true), set_config('wayfare.viewer', 'x', true)"
            )
            connection.execute(
                "insert into spell (person, scope, kind, position, valid, known, detail)"
                " values ('cook', '510104', %s, 0, '[2020-01-01,)', '[2020-01-01,)', '{}')",
                (kind,),
            )


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"person": {}}, "person.id"),
        (cook(work=[{"place": "510104", "from": "2009-13-01"}]), "work[0].from"),
        (cook(work=[{"place": "510104", "from": "2010-01-01", "to": "2010-01-01"}]), "work[0].to"),
        (cook(work=["a cook"]), "work[0]"),
        (cook(document=[{}]), "document[0]"),
        (cook(accounts=[{"on": 5}]), "accounts[0].on"),
        ({"person": {"id": "p"}}, "residence"),
        (cook(papers=[{"text": "a\x00b"}]), None),
        (cook(papers=[{"number": float("nan")}]), None),
        (cook(papers=[{"number": 1.4202804392610442e17}]), None),
        (cook(papers=[{"number": date(2024, 6, 1)}]), None),
        (cook(papers=[{"text": "\ud800"}]), None),
    ],
)
def test_facts_that_cannot_be_kept_exactly_are_refused_naming_the_field(as_officer, facts, field):
    with as_officer() as session, pytest.raises(FactsNotStorable, match="WF-STO-030") as refused:
        registry.save(session, facts)
    assert refused.value.field == field


def test_a_text_that_only_looks_like_an_escaped_null_is_kept(as_officer):
    facts = cook(papers=[{"text": "\\u0000"}])
    with as_officer() as session:
        registry.save(session, facts)
        assert registry.load(session, "cook") == facts


@pytest.mark.parametrize(
    "command",
    [
        "update spell set detail = '{}'",
        "update spell set known = tstzrange('2020-01-01', upper(known))",
        "delete from spell",
        "truncate spell",
        "delete from person",
        "update access_record set viewer = 'nobody'",
        "delete from access_record",
        "truncate access_record",
        "update decision set document = '[]'",
        "delete from correction",
    ],
)
def test_what_was_recorded_is_never_rewritten_even_by_the_administrator(as_officer, database, command):
    with as_officer() as session:
        registry.save(session, COOK)
        registry.correct(session, cook(work=[]), reason="a reason")
        registry.load(session, "cook")
        keep_one_decision(session)
    superuser = database.parameters | {"user": ADMINISTRATOR}
    with psycopg.connect(**superuser) as connection, pytest.raises(psycopg.Error, match=r"never|cannot truncate"):
        connection.execute(command)


def keep_one_decision(session):
    session.connection.execute(
        "select keep_decision(null, 'cook', null, 'q', '2024-01-01', now(), 'estimate', 'v', '{}', '{}', null)"
    )
