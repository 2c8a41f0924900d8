-- The record of a person: dated spells with two times (when it was so, when we held it so), decisions, and who looked.
-- Viewers reach a person's record only through functions that write the access record. Row-level security reads the viewer's
-- places from the transaction's settings; a transaction without a viewer sees no row.

create extension if not exists btree_gist;

do $roles$
declare
    wanted text;
begin
    foreach wanted in array array['wayfare_reader', 'wayfare_officer', 'wayfare_poster'] loop
        begin
            execute format('create role %I nologin', wanted);
        exception when duplicate_object or unique_violation then
            null;  -- another database of this server has made it
        end;
        begin
            execute format('grant %I to %I', wanted, current_user);
        exception when insufficient_privilege then
            null;  -- whoever made the role has granted it, or the first session will say so
        end;
    end loop;
end
$roles$;

-- ---------------------------------------------------------------- the viewer

create function has_viewer() returns boolean
language sql stable parallel safe
return coalesce(current_setting('wayfare.viewer', true), '') <> '';

create function in_view(place text) returns boolean
language sql stable parallel safe
return case coalesce(current_setting('wayfare.scope', true), '')
    when '' then false
    when 'nation' then has_viewer()
    else has_viewer() and starts_with(place, current_setting('wayfare.scope', true))
end;

create function refuse_change() returns trigger
language plpgsql as $$
begin
    raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

-- ---------------------------------------------------------------- people and their spells

create table person (
    id text primary key check (id <> ''),
    scope text not null check (scope ~ '^[0-9]{6}$'),
    created timestamptz not null default clock_timestamp()
);
comment on column person.scope is 'the place (GB/T 2260) whose viewers may see the record';

create table spell (
    person text not null references person,
    id bigint generated always as identity,
    scope text not null,
    kind text not null check (kind <> ''),
    scheme text not null default '',
    fund text not null default '',
    basis text not null default '',
    position integer not null,
    valid daterange not null check (not isempty(valid)),
    known tstzrange not null check (not isempty(known) and not lower_inf(known)),
    detail jsonb not null,
    primary key (person, id),
    constraint one_at_a_time exclude using gist (person with =, kind with =, valid with &&, known with &&)
        where (kind in ('document', 'hukou', 'sex', 'name')),
    constraint insured_once exclude using gist
        (person with =, scheme with =, fund with =, basis with =, valid with &&, known with &&) where (kind = 'insurance')
);
comment on column spell.valid is 'the days on which it was so; the last is excluded';
comment on column spell.known is 'when we held it so; open while we still do';

create table correction (
    person text not null references person,
    known timestamptz not null,
    scope text not null,
    viewer text not null,
    reason text not null check (reason <> ''),
    added integer not null,
    closed integer not null,
    primary key (person, known)
);

create function keep_spell() returns trigger
language plpgsql as $$
begin
    if row(new.person, new.id, new.kind, new.scheme, new.fund, new.basis, new.position, new.valid, new.detail, lower(new.known))
        is distinct from
        row(old.person, old.id, old.kind, old.scheme, old.fund, old.basis, old.position, old.valid, old.detail, lower(old.known))
        or (new.known <> old.known and not upper_inf(old.known))
    then
        raise exception 'a spell is never rewritten: close it and add another' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create trigger keep_spell before update on spell for each row execute function keep_spell();
create trigger never_removed before delete on spell for each row execute function refuse_change();
create trigger never_emptied before truncate on spell for each statement execute function refuse_change();
create trigger never_removed before delete on person for each row execute function refuse_change();
create trigger never_changed before delete or update on correction for each row execute function refuse_change();
create trigger never_emptied before truncate on correction for each statement execute function refuse_change();

-- ---------------------------------------------------------------- decisions

create sequence decision_number;

create table decision (
    id text primary key check (id <> ''),
    person text references person,
    scope text not null check (scope ~ '^[0-9]{6}$'),
    question text not null,
    as_of_law date not null,
    as_of_known timestamptz not null,
    mode text not null check (mode in ('decision', 'estimate')),
    law_version text not null,
    document jsonb not null,
    facts jsonb not null,
    replaces text unique references decision check (replaces <> id),
    kept timestamptz not null default clock_timestamp()
);
create index on decision (person, kept);

create function keep_decision_row() returns trigger
language plpgsql as $$
begin
    if to_jsonb(new) - 'scope' is distinct from to_jsonb(old) - 'scope' then
        raise exception 'a decision is never rewritten: keep another that replaces it' using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create trigger keep_decision_row before update on decision for each row execute function keep_decision_row();
create trigger never_removed before delete on decision for each row execute function refuse_change();
create trigger never_emptied before truncate on decision for each statement execute function refuse_change();

-- ---------------------------------------------------------------- who looked

create table access_record (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    person text,
    scope text,
    viewer text not null,
    role text not null,
    viewer_scope text not null,
    purpose text not null check (purpose <> ''),
    subject text not null,
    found boolean not null
);
comment on column access_record.scope is 'the place of the person''s record; none when it was not in view';
create index on access_record (person, at);

create trigger never_changed before delete or update on access_record for each row execute function refuse_change();
create trigger never_emptied before truncate on access_record for each statement execute function refuse_change();

create function record_look(person text, subject text, found boolean) returns void
language sql security definer set search_path = pg_catalog, public
as $$
    insert into access_record (person, scope, viewer, role, viewer_scope, purpose, subject, found)
    values (
        record_look.person,
        (select p.scope from person p where p.id = record_look.person and in_view(p.scope)),
        current_setting('wayfare.viewer'), current_setting('wayfare.role'),
        current_setting('wayfare.scope'), current_setting('wayfare.purpose'), record_look.subject, record_look.found
    )
$$;

-- ---------------------------------------------------------------- reading and writing a record

-- The spells of a person as held at a time; the look is recorded whether or not there is anything to see.
create function read_facts(of_person text, known_at timestamptz)
returns table (kind text, item integer, detail jsonb)
language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
    perform record_look(of_person, 'facts', exists (select from person p where p.id = of_person and in_view(p.scope)));
    return query
        select s.kind, s.position, s.detail from spell s
        where s.person = of_person and s.known @> coalesce(known_at, 'infinity') and in_view(s.scope)
        order by s.kind, s.position;
end
$$;

create function arriving(incoming jsonb)
returns table (kind text, scheme text, fund text, basis text, item integer, valid daterange, detail jsonb)
language sql stable
as $$
    select r.kind, r.scheme, r.fund, r.basis, r.item, daterange(r.first, r.after), r.detail
    from jsonb_to_recordset(incoming) as r
        (kind text, scheme text, fund text, basis text, item integer, first date, after date, detail jsonb)
$$;

-- Make the record of a person say what `incoming` says: what differs is closed, what is new is added, all at one moment.
-- Without a reason it is a first record, at a place; with one, the correction of a record that is there. Returns the rows added and closed.
create function store_facts(of_person text, at_scope text, incoming jsonb, reason text)
returns table (added integer, closed integer, known_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
    the_scope text;
    last_known timestamptz;
begin
    if reason is null then
        if not in_view(at_scope) then
            raise exception 'place % is not in view', at_scope using errcode = 'WF033';
        end if;
        insert into person (id, scope) values (of_person, at_scope) on conflict do nothing;
    end if;
    select p.scope into the_scope from person p where p.id = of_person and in_view(p.scope) for update;
    if not found then
        raise exception 'person % is not in view', of_person using errcode = 'WF033';
    end if;
    select max(lower(s.known)) into last_known from spell s where s.person = of_person;
    known_at := greatest(clock_timestamp(), last_known + interval '1 microsecond');

    update spell s set known = tstzrange(lower(s.known), known_at)
        where s.person = of_person and upper_inf(s.known) and not exists (
            select from arriving(incoming) a where (a.kind, a.scheme, a.fund, a.basis, a.item, a.valid, a.detail)
                = (s.kind, s.scheme, s.fund, s.basis, s.position, s.valid, s.detail));
    get diagnostics closed = row_count;
    insert into spell (person, scope, kind, scheme, fund, basis, position, valid, known, detail)
        select of_person, the_scope, a.kind, a.scheme, a.fund, a.basis, a.item, a.valid, tstzrange(known_at, null), a.detail
        from arriving(incoming) a where not exists (
            select from spell s where s.person = of_person and upper_inf(s.known)
                and (a.kind, a.scheme, a.fund, a.basis, a.item, a.valid, a.detail)
                = (s.kind, s.scheme, s.fund, s.basis, s.position, s.valid, s.detail));
    get diagnostics added = row_count;
    if added + closed > 0 and last_known is not null then
        if reason is null then
            raise exception 'person % has a record with other facts', of_person using errcode = 'WF032';
        end if;
        insert into correction values
            (of_person, known_at, the_scope, current_setting('wayfare.viewer'), reason, added, closed);
    end if;
    return next;
end
$$;

-- The person's record moves to the viewers of another place, whole.
create function move_record(of_person text, to_scope text) returns void
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
    viewer_scope text := current_setting('wayfare.scope');
begin
    perform record_look(of_person, 'move to ' || to_scope, true);
    if not exists (select from person p where p.id = of_person and in_view(p.scope)) then
        raise exception 'person % is not in view', of_person using errcode = 'WF033';
    end if;
    -- The rows leave the viewer's places with this step, which row-level security would refuse.
    perform set_config('wayfare.scope', 'nation', true);
    update person p set scope = to_scope where p.id = of_person;
    update spell s set scope = to_scope where s.person = of_person;
    update decision d set scope = to_scope where d.person = of_person;
    perform set_config('wayfare.scope', viewer_scope, true);
end
$$;

-- Keep a decision once. The same decision again is harmless; another under its identity, or a second one that replaces the
-- same earlier one, is refused.
create function keep_decision(
    the_id text, of_person text, at_scope text, the_question text, law date, known timestamptz, the_mode text, version text,
    the_document jsonb, the_facts jsonb, replaced text
) returns text
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
    kept_id text := coalesce(the_id, format('D-%s-%s', to_char(law, 'YYYY'), lpad(nextval('decision_number')::text, 6, '0')));
    the_scope text := at_scope;
begin
    if of_person is not null then
        select p.scope into the_scope from person p where p.id = of_person;
    end if;
    if the_scope is null or not in_view(the_scope) then
        raise exception 'person % is not in view', of_person using errcode = 'WF033';
    end if;
    if replaced is not null and not exists (
        select from decision d where d.id = replaced and d.person is not distinct from of_person and in_view(d.scope)) then
        raise exception 'decision % is not one of this person', replaced using errcode = 'WF034';
    end if;
    insert into decision (id, person, scope, question, as_of_law, as_of_known, mode, law_version, document, facts, replaces)
        values (kept_id, of_person, the_scope, the_question, law, known, the_mode, version, the_document, the_facts, replaced)
        on conflict (id) do nothing;
    if not found and not exists (
        select from decision d where d.id = kept_id and d.person is not distinct from of_person and d.question = the_question
            and (d.as_of_law, d.as_of_known, d.mode, d.law_version, d.document, d.facts)
                = (law, known, the_mode, version, the_document, the_facts)
            and d.replaces is not distinct from replaced) then
        raise exception 'decision % is kept with other content', kept_id using errcode = 'WF034';
    end if;
    return kept_id;
end
$$;

create function read_decision(the_id text)
returns table (id text, person text, question text, as_of_law date, as_of_known timestamptz, mode text, law_version text,
    document jsonb, facts jsonb, replaces text, replaced_by text, kept timestamptz)
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
    of_person text;
begin
    select d.person into of_person from decision d where d.id = the_id and in_view(d.scope);
    perform record_look(of_person, 'decision ' || the_id, found);
    return query
        select d.id, d.person, d.question, d.as_of_law, d.as_of_known, d.mode, d.law_version, d.document, d.facts, d.replaces,
            (select later.id from decision later where later.replaces = d.id), d.kept
        from decision d where d.id = the_id and in_view(d.scope);
end
$$;

create function list_decisions(of_person text)
returns table (id text, question text, as_of_law date, as_of_known timestamptz, mode text, replaces text, kept timestamptz)
language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
    perform record_look(of_person, 'decisions', exists (select from person p where p.id = of_person and in_view(p.scope)));
    return query
        select d.id, d.question, d.as_of_law, d.as_of_known, d.mode, d.replaces, d.kept
        from decision d where d.person = of_person and in_view(d.scope) order by d.kept, d.id;
end
$$;

-- ---------------------------------------------------------------- funds

create table fund (
    id text primary key check (id = place || ':' || insurance),
    place text not null check (place ~ '^[0-9]{6}$'),
    insurance text not null check (insurance <> '')
);
comment on table fund is 'a pooling place and an insurance';

create table fund_of (
    place text not null check (place ~ '^[0-9]{6}$'),
    insurance text not null,
    valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
    fund text not null references fund,
    constraint one_fund_at_a_time exclude using gist (place with =, insurance with =, valid with &&)
);
comment on table fund_of is 'which fund a place belonged to in which months; what lies in a place belongs with it';

-- The fund of a place in a month: that of the county, else of its prefecture, its province, the nation; null for none.
create function fund_of(of_place text, of_insurance text, in_month date) returns text
language sql stable parallel safe
as $$
    select f.fund from fund_of f
    where f.place in (of_place, left(of_place, 4) || '00', left(of_place, 2) || '0000', '000000')
        and f.insurance = of_insurance and f.valid @> in_month
    order by length(rtrim(f.place, '0')) desc, f.place desc limit 1
$$;

-- From a month on, a place and all that lies in it pool together in the fund of that place.
create function pool_in(at_place text, of_insurance text, from_month date) returns text
language plpgsql security definer set search_path = pg_catalog, public
as $$
declare
    inside text := case when at_place = '000000' then '' when right(at_place, 4) = '0000' then left(at_place, 2)
        when right(at_place, 2) = '00' then left(at_place, 4) else at_place end;
    the_fund text := at_place || ':' || of_insurance;
begin
    insert into fund (id, place, insurance) values (the_fund, at_place, of_insurance) on conflict do nothing;
    if exists (select from fund_of f where f.place = at_place and f.insurance = of_insurance and f.fund = the_fund
        and f.valid = daterange(from_month, null)) then
        return the_fund;
    end if;
    if exists (select from fund_of f where starts_with(f.place, inside) and f.insurance = of_insurance
        and lower(f.valid) >= from_month) then
        raise exception 'pools in % after % are recorded already', at_place, from_month using errcode = 'exclusion_violation';
    end if;
    update fund_of f set valid = daterange(lower(f.valid), from_month)
        where starts_with(f.place, inside) and f.insurance = of_insurance and f.valid @> from_month;
    insert into fund_of values (at_place, of_insurance, daterange(from_month, null), the_fund);
    return the_fund;
end
$$;

-- ---------------------------------------------------------------- who may what

alter table person enable row level security;
alter table person force row level security;
alter table spell enable row level security;
alter table spell force row level security;
alter table correction enable row level security;
alter table correction force row level security;
alter table decision enable row level security;
alter table decision force row level security;
alter table access_record enable row level security;
alter table access_record force row level security;

create policy seen on person for select using (in_view(scope));
create policy added on person for insert with check (in_view(scope));
create policy moved on person for update using (in_view(scope));
create policy seen on spell for select using (in_view(scope));
create policy added on spell for insert with check (in_view(scope));
create policy closed on spell for update using (in_view(scope));
create policy seen on correction for select using (in_view(scope));
create policy added on correction for insert with check (in_view(scope));
create policy seen on decision for select using (in_view(scope));
create policy added on decision for insert with check (in_view(scope));
create policy moved on decision for update using (in_view(scope));
create policy seen on access_record for select using (in_view(scope));
create policy added on access_record for insert with check (has_viewer());

revoke all on function record_look, read_facts, store_facts, move_record, keep_decision, read_decision, list_decisions, pool_in
    from public;
grant usage on schema public to wayfare_reader, wayfare_officer, wayfare_poster;
grant execute on function record_look, read_facts, read_decision, list_decisions
    to wayfare_reader, wayfare_officer, wayfare_poster;
grant execute on function store_facts, move_record, keep_decision, pool_in to wayfare_officer;
grant execute on function pool_in to wayfare_poster;
grant select on person, fund, fund_of to wayfare_reader, wayfare_officer, wayfare_poster;
grant select on correction, access_record to wayfare_officer;
