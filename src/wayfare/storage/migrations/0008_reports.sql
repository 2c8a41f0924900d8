-- What reports read: a fund's movements, the lines of an account, a batch, one person's lines; and the bank's statements.
--
-- Functions see what the viewer may see (public.in_view) and write the access record wherever a line names a person. A
-- million members are one row of a trial balance: their lines are added up by sign of the account's number.

create view ledger.report_line with (security_barrier) as
  select f.name as fund, t.batch, b.key, b.posted_on, b.decision, b.reverses, t.line, d.name as debit, c.name as credit,
    t.amount, t.effective_from, t.effective_months, s.name as member, t.subject, t.debit as debit_number,
    t.credit as credit_number, t.fund as fund_number, t.period
  from ledger.transfer t
  join ledger.fund f on f.fund = t.fund
  join ledger.batch b on b.fund = t.fund and b.number = t.batch
  join ledger.account d on d.fund = t.fund and d.number = t.debit
  join ledger.account c on c.fund = t.fund and c.number = t.credit
  left join ledger.account s on s.fund = t.fund and s.number = t.subject
  where public.in_view(left(f.name, 6));

-- Money set aside, for a move to another fund or any other matter, as the sender or the receiver of it sees it.
-- How a hold ended is looked up hold by hold: joined, it was planned by scanning all batches for each while the tables had
-- no statistics yet (108 s for 12,000 holds; so 0.1 s for 6,000).
create view ledger.report_hold with (security_barrier) as
  select f.name as fund, h.key, h.receiver, h.decision, h.placed_on, h.expires, coalesce(e.state, 'open') as state,
    e.confirmed_on,
    (select coalesce(sum(l.amount), 0)::bigint from ledger.held l where l.fund = h.fund and l.key = h.key) as amount
  from ledger.hold h
  join ledger.fund f on f.fund = h.fund
  left join lateral (
    select r.state, (select b.posted_on from ledger.batch b where b.fund = h.fund and b.number = r.batch) as confirmed_on
    from ledger.resolved r where r.fund = h.fund and r.key = h.key limit 1) e on true
  where public.in_view(left(f.name, 6)) or public.in_view(left(h.receiver, 6));

-- How low the accounts of a fund may fall, by which approval.
create view ledger.report_floor with (security_barrier) as
  select f.name as fund, a.name as account, p.floor, b.number as batch, b.key, b.posted_on, p.document, p.approved_by, p.reason
  from ledger.floor_approval p
  join ledger.fund f on f.fund = p.fund
  join ledger.batch b on b.fund = p.fund and b.number = p.batch
  join ledger.account a on a.fund = p.fund and a.number = p.account
  where public.in_view(left(f.name, 6));

-- Each account with what it held before a month, what went out and in until another, members as one row named `account`.
create function ledger.read_movements(fund_name text, first int, through int)
returns table (account text, accounts bigint, opening bigint, debits bigint, credits bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select hear_of_leaves();
  with f as materialized (select fund_number as fund from book where book.fund = fund_name),
  start as materialized (
    select f.fund, coalesce(max(s.period), 0) as at from f left join snapshot s on s.fund = f.fund and s.period < first group by f.fund
  ), cell as materialized (
    select least(t.debit, 0) as d, least(t.credit, 0) as c, t.period < first as early, sum(t.amount)::bigint as a
    from transfer t, start where t.fund = start.fund and t.period > start.at and t.period <= through group by 1, 2, 3
  ), part (number, opening, debits, credits) as (
    select least(s.account, 0), s.balance, 0, 0 from snapshot s, start where s.fund = start.fund and s.period = start.at
    union all select d, case when early then -a else 0 end, case when early then 0 else a end, 0 from cell
    union all select c, case when early then a else 0 end, 0, case when early then 0 else a end from cell
  ), whole as (
    select number, sum(part.opening)::bigint as opening, sum(part.debits)::bigint as debits, sum(part.credits)::bigint as credits
    from part group by number
  ), opened as (
    -- A batch may be dated before the one that opened an account it moves.
    select least(a.number, 0) as number, min(a.name) as name, count(*) filter (where b.period <= through) as accounts
    from f join account a on a.fund = f.fund join batch b on b.fund = a.fund and b.number = a.opened_by
    where b.period <= through or least(a.number, 0) in (select w.number from whole w)
    group by 1
  )
  select case when o.number = 0 then 'account' else o.name end, case when o.number = 0 then o.accounts else 0 end,
    coalesce(w.opening, 0), coalesce(w.debits, 0), coalesce(w.credits, 0)
  from opened o left join whole w using (number) order by 1
$$;

-- The lines of one account between two days, in the order of days and writing; a look at a member's is recorded.
create function ledger.read_account_lines(fund_name text, account_name text, first date, last date)
returns setof ledger.report_line language plpgsql security definer set search_path = ledger, pg_temp as $$
declare n bigint := account_number(account_name); f int := (select fund_number from book where book.fund = fund_name);
begin
  perform hear_of_leaves();
  if n > 0 then
    perform public.record_look(substr(account_name, 9), 'account in ' || fund_name, f is not null);
  end if;
  return query select l.* from report_line l
    where l.fund_number = f and (n < 0 or l.subject = n) and n in (l.debit_number, l.credit_number)
      and l.period between to_char(first, 'YYYYMM')::int and to_char(last, 'YYYYMM')::int
      and l.posted_on between first and last
    order by l.posted_on, l.batch, l.line;
end $$;

-- What an account held before a day; `account` is all members' accounts together, of which a line touches one at most.
create function ledger.read_balance_before(fund_name text, account_name text, day date) returns bigint
language sql stable security definer set search_path = ledger, pg_temp as $$
  select hear_of_leaves();
  select coalesce(sum(case when t.credit = n.number or (n.number = 0 and t.credit > 0) then t.amount else -t.amount end), 0)::bigint
  from book f, (select case when account_name = 'account' then 0 else account_number(account_name) end as number) n,
    transfer t join batch b on b.fund = t.fund and b.number = t.batch
  where f.fund = fund_name and t.fund = f.fund_number
    and (n.number in (t.debit, t.credit) or (n.number = 0 and greatest(t.debit, t.credit) > 0))
    and (n.number <= 0 or t.subject = n.number)
    and t.period <= to_char(day, 'YYYYMM')::int and b.posted_on < day
$$;

-- The batches that make up what moved on an account between two days; `account` is all members' accounts together.
create function ledger.read_account_batches(fund_name text, account_name text, first date, last date)
returns table (batch int, key text, posted_on date, decision text, reverses text, lines bigint, debits bigint, credits bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select hear_of_leaves();
  with wanted as (
    select f.fund_number as fund, case when account_name = 'account' then 0 else account_number(account_name) end as number
    from book f where f.fund = fund_name
  ), moved as (
    select t.fund, t.batch, count(*) as lines,
      sum(case when w.number = t.debit or (w.number = 0 and t.debit > 0) then t.amount else 0 end)::bigint as debits,
      sum(case when w.number = t.credit or (w.number = 0 and t.credit > 0) then t.amount else 0 end)::bigint as credits
    from transfer t, wanted w
    where t.fund = w.fund and t.period between to_char(first, 'YYYYMM')::int and to_char(last, 'YYYYMM')::int
      and (w.number in (t.debit, t.credit) or (w.number = 0 and greatest(t.debit, t.credit) > 0))
      and (w.number <= 0 or t.subject = w.number)
    group by t.fund, t.batch
  )
  select b.number, b.key, b.posted_on, b.decision, b.reverses, m.lines, m.debits, m.credits
  from moved m join batch b on b.fund = m.fund and b.number = m.batch
  where b.posted_on between first and last order by b.posted_on, b.number
$$;

-- The lines of one batch, those of one account if one is named, after a line; each person shown is a look.
create function ledger.read_batch_lines(fund_name text, batch_key text, account_name text, after_line int, most int)
returns setof ledger.report_line language plpgsql security definer set search_path = ledger, pg_temp as $$
declare wanted ledger.batch; found_lines ledger.report_line[];
  n bigint := case when account_name = 'account' then 0 else account_number(account_name) end;
begin
  perform hear_of_leaves();
  select b.* into wanted from batch b join book f on f.fund_number = b.fund where f.fund = fund_name and b.key = batch_key;
  found_lines := array(
    select l from report_line l
    where l.fund_number = wanted.fund and l.batch = wanted.number and l.period = wanted.period and l.line > after_line
      and (n is null or n in (l.debit_number, l.credit_number) or (n = 0 and greatest(l.debit_number, l.credit_number) > 0))
    order by l.line limit most);
  perform public.record_look(m, 'batch ' || batch_key || ' of ' || fund_name, true)
    from (select distinct substr(l.member, 9) as m from unnest(found_lines) l where l.member is not null) as people;
  return query select * from unnest(found_lines);
end $$;

-- Every line about one person in every fund within view, with a record that someone looked.
create function ledger.read_person(person text) returns setof ledger.report_line
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare wanted bigint := account_number('account:' || person);
begin
  perform hear_of_leaves();
  return query select l.* from report_line l
    where l.subject = wanted and l.subject <> 0
      and l.fund_number in (select a.fund from account a where a.number = wanted and a.number > 0)
    order by l.fund, l.posted_on, l.batch, l.line;
  perform public.record_look(person, 'statement', found);
end $$;

-- By month what was charged to a payer's clearing account for members, less what of it was taken back. Late fees are for no
-- member; they come after all months.
create function ledger.read_charges(fund_name text, account_name text) returns table (effective_from int, charged bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select hear_of_leaves();
  select t.effective_from, sum(case when t.debit = n.number then t.amount else -t.amount end)::bigint
  from book f, (select account_number(account_name) as number) n, transfer t
  where f.fund = fund_name and t.fund = f.fund_number and n.number in (t.debit, t.credit) and t.subject <> 0
  group by 1 order by 1
$$;

-- What a payer paid in on its clearing account, with the month that it named, if the office's record of the payment has one.
create function ledger.read_paid_in(fund_name text, account_name text)
returns table (key text, on_day date, paid bigint, for_month int)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select hear_of_leaves();
  with moved as (
    select regexp_replace(coalesce(b.reverses, b.key), '^(payment|match|unmatch):([^:]+).*$', 'payment:\2') as key,
      min(b.posted_on) as posted_on, sum(case when t.credit = n.number then t.amount else -t.amount end)::bigint as paid
    from book f, (select account_number(account_name) as number) n, transfer t
    join batch b on b.fund = t.fund and b.number = t.batch
    where f.fund = fund_name and t.fund = f.fund_number and n.number in (t.debit, t.credit) and t.subject = 0
      and account_number('pooled_fund') not in (t.debit, t.credit)
    group by 1
  )
  select m.key, coalesce(p.on_day, m.posted_on), m.paid, p.for_month
  from moved m left join office.payment p on p.fund = fund_name
    and split_part(m.key, ':', 1) = 'payment' and p.id = split_part(m.key, ':', 2)
  where m.paid > 0 order by 2, 1
$$;

-- The members' accounts one by one against the running balances of the control accounts, which are kept apart from them.
create function ledger.read_members_control(fund_name text)
returns table (accounts bigint, holding bigint, below_zero bigint, held bigint, control bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  with f as (select fund_number as fund from book where book.fund = fund_name),
  each as (
    select a.number, coalesce(b.balance, 0) as balance
    from f join account a on a.fund = f.fund and a.number > 0 left join balances_at(f.fund, 999912) b on b.account = a.number
  )
  select count(*), count(*) filter (where balance > 0), count(*) filter (where balance < 0), coalesce(sum(balance), 0)::bigint,
    -(select coalesce(sum(c.posted), 0)::bigint from control_balance c, f where c.fund = f.fund)
  from each
$$;

-- Every account of a fund with its balance, which is a look at all of its members.
create view ledger.report_account with (security_barrier) as
  select f.name as fund, a.name as account, b.posted_on as opened_on, a.fund as fund_number, a.number
  from ledger.account a join ledger.fund f on f.fund = a.fund join ledger.batch b on b.fund = a.fund and b.number = a.opened_by
  where public.in_view(left(f.name, 6));

create view ledger.report_batch with (security_barrier) as
  select f.name as fund, b.number, b.key, b.posted_on, b.period, b.decision, b.reverses, s.lines, s.amount
  from ledger.batch b join ledger.sealed s using (fund, number) join ledger.fund f on f.fund = b.fund
  where public.in_view(left(f.name, 6));

create view ledger.report_balance with (security_barrier) as
  select f.name as fund, a.name as account, c.posted as balance
  from ledger.control_balance c join ledger.fund f on f.fund = c.fund
  join ledger.account a on a.fund = c.fund and a.number = c.account
  where public.in_view(left(f.name, 6));

create function ledger.read_accounts(fund_name text, through int)
returns table (account text, opened_on date, balance bigint) language sql stable security definer set search_path = ledger, pg_temp as $$
  select a.account, a.opened_on, coalesce(b.balance, 0) from report_account a
    left join balances_at((select fund_number from book where book.fund = fund_name), through) b on b.account = a.number
  where a.fund = fund_name order by a.account collate "C"
$$;

-- ---------------------------------------------------------------- what the bank says

create schema bank;

create table bank.statement (
  row bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  account text not null,
  first date not null,
  last date not null check (last >= first),
  opening bigint not null,
  closing bigint not null,
  imported_at timestamptz not null default clock_timestamp(),
  imported_by text not null default current_setting('wayfare.viewer'),
  primary key (fund, account, last),
  constraint said_once exclude using gist (fund with =, account with =, daterange(first, last, '[]') with &&)
);
comment on table bank.statement is 'a stretch of days of one bank account with the balances that the bank states, in fen';

create table bank.line (
  row bigint generated always as identity,
  fund text not null,
  account text not null,
  id text not null check (id <> ''),
  on_day date not null,
  amount bigint not null check (amount <> 0),
  payer text not null,
  reference text not null,
  told text not null,
  imported_at timestamptz not null default clock_timestamp(),
  primary key (fund, account, id)
);
comment on column bank.line.amount is 'fen; money into the account is positive';
create index on bank.line (fund, account, on_day);

do $$
declare t text;
begin
  foreach t in array array['statement', 'line'] loop
    execute format('create trigger append_only before update or delete or truncate on bank.%I
      for each statement execute function public.refuse_change()', t);
    execute format('alter table bank.%I enable row level security', t);
    execute format('alter table bank.%I force row level security', t);
    execute format('create policy seen on bank.%I for select using (public.in_view(left(fund, 6)))', t);
    execute format('create policy added on bank.%I for insert with check (public.in_view(left(fund, 6)))', t);
  end loop;
end $$;

revoke all on function ledger.read_movements, ledger.read_account_lines, ledger.read_balance_before,
  ledger.read_account_batches, ledger.read_batch_lines, ledger.read_person, ledger.read_charges, ledger.read_paid_in,
  ledger.read_members_control, ledger.read_accounts from public;
grant select on ledger.report_line, ledger.report_account, ledger.report_batch, ledger.report_balance,
  ledger.report_hold, ledger.report_floor to wayfare_officer, wayfare_poster;
grant execute on function ledger.read_person to wayfare_reader, wayfare_officer, wayfare_poster;
grant execute on function ledger.read_movements, ledger.read_account_lines, ledger.read_balance_before,
  ledger.read_account_batches, ledger.read_batch_lines, ledger.read_charges, ledger.read_paid_in, ledger.read_members_control,
  ledger.read_accounts to wayfare_officer, wayfare_poster;
grant usage on schema bank to wayfare_officer, wayfare_poster;
grant select on bank.statement, bank.line to wayfare_officer, wayfare_poster;
grant insert (fund, account, first, last, opening, closing) on bank.statement to wayfare_poster;
grant insert (fund, account, id, on_day, amount, payer, reference, told) on bank.line to wayfare_poster;

-- ---------------------------------------------------------------- records beside the chain

-- What money rests on but no batch holds: the office's records, benefits, bank statements and decisions. A daily root takes
-- their rows in by number, each once; what was taken in can be worked out again and compared.
alter table public.decision add column row bigint generated always as identity;

create table ledger.record_kind (
  kind text primary key,                     -- the table
  place int not null unique,                 -- the order in which they are locked, that of their writers
  numbered text not null,                    -- the column that numbers the rows in the order of writing
  fund text not null,
  said text not null                         -- what a row says, as it is hashed; a later column would not change it
);
insert into ledger.record_kind values
  ('public.decision', 1, 'row', quote_literal(''), 'id, person, question, as_of_law, as_of_known, mode, law_version, document, facts, replaces, kept'),
  ('office.employer', 2, 'row', 'fund', 'fund, id, name, place, credit_code, recorded'),
  ('office.enrolment', 3, 'row', 'fund', 'fund, member, employer, basis, place, from_month, to_month, recorded'),
  ('office.wage', 4, 'row', 'fund', 'fund, member, month, fen, recorded'),
  ('office.payment', 5, 'row', 'fund', 'fund, id, bank_account, on_day, fen, payer_reference, for_month, text, recorded'),
  ('office.rule', 6, 'row', 'fund', 'fund, name, from_month, value, source, recorded'),
  ('office.benefit_record', 7, 'serial', 'fund',
    'fund, member, what, from_month, pension, account_pension, on_day, decision, paper, viewer, recorded'),
  ('office.recovery_plan', 8, 'row', 'fund',
    'fund, member, number, amount, monthly, from_month, approved_on, document, reason, viewer, recorded'),
  ('office.payroll', 9, 'row', 'fund', 'fund, month, batch, through, viewer, run'),
  ('office.overpaid', 10, 'row', 'fund', 'fund, month, account, since, fen'),
  ('bank.statement', 11, 'row', 'fund', 'fund, account, first, last, opening, closing, imported_at, imported_by'),
  ('bank.line', 12, 'row', 'fund', 'fund, account, id, on_day, amount, payer, reference, told, imported_at');

create table ledger.daily_root_record (
  day date not null references ledger.daily_root,
  kind text not null references ledger.record_kind,
  fund text not null,
  first bigint not null,
  last bigint not null,
  records bigint not null,
  digest bytea not null check (length(digest) = 32),
  primary key (day, kind, fund, first)
);

do $$
declare k ledger.record_kind; t text;
begin
  for k in select * from ledger.record_kind loop
    execute format('create index on %s using brin (%I)', k.kind, k.numbered);  -- rows lie in the order of their numbers
  end loop;
  foreach t in array array['record_kind', 'daily_root_record'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;

-- The rows of a kind between two numbers by fund, a hundred thousand numbers at most in one digest.
create function ledger.digest_records(of_kind text, of_fund text, after bigint, through bigint)
returns table (fund text, first bigint, last bigint, records bigint, digest bytea)
language plpgsql stable security definer
set search_path = ledger, pg_temp set timezone = 'UTC' set datestyle = 'ISO, YMD' set bytea_output = 'hex' as $$
declare k ledger.record_kind;
begin
  select * into k from record_kind r where r.kind = of_kind;
  return query execute format($q$
    select f, min(n), max(n), count(*), sha256(string_agg(h, ''::bytea order by n)) from (
      select %1$s as f, %2$I as n, sha256(convert_to(row(%3$s)::text, 'UTF8')) as h from %4$s
      where %2$I > $1 and %2$I <= $2 and ($3 is null or %1$s = $3)) as t
    group by f, n / 100000 order by f, min(n)$q$, k.fund, k.numbered, k.said, k.kind)
  using after, through, of_fund;
end $$;

create function ledger.count_records(of_kind text, through bigint) returns bigint
language plpgsql stable security definer set search_path = ledger, pg_temp as $$
declare k ledger.record_kind; found_records bigint;
begin
  select * into k from record_kind r where r.kind = of_kind;
  execute format('select count(*) from %s where %I <= $1', k.kind, k.numbered) into found_records using through;
  return found_records;
end $$;

-- What came since the last root, for the next. Writers of records wait until the transaction ends, so that no number below
-- those taken in comes later.
create function ledger.new_records()
returns table (kind text, fund text, first bigint, last bigint, records bigint, digest bytea)
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare k ledger.record_kind; through bigint;
begin
  if current_setting('wayfare.scope', true) is distinct from 'nation' then return; end if;
  for k in select * from record_kind order by place loop
    execute format('lock table %s in share mode', k.kind);
    through := coalesce((select max(r.last) from daily_root_record r where r.kind = k.kind), 0);
    return query select k.kind, d.* from digest_records(k.kind, null, through, 9223372036854775807) d;
  end loop;
end $$;

-- Keeps them with the root of their day, which was kept in the same transaction.
create function ledger.keep_root_records(
  root_day date, kinds text[], funds text[], firsts bigint[], lasts bigint[], counts bigint[], digests bytea[]
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  perform from daily_root d where d.day = root_day and d.kept_at = now();
  if not found or exists (select from daily_root_record r where r.day = root_day) then
    raise exception 'the root of % was kept before', root_day using errcode = 'WL014', detail = 'INSERT on daily_root_record';
  end if;
  insert into daily_root_record select root_day, u.* from unnest(kinds, funds, firsts, lasts, counts, digests) as u;
end $$;

-- Whatever a poster asks of the books begins with the fund's name, which is looked up here: out of view there is none. The
-- functions act as the owner, whom this does not bind; they ask for the view themselves.
alter table ledger.fund enable row level security;
create policy seen on ledger.fund for select using (public.in_view(left(name, 6)));

revoke all on function ledger.digest_records, ledger.count_records, ledger.new_records, ledger.keep_root_records from public;
grant execute on function ledger.digest_records, ledger.count_records, ledger.new_records, ledger.keep_root_records to wayfare_poster;
grant select on ledger.daily_root_record to wayfare_officer, wayfare_poster;
