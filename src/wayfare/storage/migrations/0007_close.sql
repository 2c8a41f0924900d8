-- The year-end and the close of a month.
--
-- A December leaves a snapshot of every account, so that no later question reads more than a year of rows. A close keeps the
-- trial balance it was made on and the checklist behind it; a year's interest keeps the rate it was credited at.

-- Rows come from close_period alone, which takes them from rows that were checked; a look at every account's number for every
-- row would cost more than the snapshot.
alter table ledger.snapshot drop constraint snapshot_fund_account_fkey;
-- The last month (yyyymm) that a member's rows are for: where it lies ahead, the next year is walked row by row.
alter table ledger.snapshot add column latest int not null default 0;
alter table ledger.snapshot disable trigger append_only;  -- what was kept before learns what its rows say
update ledger.snapshot s set latest = m.latest from (
    select k.fund, k.period, t.subject, max(t.effective_from + t.effective_months - 1 + (t.effective_months - 1) / 12 * 88) as latest
    from (select distinct fund, period from ledger.snapshot) k join ledger.transfer t on t.fund = k.fund and t.period <= k.period
    where t.credit > 0 or t.debit > 0 group by k.fund, k.period, t.subject) m
  where s.fund = m.fund and s.period = m.period and s.account = m.subject;
alter table ledger.snapshot enable trigger append_only;

create table ledger.year_interest (
  fund int not null references ledger.fund,
  year int not null,
  batch int not null,
  rate int not null check (rate >= 0),       -- basis points a year
  source text not null check (source <> ''),
  status text not null,                      -- of the rulebook's figure; given: stated for this run with its source
  members int not null,
  credited bigint not null,                  -- fen
  earlier bigint not null,                   -- fen of it that belongs to earlier years: late items
  residue bigint not null,                   -- fen on `rounding`
  primary key (fund, year),
  foreign key (fund, batch) references ledger.batch
);

create table ledger.period_close (
  fund int not null references ledger.fund,
  period int not null,                       -- yyyymm
  closed_by text not null,
  closed_at timestamptz not null default now(),
  head bytea not null,                       -- the last link of the chain at that moment
  checklist jsonb not null,
  trial_balance bytea not null check (length(trial_balance) = 32),  -- SHA-256 over the lines, as wayfare.funds.year says
  primary key (fund, period)
);

create table ledger.period_close_line (
  fund int not null,
  period int not null,
  account text not null,                     -- a control account, or `account` for all members together
  opening bigint not null,
  debits bigint not null,
  credits bigint not null,
  balance bigint not null check (balance = opening + credits - debits),
  primary key (fund, period, account),
  foreign key (fund, period) references ledger.period_close
);

do $$
declare t text;
begin
  foreach t in array array['year_interest', 'period_close', 'period_close_line'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;

-- Control accounts at the end of a month: their running balances without what was booked in later months.
create function ledger.controls_at(f int, through int) returns table (account bigint, balance bigint)
language plpgsql stable set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  perform hear_of_leaves();
  return query
  with cell as materialized (
    select least(t.debit, 0) as d, least(t.credit, 0) as c, sum(t.amount)::bigint as a from transfer t
    where t.fund = f and t.period > through group by 1, 2
  ), later as (
    select u.account, sum(u.x)::bigint as x from (select d, -a from cell union all select c, a from cell) as u (account, x)
    where u.account < 0 group by u.account
  )
  select c.account, c.posted - coalesce(l.x, 0) from control_balance c left join later l using (account) where c.fund = f;
end $$;

-- Money added up in one word a group, refused where it would pass that word: `sum` keeps a longer number, which costs half
-- as much again over a year of rows and which workers cannot hand over cheaply.
create aggregate ledger.sum_fen(bigint) (
  sfunc = int8pl, stype = bigint, combinefunc = int8pl, initcond = '0', parallel = safe
);

-- Members at the end of a month: the last snapshot before it and the rows since; rows of the pool are passed over.
-- `latest` is the last month that a row is for; its month may pass twelve, which counts as the year after. Leaves have no
-- statistics together, so the planner expects few members and would sort all rows; two tables, one in each of two
-- processes, cost least.
create function ledger.members_at(f int, through int) returns table (account bigint, balance bigint, latest int)
language plpgsql stable set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan
set work_mem = '256MB' set enable_sort = off set max_parallel_workers_per_gather = 1 as $$
declare start int := (select coalesce(max(s.period), 0) from snapshot s where s.fund = f and s.period <= through);
begin
  perform hear_of_leaves();
  if start = through then
    return query select s.account, s.balance, s.latest from snapshot s where s.fund = f and s.period = start and s.account > 0;
    return;
  end if;
  return query
  select u.a, sum_fen(u.x), max(u.last) from (
    select t.subject, case when t.credit > 0 then t.amount else -t.amount end,
      t.effective_from + t.effective_months - 1 + (t.effective_months - 1) / 12 * 88
    from transfer t where (t.credit > 0 or t.debit > 0) and t.fund = f and t.period > start and t.period <= through
    union all
    select s.account, s.balance, s.latest from snapshot s where s.fund = f and s.period = start and s.account > 0
  ) as u (a, x, last) group by u.a;
end $$;

-- What every account of a fund held at the end of a month. Neither way reads more rows than there are after that month or
-- since the last snapshot.
create or replace function ledger.balances_at(f int, through int) returns table (account bigint, balance bigint)
language sql stable set search_path = ledger, pg_temp as $$
  select account, balance from controls_at(f, through)
  union all select account, balance from members_at(f, through)
$$;

-- Closes a fund's months up to `through`; the last December among them leaves a snapshot of every account.
create or replace function ledger.close_period(fund_name text, through int) returns boolean
language plpgsql security definer set search_path = ledger, pg_temp set work_mem = '256MB' as $$
declare f ledger.fund := lock_fund(fund_name); december int;
begin
  if through <= f.closed_through then return false; end if;
  december := case when through % 100 = 12 then through else (through / 100 - 1) * 100 + 12 end;
  if december > f.snapshot_at then
    insert into snapshot (fund, account, period, balance, latest)
      select f.fund, u.a, december, u.b, u.x from (
        select account, balance, 0 from controls_at(f.fund, december) union all select * from members_at(f.fund, december)
      ) as u (a, b, x) order by u.a;
  else
    december := f.snapshot_at;
  end if;
  update fund x set closed_through = through, snapshot_at = december where x.fund = f.fund;
  return true;
end $$;

-- Keeps what a close was made on; once a fund and month, right after the month was closed. Amounts are opening, debits,
-- credits and balance, each for every account.
create function ledger.keep_close(
  fund_name text, month int, who text, list jsonb, account_names text[], openings bigint[], debits bigint[],
  credits bigint[], balances bigint[], lines_hash bytea
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name);
begin
  if f.closed_through <> month then
    raise exception 'the last closed month of % is %', fund_name, f.closed_through using errcode = 'WL006', detail = month::text;
  end if;
  insert into period_close (fund, period, closed_by, head, checklist, trial_balance)
    values (f.fund, month, who, f.head, list, lines_hash);
  insert into period_close_line (fund, period, account, opening, debits, credits, balance)
    select f.fund, month, u.* from unnest(account_names, openings, debits, credits, balances) as u;
end $$;

-- Keeps at which rate a year was credited; its batch was posted in the same transaction.
create function ledger.keep_interest(
  fund_name text, of_year int, used_rate int, rate_source text, rate_status text, member_count int, credited_sum bigint,
  earlier_sum bigint, rounding_residue bigint
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name);
begin
  insert into year_interest (fund, year, batch, rate, source, status, members, credited, earlier, residue)
    select f.fund, of_year, b.number, used_rate, rate_source, rate_status, member_count, credited_sum, earlier_sum,
      rounding_residue
    from batch b where b.fund = f.fund and b.key = 'interest:' || of_year on conflict do nothing;
end $$;

create view ledger.close_of_month with (security_barrier) as
  select f.name as fund, c.period, c.closed_by, c.closed_at, c.head, c.checklist, c.trial_balance, c.fund as fund_number
  from ledger.period_close c join ledger.fund f using (fund) where public.in_view(left(f.name, 6));
create view ledger.interest_of_year with (security_barrier) as
  select f.name as fund, i.year, i.batch, b.posted_on, i.rate, i.source, i.status, i.members, i.credited, i.earlier, i.residue
  from ledger.year_interest i join ledger.fund f using (fund) join ledger.batch b on b.fund = i.fund and b.number = i.batch
  where public.in_view(left(f.name, 6));

revoke all on function ledger.controls_at, ledger.members_at, ledger.keep_close, ledger.keep_interest from public;
grant execute on function ledger.controls_at, ledger.members_at, ledger.keep_close, ledger.keep_interest to wayfare_poster;
grant select on ledger.close_of_month, ledger.interest_of_year to wayfare_officer, wayfare_poster;
grant select on ledger.year_interest, ledger.period_close, ledger.period_close_line to wayfare_poster;
