"""What a key against second charges costs, four ways, on the same two million charges (docs/decisions/0006).

A table of keys with a unique index; a unique index on the rows; a bitmap over the members' ordinals; and what was
chosen, counting the charges of each member. Each way works on plain tables of its own, in turns; medians are told.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from psycopg import Connection

from bench.measure import Figure
from wayfare.storage import Database

__all__ = ["figures"]

MEMBERS, RUNS = 1_000_000, 3
KINDS = ("credit = subject", "credit = -5")
SET_UP = """
    create table members as
      select n * 7919 + 1 as number, n as ordinal from generate_series(0, {members}::bigint - 1) as n;
    create table charges as
      select number as subject, case kind when 0 then -5 else number end as credit, 202401 as month
      from members, generate_series(0, 1) as kind order by number, kind;
    alter table members add primary key (number);
    create table keys (member bigint, month int, kind boolean, primary key (member, month, kind));
    create table maps (month int, kind boolean, members varbit, primary key (month, kind))
"""
PLAN = """
    set max_parallel_workers_per_gather = 0; set enable_nestloop = off; set enable_hashjoin = off;
    set enable_hashagg = off; set work_mem = '256MB'"""
MAP = """
    insert into maps select 202401, {number} = 0, string_agg(case when c.subject is null then '0' else '1' end, ''
        order by m.ordinal)::varbit
      from members m left join (select subject from charges where {kind} offset 0) c on c.subject = m.number
"""
COUNT = """
    select bool_and(own < 2 and pool < 2) from (select subject, count(*) filter (where credit = subject) as own,
        count(*) filter (where credit = -5) as pool from charges group by subject) as members
"""
WAYS = {
    "a table of keys": ["insert into keys select subject, month, credit = subject from charges"],
    "a unique index on the rows": ["create unique index on charges (subject, month, (credit = subject))"],
    "a bitmap per kind": [MAP.format(number=number, kind=kind) for number, kind in enumerate(KINDS)],
    "rows and members counted": [COUNT],
}


def figures(database: Database, *, members: int = MEMBERS, runs: int = RUNS) -> list[Figure]:
    """The median of each way."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    with database.connect() as connection:
        connection.execute("create schema bench_keys; set search_path = bench_keys")
        connection.execute(SET_UP.format(members=members) + f"; {PLAN}")
        connection.commit()
        for _ in range(runs):
            for way, statements in WAYS.items():
                taken[way].append(_undone(connection, statements))
        connection.execute("drop schema bench_keys cascade")
    return [
        Figure(f"business key: {way}, {2 * members:,} charges", f"{statistics.median(each):.2f} s", "", f"key {way}")
        for way, each in taken.items()
    ]


def _undone(connection: Connection[Any], statements: list[str]) -> float:
    """The seconds that statements take; what they did is undone."""
    started = time.perf_counter()
    for statement in statements:
        connection.execute(statement)
    taken = time.perf_counter() - started
    connection.rollback()
    connection.execute("set search_path = bench_keys; " + PLAN)
    connection.commit()
    return taken
