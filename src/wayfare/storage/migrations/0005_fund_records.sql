-- What a fund's office keeps on its members and payers: employers, enrolments, wages, payments, and rules of its own.
--
-- Nothing is changed or removed: a correction is a later row under the same key, and the latest counts. A row lies in the
-- place of its fund, and row-level security shows it to viewers of that place. The numbers of accounts are computed from the
-- names by the books' own function, so that a month goes to the law and back into the books as columns of numbers.

-- Functions that act with their owner's rights look for a name among temporary tables last: whoever made a table of the name of
-- the access record would else have their looks recorded there. Nobody but the owner puts anything where they look first.
do $$
declare f text;
begin
  for f in select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.proconfig = array['search_path=pg_catalog, public']
  loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', f);
  end loop;
end $$;
revoke create on schema public from public;

create schema office;

create table office.employer (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  id text not null check (id ~ '^[^\s:]+$'),
  name text not null check (name <> ''),
  place int not null check (place between 100000 and 999999),
  credit_code text,                          -- the unified social credit code that its payments name
  payer bigint not null generated always as (ledger.account_number('contribution_clearing:employer:' || id)) stored,
  recorded timestamptz not null default clock_timestamp()
);
create unique index on office.employer (fund, id, row desc);

create table office.enrolment (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  member text not null check (member ~ '^[^\s:]\S*$'),
  employer text,                             -- null: the member pays alone
  basis text not null check (basis in ('employee', 'flexible')),
  place int not null check (place between 100000 and 999999),
  from_month int not null check (from_month between 190001 and 219912 and from_month % 100 between 1 and 12),
  to_month int not null check (to_month >= from_month and to_month % 100 between 1 and 12),
  account bigint not null generated always as (ledger.account_number('account:' || member)) stored,
  payer bigint not null generated always as
    (ledger.account_number(coalesce('contribution_clearing:employer:' || employer, 'contribution_clearing:person'))) stored,
  recorded timestamptz not null default clock_timestamp(),
  check ((basis = 'flexible') = (employer is null))
);
comment on column office.enrolment.to_month is 'the first month not covered; 219912 while it runs, the first month for one that never held';
create unique index on office.enrolment (fund, account, from_month, payer, row desc);

create table office.wage (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  member text not null check (member ~ '^[^\s:]\S*$'),
  month int not null check (month between 190001 and 219912 and month % 100 between 1 and 12),
  fen bigint not null check (fen between 0 and 20000000),
  account bigint not null generated always as (ledger.account_number('account:' || member)) stored,
  recorded timestamptz not null default clock_timestamp()
);
comment on column office.wage.fen is 'what the month''s base is counted on: an employee''s declared monthly wage, the base that a flexible worker chose';
create unique index on office.wage (fund, month, account, row desc);

create table office.payment (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  id text not null check (id ~ '^[^\s:]+$'),
  bank_account text not null check (bank_account ~ '^[^\s:]+$'),
  on_day date not null,
  fen bigint not null check (fen > 0),
  payer_reference text not null,
  for_month int check (for_month between 190001 and 219912 and for_month % 100 between 1 and 12),
  text text not null default '',
  recorded timestamptz not null default clock_timestamp(),
  primary key (fund, id)                     -- a line of the bank is said once
);
comment on column office.payment.for_month is 'the month that the payer named; null: the oldest that is owed';

create table office.rule (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  name text not null check (name <> ''),
  from_month int not null check (from_month between 190001 and 219912 and from_month % 100 between 1 and 12),
  value text not null check (value <> ''),
  source text not null check (source <> ''), -- the notice that says so
  recorded timestamptz not null default clock_timestamp()
);
create unique index on office.rule (fund, name, from_month, row desc);

-- The files that were taken in. A file that comes again adds what it could not add before, and changes nothing back.
create table office.file (
  row bigint generated always as identity primary key,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  kind text not null,
  sha256 bytea not null check (length(sha256) = 32),
  added bigint not null,
  corrected bigint not null,
  recorded timestamptz not null default clock_timestamp()
);
create index on office.file (fund, kind, sha256);

-- What counts now: of each key the latest row.
create view office.employer_now with (security_invoker) as
  select distinct on (fund, id) * from office.employer order by fund, id, row desc;
create view office.enrolment_now with (security_invoker) as
  select distinct on (fund, account, from_month, payer) * from office.enrolment order by fund, account, from_month, payer, row desc;
create view office.wage_now with (security_invoker) as
  select distinct on (fund, month, account) * from office.wage order by fund, month, account, row desc;
create view office.rule_now with (security_invoker) as
  select distinct on (fund, name, from_month) * from office.rule order by fund, name, from_month, row desc;

do $$
declare t text;
begin
  foreach t in array array['employer', 'enrolment', 'wage', 'payment', 'rule', 'file'] loop
    execute format('create trigger append_only before update or delete or truncate on office.%I
      for each statement execute function public.refuse_change()', t);
    execute format('alter table office.%I enable row level security', t);
    execute format('alter table office.%I force row level security', t);
    execute format('create policy seen on office.%I for select using (public.in_view(left(fund, 6)))', t);
    execute format('create policy added on office.%I for insert with check (public.in_view(left(fund, 6)))', t);
  end loop;
end $$;

grant usage on schema office to wayfare_officer, wayfare_poster;
grant select on all tables in schema office to wayfare_officer, wayfare_poster;
grant insert (fund, id, name, place, credit_code) on office.employer to wayfare_poster;
grant insert (fund, member, employer, basis, place, from_month, to_month) on office.enrolment to wayfare_poster;
grant insert (fund, member, month, fen) on office.wage to wayfare_poster;
grant insert (fund, id, bank_account, on_day, fen, payer_reference, for_month, text) on office.payment to wayfare_poster;
grant insert (fund, name, from_month, value, source) on office.rule to wayfare_poster;
grant insert (fund, kind, sha256, added, corrected) on office.file to wayfare_poster;
