-- Benefits in payment: what was awarded, adjusted, suspended and ended, which months were paid, and who pays back what.
--
-- Everything is a dated record that is never changed. An award rests on a kept decision of pension.monthly, an adjustment
-- on one of pension.adjustment; a later award replaces the earlier one, as its decision replaces that decision. What is due
-- for a month follows from the records and the law; what was paid stands in the books alone.
--
-- Refusals have SQLSTATE WBnnn, where WF-FND-nnn is the code that people see; WL016 is the ledger's.

create schema if not exists office;

create table office.benefit_record (
  serial bigint generated always as identity,
  fund text not null check (fund ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  member text not null references public.person check (member ~ '^[^\s:]\S*$'),
  account bigint not null generated always as (ledger.account_number('account:' || member)) stored,
  recovery bigint not null generated always as (ledger.account_number('recovery:' || member)) stored,
  what text not null check (what in ('award', 'adjustment', 'death', 'death_withdrawn', 'suspension', 'resumption')),
  from_month int not null check (from_month % 100 between 1 and 12),  -- yyyymm: the first month it holds for
  pension bigint check (pension >= 0),                 -- fen a month from then on
  account_pension bigint check (account_pension between 0 and pension),
  on_day date,                                         -- of a death
  decision text references public.decision,
  paper text check (paper <> ''),                      -- what the officer saw
  viewer text not null default current_setting('wayfare.viewer'),
  recorded timestamptz not null default clock_timestamp(),
  primary key (fund, account, serial),
  check ((what in ('award', 'adjustment')) = (pension is not null)),
  check ((what = 'award') = (account_pension is not null)),
  check ((what in ('award', 'adjustment')) = (decision is not null)),
  check ((what in ('award', 'adjustment')) or paper is not null),
  check ((what = 'death') = (on_day is not null))
);
comment on table office.benefit_record is 'what was recorded about a benefit in payment, in the order of recording';
create unique index on office.benefit_record (fund, serial);
create index on office.benefit_record (account) where what = 'award';  -- who draws a pension from two funds

create table office.payroll (
  row bigint generated always as identity,
  fund text not null,
  month int not null,
  batch text not null,
  through bigint not null,
  viewer text not null default current_setting('wayfare.viewer'),
  run timestamptz not null default clock_timestamp(),
  primary key (fund, month)
);
comment on column office.payroll.through is 'the last record that the run knew; a later one may change earlier months';

create table office.overpaid (
  row bigint generated always as identity,
  fund text not null,
  month int not null,
  account bigint not null,
  since int not null,
  fen bigint not null check (fen > 0),
  primary key (fund, month, account)
);
comment on table office.overpaid is 'what the run of a month found to be paid too much; the next run looks at these again';

create table office.recovery_plan (
  row bigint generated always as identity,
  fund text not null,
  member text not null references public.person,
  account bigint not null generated always as (ledger.account_number('account:' || member)) stored,
  recovery bigint not null generated always as (ledger.account_number('recovery:' || member)) stored,
  number int not null check (number > 0),
  amount bigint not null check (amount > 0),
  monthly bigint check (monthly > 0),                  -- fen kept back each month; null: the person pays it in
  from_month int not null check (from_month % 100 between 1 and 12),
  approved_on date not null,
  document text not null check (document <> ''),
  reason text not null check (reason <> ''),
  viewer text not null default current_setting('wayfare.viewer'),
  recorded timestamptz not null default clock_timestamp(),
  primary key (fund, member, number)
);

do $$
declare t text;
begin
  foreach t in array array['benefit_record', 'payroll', 'overpaid', 'recovery_plan'] loop
    execute format('create trigger never_changed before update or delete or truncate on office.%I
      for each statement execute function public.refuse_change()', t);
    execute format('alter table office.%I enable row level security', t);
    execute format('alter table office.%I force row level security', t);
    execute format('create policy seen on office.%I for select using (public.in_view(left(fund, 6)))', t);
    execute format('create policy added on office.%I for insert with check (public.in_view(left(fund, 6)))', t);
  end loop;
end $$;

-- One at a time for a fund, so that a run knows every record up to the last.
create function office.lock_benefits(of_fund text) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if not public.in_view(left(of_fund, 6)) then
    raise exception 'fund % is not in view', of_fund using errcode = 'WL016';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('office.benefits ' || of_fund, 0));
end $$;

create function office.account_of(member text) returns bigint language sql immutable
  return ledger.account_number('account:' || member);

-- The fen of a value of a decision's answer; null where it is not known.
create function office.fen_of(document jsonb, name text) returns bigint language sql immutable
  return ((document -> 'values' -> name ->> 'value')::numeric * 100)::bigint;

-- A decision that pays: kept as a decision, about this person, of this question, and not replaced since.
create function office.paying_decision(the_id text, of_member text, the_question text) returns public.decision
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare d public.decision;
begin
  select * into d from public.decision x where x.id = the_id;
  if d.id is null or d.person is distinct from of_member or d.question <> the_question or d.mode <> 'decision'
    or exists (select from public.decision later where later.replaces = the_id) then
    raise exception 'Decision % is none in force of % about %', the_id, the_question, of_member using errcode = 'WB021';
  end if;
  return d;
end $$;

-- Puts a benefit into payment, or corrects the award by the decision that replaced its decision. True: recorded now.
create function office.record_award(of_fund text, of_member text, first_month int, the_decision text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d public.decision; earlier office.benefit_record; monthly bigint; by_account bigint;
begin
  perform office.lock_benefits(of_fund);
  if of_fund not like '%:employee_pension' then
    raise exception 'Decision % is for a fund of the employees'' pension, which % is not', the_decision, of_fund
      using errcode = 'WB021';
  end if;
  d := office.paying_decision(the_decision, of_member, 'pension.monthly');
  select * into earlier from office.benefit_record r
    where r.fund = of_fund and r.account = office.account_of(of_member) and r.what = 'award' order by r.serial desc limit 1;
  if earlier.decision = the_decision and earlier.from_month = first_month then return false; end if;
  if earlier.serial is not null and earlier.decision <> the_decision and d.replaces is distinct from earlier.decision then
    raise exception '% of % is in payment by %', of_member, of_fund, earlier.decision using errcode = 'WB020';
  end if;
  monthly := office.fen_of(d.document, 'pension');
  by_account := office.fen_of(d.document, 'account_pension');
  if coalesce(monthly, 0) = 0 or by_account is null then
    raise exception 'Decision % gives no amount to pay', the_decision using errcode = 'WB022';
  end if;
  insert into office.benefit_record (fund, member, what, from_month, pension, account_pension, decision)
    values (of_fund, of_member, 'award', first_month, monthly, by_account, the_decision);
  return true;
end $$;

-- The yearly adjustment: the adjusted pension from January of the year that the decision asks about.
create function office.record_adjustment(of_fund text, of_member text, the_decision text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d public.decision; first_month int; monthly bigint;
begin
  perform office.lock_benefits(of_fund);
  d := office.paying_decision(the_decision, of_member, 'pension.adjustment');
  perform office.needs_award(of_fund, of_member);
  first_month := extract(year from d.as_of_law)::int * 100 + 1;
  monthly := office.fen_of(d.document, 'adjusted_pension');
  if coalesce(monthly, 0) = 0 then
    raise exception 'Decision % gives no amount to pay', the_decision using errcode = 'WB022';
  end if;
  perform from office.benefit_record r
    where r.fund = of_fund and r.account = office.account_of(of_member) and r.what = 'adjustment' and r.decision = the_decision;
  if found then return false; end if;
  insert into office.benefit_record (fund, member, what, from_month, pension, decision)
    values (of_fund, of_member, 'adjustment', first_month, monthly, the_decision);
  return true;
end $$;

create function office.needs_award(of_fund text, of_member text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform from office.benefit_record r where r.fund = of_fund and r.account = office.account_of(of_member) and r.what = 'award';
  if not found then
    raise exception '% draws no benefit from %', of_member, of_fund using errcode = 'WB023';
  end if;
end $$;

-- A death with its day, a death that was none, a suspension or its end, each with the paper that says so.
create function office.record_event(
  of_fund text, of_member text, the_event text, the_month int, the_day date, the_paper text
) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare last office.benefit_record;
begin
  perform office.lock_benefits(of_fund);
  perform office.needs_award(of_fund, of_member);
  select * into last from office.benefit_record r where r.fund = of_fund and r.account = office.account_of(of_member)
    and r.what = any (case when the_event like 'death%' then array['death', 'death_withdrawn']
      else array['suspension', 'resumption'] end) order by r.serial desc limit 1;
  if (last.what, last.from_month) = (the_event, the_month) and last.on_day is not distinct from the_day then
    return false;
  end if;
  insert into office.benefit_record (fund, member, what, from_month, on_day, paper)
    values (of_fund, of_member, the_event, the_month, the_day, the_paper);
  return true;
end $$;

-- What the payroll of a month asks the law with, one row a benefit: all, one member's, or those about which something was
-- recorded after a serial with those whom the last run found overpaid. Integers only, 0 for none; a day is its number in the
-- calendar; changed_from is the first month that may be other than it was paid. The plan of recovery in force comes along.
-- The latest record of a kind is found by one pass: of two for one month the later one, so the month goes before the serial.
create function office.month_facts(of_fund text, the_month int, after bigint, of_member text)
returns table (account bigint, recovery bigint, first_month bigint, died bigint, suspended bigint, pension_of_month bigint,
  pension bigint, account_pension bigint, kept_monthly bigint, owed bigint, changed_from bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare of_account bigint := ledger.account_number('account:' || of_member); low bigint := (1::bigint << 44) - 1;
  last_run int := (select max(p.month) from office.payroll p where p.fund = of_fund);
begin
  return query
    with open_excess as (
      select o.account, o.since from office.overpaid o where o.fund = of_fund and o.month = last_run
    ), last as (
      select r.account as number,
        max(r.serial) filter (where r.what = 'award') as award,
        max(r.from_month::bigint << 44 | r.serial)
          filter (where r.what = 'adjustment' and r.from_month <= the_month) & low as raised,
        max(r.serial) filter (where r.what in ('death', 'death_withdrawn')) as death,
        max(r.from_month::bigint << 44 | r.serial)
          filter (where r.what in ('suspension', 'resumption') and r.from_month <= the_month) & low as halt,
        least(min(r.from_month) filter (where r.serial > after),
          case when bool_or(r.what = 'award' and r.serial > after) then min(r.from_month) filter (where r.what = 'award') end,
          case when bool_or(r.what like 'death%' and r.serial > after)
            then min(r.from_month) filter (where r.what like 'death%') end) as changed
      from office.benefit_record r
      where r.fund = of_fund and (of_account is null or r.account = of_account)
        and (after is null or r.account in (
          select n.account from office.benefit_record n where n.fund = of_fund and n.serial > after
          union all select o.account from open_excess o))
      group by r.account
    ), plan as (
      select distinct on (p.account) p.account, p.monthly, -b.posted as owed
      from office.recovery_plan p join ledger.fund f on f.name = of_fund
      join ledger.control_balance b on b.fund = f.fund and b.account = p.recovery
      where p.fund = of_fund and p.from_month <= the_month order by p.account, p.number desc
    )
    select l.number, a.recovery, a.from_month::bigint, coalesce(d.on_day - date '0001-01-01' + 1, 0)::bigint,
      (h.what is not null and h.what = 'suspension')::int::bigint, coalesce(r.pension, a.pension), a.pension,
      a.account_pension, coalesce(p.monthly, 0), coalesce(p.owed, 0),
      coalesce(least(l.changed, o.since), 0)::bigint
    from last l join office.benefit_record a on a.fund = of_fund and a.serial = l.award
      left join office.benefit_record r on r.fund = of_fund and r.serial = l.raised
      left join office.benefit_record d on d.fund = of_fund and d.serial = l.death
      left join office.benefit_record h on h.fund = of_fund and h.serial = l.halt
      left join plan p on p.account = l.number left join open_excess o on o.account = l.number;
end $$;

-- What each account of these benefits holds that no hold reserves; accounts that were never moved have no row.
create function office.benefit_balances(of_fund text, of_member text) returns table (account bigint, balance bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare f int := (select x.fund from ledger.fund x where x.name = of_fund);
begin
  if of_member is not null then
    return query select a.number, ledger.balance(f, a.number) - ledger.reserved(f, a.number) from ledger.account a
      where a.fund = f and a.number = ledger.account_number('account:' || of_member);
  else
    return query
      select b.account, (b.balance - coalesce(h.held, 0))::bigint from ledger.balances_at(f, 999912) b
      join (select distinct r.account from office.benefit_record r where r.fund = of_fund) m on m.account = b.account
      left join (select l.account, sum(l.amount) as held from ledger.hold_line l where l.fund = f
                 and not exists (select from ledger.hold_end e where e.fund = f and e.key = l.key)
                 group by l.account) h on h.account = b.account;
  end if;
end $$;

-- What was paid for each month from one month up to another, less what was charged back, out of account and pool.
create function office.settled(of_fund text, after bigint, of_member text, first_month int, last_month int)
returns table (account bigint, month bigint, from_account bigint, from_pool bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare f int := (select x.fund from ledger.fund x where x.name = of_fund);
  of_account bigint := ledger.account_number('account:' || of_member);
  pool bigint := ledger.account_number('pooled_fund'); payable bigint := ledger.account_number('benefits_payable:pension');
  last_run int := (select max(p.month) from office.payroll p where p.fund = of_fund);
begin
  perform ledger.hear_of_leaves();
  return query
    with chosen as materialized (
      select distinct r.account as number, r.recovery from office.benefit_record r
      where r.fund = of_fund and (of_account is null or r.account = of_account) and (after is null or r.serial > after
        or r.account in (select o.account from office.overpaid o where o.fund = of_fund and o.month = last_run))
    ), moved as (
      select t.subject, t.effective_from,
        case when t.credit = payable then t.debit when t.debit in (payable, c.recovery) then t.credit end as source,
        case when t.credit = payable then t.amount else -t.amount end as amount
      from ledger.transfer t join chosen c on c.number = t.subject
      where t.fund = f and t.subject <> 0 and t.period >= first_month and t.effective_from between first_month and last_month
        and (payable in (t.debit, t.credit) or t.debit = c.recovery)
    )
    select m.subject, m.effective_from::bigint, coalesce(sum(m.amount) filter (where m.source > 0), 0)::bigint,
      coalesce(sum(m.amount) filter (where m.source = pool), 0)::bigint
    from moved m where m.source > 0 or m.source = pool group by m.subject, m.effective_from;
end $$;

do $$
declare f text;
begin
  for f in select p.oid::regprocedure::text from pg_proc p
    where p.pronamespace = 'office'::regnamespace and p.proname in ('lock_benefits', 'account_of', 'fen_of', 'paying_decision',
      'record_award', 'record_adjustment', 'needs_award', 'record_event', 'month_facts', 'benefit_balances', 'settled')
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant usage on schema office to wayfare_reader, wayfare_officer, wayfare_poster;
grant select on office.benefit_record, office.payroll, office.overpaid, office.recovery_plan to wayfare_officer, wayfare_poster;
grant insert (fund, month, batch, through) on office.payroll to wayfare_poster;
grant insert on office.overpaid to wayfare_poster;
grant insert (fund, member, number, amount, monthly, from_month, approved_on, document, reason) on office.recovery_plan
  to wayfare_poster;
grant execute on function office.record_award, office.record_adjustment, office.record_event to wayfare_officer;
grant execute on function office.lock_benefits, office.month_facts, office.benefit_balances, office.settled
  to wayfare_poster;
