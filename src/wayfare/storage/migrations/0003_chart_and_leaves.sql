-- The chart of accounts, floors, leaves of large runs, and the business key.
--
-- Rows lie in two places under one parent, told apart by `own`: most batches share the partitions of their year or month;
-- a large run has a table of its own, filled without indexes, indexed by sorting when it is sealed, and attached. Its
-- tables are found by fund first, so that a look-up for a member opens the leaves of that fund alone.
--
-- A charge is a contribution due for a member: debit a contribution clearing account, credit the pool or the member. It is
-- made once for each fund, member, month and kind (payer x pool or account). The rows themselves are the key: `charge`
-- holds one line for a batch and kind, which tells whether any earlier batch must be asked at all.

-- ---------------------------------------------------------------- rows: shared partitions and own leaves

alter table ledger.transfer rename to transfer_shared;
alter table ledger.transfer_shared add column own smallint not null default 0 constraint is_shared check (own = 0);

create table ledger.transfer (like ledger.transfer_shared including defaults including constraints) partition by list (own);
alter table ledger.transfer drop constraint is_shared;
alter table ledger.transfer attach partition ledger.transfer_shared for values in (0);
alter table ledger.transfer_shared drop constraint is_shared;  -- its place under the parent says it
create table ledger.transfer_own (like ledger.transfer including defaults including constraints) partition by list (fund);
alter table ledger.transfer attach partition ledger.transfer_own for values in (1);

do $$
declare t text;
begin
  foreach t in array array['transfer', 'transfer_own'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
    execute format('create trigger only_in_open_batch after insert on ledger.%I
      for each statement execute function ledger.refuse_stray_rows()', t);
  end loop;
end $$;
revoke all on ledger.transfer_shared from wayfare_poster;
revoke insert (line, debit, credit, amount, subject, effective_from, effective_months) on ledger.transfer_shared from wayfare_poster;
grant select on ledger.transfer to wayfare_poster;
grant insert (line, debit, credit, amount, subject, effective_from, effective_months) on ledger.transfer to wayfare_poster;

alter table ledger.batch add column own_leaf boolean not null default false;
-- How many rows this transaction had written when the batch was opened, by the server's own count, which nobody can set.
alter table ledger.batch add column written_before bigint not null default 0;
-- The moment it was opened, not the begin of the transaction: rows come by a later message of the client than their batch.
alter table ledger.batch alter posted_at set default clock_timestamp();

-- A batch that is written whole by one function of this schema is sealed as it is written: its totals and its link stand in
-- its own row. Any other has a row of `seal`. Both are `sealed`.
alter table ledger.batch add column lines int, add column amount bigint, add column link bytea;
create view ledger.sealed as
  select s.fund, s.number, s.lines, s.amount, s.link from ledger.seal s
  union all
  select b.fund, b.number, b.lines, b.amount, b.link from ledger.batch b where b.link is not null;
grant select on ledger.sealed to wayfare_poster;
drop trigger sealed_at_commit on ledger.batch;
create constraint trigger sealed_at_commit after insert on ledger.batch
  deferrable initially deferred for each row when (new.link is null) execute function ledger.refuse_unsealed();

create function ledger.rows_written() returns bigint language sql volatile as $$
  select coalesce(sum(pg_stat_get_xact_tuples_inserted(inhrelid)), 0)::bigint from pg_inherits
    where inhparent = 'ledger.transfer_shared'::regclass
$$;

-- Asked of the catalogue by a query of its own, which sees what committed while this transaction waited for a lock; a name
-- looked up by the cache of names may be answered as of before.
create function ledger.is_table(name text) returns boolean language sql volatile as $$
  select exists (select from pg_class where relnamespace = 'ledger'::regnamespace and relname = name)
$$;

create or replace function ledger.add_year(year int) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if is_table('transfer_' || year) or is_table(format('transfer_%s01', year)) then return; end if;
  perform pg_advisory_xact_lock(hashtext('ledger.add_year'), year);
  if is_table('transfer_' || year) or is_table(format('transfer_%s01', year)) then return; end if;
  perform add_partition('transfer_' || year, year * 100, year * 100 + 100);
end $$;

-- Months that are laid out take rows directly, past the choice of a partition for every row.
create function ledger.take_rows(leaf text, month int) returns void language plpgsql set search_path = ledger, pg_temp as $$
begin
  execute format('alter table %I alter period set default %s', leaf, month);
  execute format('grant insert (line, debit, credit, amount, subject, effective_from, effective_months) on %I to wayfare_poster', leaf);
end $$;

create or replace function ledger.add_months(year int) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare leaf text;
begin
  perform pg_advisory_xact_lock(hashtext('ledger.add_year'), year);
  for month in year * 100 + 1..year * 100 + 12 loop
    leaf := 'transfer_' || month;
    perform add_partition(leaf, month, month + 1);
    perform take_rows(leaf, month);
  end loop;
end $$;

create or replace function ledger.add_partition(leaf text, first int, last int) returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
  execute format('create table %I (like transfer_shared including defaults including constraints)', leaf);
  execute format('create trigger append_only before update or delete or truncate on %I
    for each statement execute function refuse_change()', leaf);
  execute format('create trigger only_in_open_batch after insert on %I
    for each statement execute function refuse_stray_rows()', leaf);
  execute format('alter table transfer_shared attach partition %I for values from (%s) to (%s)', leaf, first, last);
end $$;

select ledger.take_rows(c.relname, right(c.relname, 6)::int)
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'ledger.transfer_shared'::regclass and c.relname ~ '^transfer_[0-9]{6}$';

-- A statement that opened the batch while it wrote could have put its first rows anywhere, before the count of rows began.
create or replace function ledger.refuse_stray_rows() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform from batch b
    where b.fund = current_setting('ledger.fund')::int and b.number = current_setting('ledger.batch')::int
      and b.period = current_setting('ledger.period')::int and b.transaction = pg_current_xact_id() and not b.own_leaf
      and b.posted_at <= statement_timestamp()
      and not exists (select from sealed s where s.fund = b.fund and s.number = b.number);
  if not found then
    raise exception 'rows are written into an open batch of the same transaction' using errcode = 'WL013';
  end if;
  return null;
end $$;

-- The same for an own leaf, whose fund and batch are the arguments of the trigger.
create function ledger.refuse_late_rows() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform from batch b
    where b.fund = tg_argv[0]::int and b.number = tg_argv[1]::int and b.transaction = pg_current_xact_id()
      and not exists (select from sealed s where s.fund = b.fund and s.number = b.number);
  if not found then
    raise exception 'rows are written into an open batch of the same transaction' using errcode = 'WL013';
  end if;
  return null;
end $$;

create function ledger.leaf_of(b ledger.batch) returns text language sql immutable as $$
  select format('transfer_own_%s_%s', b.fund, b.number)
$$;

-- A table for the rows of one batch: only its values pass, and nobody but this transaction sees it yet.
create function ledger.make_leaf(b ledger.batch) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare leaf text := leaf_of(b);
begin
  execute format('create table %I (like transfer including defaults including constraints,
    constraint of_this_batch check (own = 1 and fund = %s and period = %s and batch = %s))', leaf, b.fund, b.period, b.number);
  execute format('alter table %I alter own set default 1, alter fund set default %s, alter period set default %s,
    alter batch set default %s', leaf, b.fund, b.period, b.number);
  execute format('create trigger append_only before update or delete or truncate on %I
    for each statement execute function refuse_change()', leaf);
  execute format('create trigger only_in_open_batch after insert on %I
    for each statement execute function refuse_late_rows(%s, %s)', leaf, b.fund, b.number);
  execute format('grant insert (line, debit, credit, amount, subject, effective_from, effective_months) on %I to wayfare_poster', leaf);
end $$;

create function ledger.index_leaf(b ledger.batch) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare leaf text := leaf_of(b);
begin
  execute format('revoke all on %I from wayfare_poster', leaf);
  execute format('revoke insert (line, debit, credit, amount, subject, effective_from, effective_months) on %I from wayfare_poster', leaf);
  execute format('alter table %I add primary key (batch, line)', leaf);
  execute format('create index on %I (subject) where subject <> 0', leaf);
  -- All that a balance asks of its rows lies in this index, so twelve months are added up without opening their tables.
  execute format('create index on %I (subject) include (credit, amount, period, fund)
    where credit = subject or debit = subject', leaf);
end $$;

-- Leaves hang under their fund, so that funds do not wait for each other; the check of the leaf spares a scan.
create function ledger.attach_leaf(b ledger.batch) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare parent text := format('transfer_own_%s', b.fund);
begin
  if not is_table(parent) then
    execute format('create table %I (like transfer including defaults including constraints)
      partition by range (period, batch)', parent);
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', parent);
    execute format('alter table transfer_own attach partition %I for values in (%s)', parent, b.fund);
  end if;
  execute format('alter table %I attach partition %I for values from (%s, %s) to (%s, %s)',
    parent, leaf_of(b), b.period, b.number, b.period, b.number + 1);
end $$;

-- A connection hears of leaves that others attached when it takes a lock that it does not hold yet. In a transaction that has
-- read rows before, to ask for the size of what nothing else ever opens takes such a lock, and gives it back at once. Every
-- function that reads rows does so first: its plan is kept, and a large run that was attached meanwhile would be missing from
-- the rows while the running balances count it.
create type ledger.never_opened as ();
create function ledger.hear_of_leaves() returns void language plpgsql stable set search_path = ledger, pg_temp as $$
begin
  perform pg_relation_size('never_opened'::regclass);
end $$;

-- The shared partition of a month: its own where months are laid out, else that of the year.
create function ledger.shared_leaf(month int) returns text language sql volatile set search_path = ledger, pg_temp as $$
  select 'transfer_' || case when is_table('transfer_' || month) then month else month / 100 end
$$;

-- Where the rows of a batch lie, as something to select from.
create function ledger.rows_of(b ledger.batch) returns text language sql immutable as $$
  select case when b.own_leaf then 'ledger.' || ledger.leaf_of(b)
    else format('(select * from ledger.transfer_shared where fund = %s and period = %s and batch = %s)', b.fund, b.period, b.number)
  end
$$;

-- Whether a large batch is much of the table that it lies in. Then that table is best read from end to end, by several
-- processes, which the planner does where it can neither use an index nor take the batch for a single row.
create function ledger.fills_its_table(b ledger.batch, lines bigint) returns boolean
language sql volatile set search_path = ledger, pg_temp as $$
  select b.own_leaf or (lines > 50000 and pg_relation_size(shared_leaf(b.period)::regclass) < lines * 300)  -- 85 bytes a row
$$;
create function ledger.rows_in_a_sweep(b ledger.batch) returns text language sql volatile set search_path = ledger, pg_temp as $$
  select case when b.own_leaf then rows_of(b)
    else format('(select * from ledger.%I where case when fund = %s and batch = %s and period = %s then true else false end)',
      shared_leaf(b.period), b.fund, b.number, b.period) end
$$;

-- ---------------------------------------------------------------- floors, changed by approval

-- An approval is a batch like any other, so it has its key, its day and its link in the fund's chain.
create table ledger.floor_approval (
  fund int not null,
  batch int not null,
  account bigint not null check (account < 0),
  floor bigint,                              -- null: it may go negative without limit
  document text not null,
  approved_by text not null,
  reason text not null,
  primary key (fund, batch),
  foreign key (fund, batch) references ledger.batch,
  foreign key (fund, account) references ledger.account
);
create index on ledger.floor_approval (fund, account);

-- Called between open_batch and seal_batch; refused when the account holds less than its new floor, counting holds.
create function ledger.approve_floor(
  fund_number int, batch_number int, account_name text, new_floor bigint, by_document text, by_whom text, because text
) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare wanted bigint := account_number(account_name); free bigint;
begin
  perform from batch b where b.fund = fund_number and b.number = batch_number and b.transaction = pg_current_xact_id()
    and not exists (select from sealed s where s.fund = b.fund and s.number = b.number);
  if not found then
    raise exception 'batch % is not open here', batch_number using errcode = 'WL013';
  end if;
  perform from account a where a.fund = fund_number and a.number = wanted;
  if not found then
    raise exception 'unknown account %', account_name using errcode = 'WL004', detail = account_name;
  end if;
  select c.posted - c.reserved into free from control_balance c where c.fund = fund_number and c.account = wanted;
  if free is null or free < new_floor then
    raise exception 'the floor of % cannot be %', account_name, new_floor using errcode = 'WL018', detail = account_name;
  end if;
  insert into floor_approval (fund, batch, account, floor, document, approved_by, reason)
    values (fund_number, batch_number, wanted, new_floor, by_document, by_whom, because);
  update control_balance c set floor = new_floor where c.fund = fund_number and c.account = wanted;
end $$;

-- ---------------------------------------------------------------- the business key

-- One line for a batch and a kind of charge in it, with the first and last month of the batch's rows, counted from year 0.
create table ledger.charge (
  fund int not null,
  batch int not null,
  kind smallint not null check (kind between 0 and 5),
  first_month int not null,
  last_month int not null,
  period int not null,
  primary key (fund, kind, first_month, last_month, batch),
  foreign key (fund, batch) references ledger.batch
);

create function ledger.month_index(month int) returns int language sql immutable parallel safe
  return month / 100 * 12 + month % 100 - 1;

-- Who pays into a clearing account: 0 an employer, 1 a person, 2 government; null when it is none. Twice that is a kind of
-- charge to the pool, one more the kind to the member's account.
create function ledger.payer_of(name text) returns int language sql immutable parallel safe
  return case when name = 'contribution_clearing:person' then 1 when name = 'contribution_clearing:government' then 2
    when name like 'contribution\_clearing:employer:_%' then 0 end;

do $$
declare t text;
begin
  foreach t in array array['floor_approval', 'charge'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;
grant select on ledger.floor_approval, ledger.charge to wayfare_poster;

insert into ledger.charge (fund, batch, kind, first_month, last_month, period)
  select b.fund, b.number, k.kind, ledger.month_index(r.first), ledger.month_index(r.last) + r.months - 1, b.period
  from ledger.batch b
  join lateral (select min(effective_from) as first, max(effective_from) as last, max(effective_months) as months
    from ledger.transfer t where t.fund = b.fund and t.period = b.period and t.batch = b.number) r on true
  join lateral (select distinct ledger.payer_of(a.name) * 2 + (t.credit = t.subject)::int as kind
    from ledger.transfer t join ledger.account a on a.fund = t.fund and a.number = t.debit
    where t.fund = b.fund and t.period = b.period and t.batch = b.number and ledger.payer_of(a.name) is not null
      and t.subject <> 0 and (t.credit = t.subject or t.credit = ledger.account_number('pooled_fund'))) k on true
  where b.reverses is null;

-- Reads the rows about members once, in the order of the members: the first whom nobody opened, and whether each kind of
-- charge meets each member at most once. Sorting may take the room that building an index may.
create function ledger.look_through(b ledger.batch, kinds int[], out unknown bigint, out alone boolean)
language plpgsql set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan set work_mem from current as $$
declare once text;
begin
  perform set_config('work_mem', current_setting('maintenance_work_mem'), true);
  select string_agg(format('count(*) filter (where %s) < 2', c), ' and ') into once
  from (select case when k % 2 = 1 then 'credit = subject' else format('credit = %s', account_number('pooled_fund')) end
      || case when exists (select from unnest(kinds) as o where o <> k and o % 2 = k % 2) then
        format(case k / 2 when 0 then ' and debit not in (%1$s, %2$s)' when 1 then ' and debit = %1$s' else ' and debit = %2$s' end,
          account_number('contribution_clearing:person'), account_number('contribution_clearing:government')) else '' end
    from unnest(kinds) as k) as u (c);
  execute format('select min(t.subject) filter (where a.number is null), coalesce(bool_and(t.once), true)
    from (select subject, %s as once from %s as r where subject <> 0 group by subject) as t
    left join account a on a.fund = %s and a.number = t.subject',
    coalesce(once, 'true'), rows_of(b), b.fund) into unknown, alone;
end $$;

-- Notes what a batch charges, and refuses a charge that was made before, in the batch itself or in an earlier one that
-- stands. Most batches are cleared by counting: no member twice in them (`alone`), and no earlier batch of that kind for
-- those months. Only else are rows compared.
create function ledger.charge_members(
  b ledger.batch, kinds int[], payers bigint[], classes int[], alone boolean, first int, last int
) returns void language plpgsql set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare since int; until int; who bigint; at int; pool bigint := account_number('pooled_fund');
begin
  select min(c.period), max(c.period) into since, until from charge c join batch o on o.fund = c.fund and o.number = c.batch
    where c.fund = b.fund and c.kind = any (kinds) and c.first_month <= last and c.last_month >= first
      and not exists (select from batch r where r.fund = o.fund and r.reverses = o.key);
  insert into charge (fund, batch, kind, first_month, last_month, period)
    select b.fund, b.number, k, first, last, b.period from unnest(kinds) as k;
  if alone and since is null then return; end if;
  execute format($q$
    with charged as materialized (
      select t.subject, t.line, p.class * 2 + (t.credit = t.subject)::int as kind, month_index(t.effective_from) as first,
        month_index(t.effective_from) + t.effective_months - 1 as last
      from %1$s as t join unnest($1, $2) as p (debit, class) on p.debit = t.debit
      where t.credit = t.subject or (t.credit = %2$s and t.subject <> 0)
    ), inside as (
      select subject, kind, first, max(last) over (partition by subject, kind order by first, line
        rows between unbounded preceding and 1 preceding) as before from charged
    ), twice as (
      select subject, first as month, kind from inside where first <= before
      union all
      select n.subject, greatest(n.first, month_index(o.effective_from)), n.kind
      from charged n
      join transfer o on o.fund = %3$s and o.period between %4$s and %5$s and o.subject = n.subject and o.batch <> %6$s
        and (o.credit = o.subject or o.credit = %2$s)
        and month_index(o.effective_from) <= n.last and month_index(o.effective_from) + o.effective_months > n.first
      join account a on a.fund = %3$s and a.number = o.debit
      join batch ob on ob.fund = %3$s and ob.number = o.batch and ob.reverses is null
      where payer_of(a.name) * 2 + (o.credit = o.subject)::int = n.kind
        and not exists (select from batch r where r.fund = %3$s and r.reverses = ob.key)
    )
    select subject, month from twice order by subject, month limit 1$q$,
    rows_of(b), pool, b.fund, coalesce(since, 0), coalesce(until, 0), b.number) into who, at using payers, classes;
  if who is not null then
    raise exception 'a second charge' using errcode = 'WL017',
      detail = (select a.name from account a where a.fund = b.fund and a.number = who), hint = (at / 12 * 100 + at % 12 + 1)::text;
  end if;
end $$;

-- ---------------------------------------------------------------- posting

drop function ledger.open_batch(text, text, date, bytea, text, text, text, text[], bigint[]);
-- Opens a batch, or says where the same batch stands already. Rows follow by COPY, then seal_batch, in one transaction.
-- `target` is the table that takes the rows: the common one, or a leaf of its own for a large run.
create function ledger.open_batch(
  fund_name text, batch_key text, batch_on date, batch_content bytea, batch_decision text, batch_confirms text,
  batch_reverses text, account_names text[], account_floors bigint[], in_own_leaf boolean default false,
  out fund int, out number int, out link bytea, out fresh boolean, out target text
) language plpgsql security definer set search_path = ledger, pg_temp as $$
#variable_conflict use_column
declare f ledger.fund; known ledger.batch; month int := extract(year from batch_on) * 100 + extract(month from batch_on);
begin
  f := lock_fund(fund_name);
  fund := f.fund;
  select * into known from batch b where b.fund = f.fund and b.key = batch_key;
  if found then
    if known.content <> batch_content then
      raise exception 'key % was used with other content', batch_key using errcode = 'WL003', detail = batch_key;
    end if;
    number := known.number; fresh := false;
    link := (select s.link from sealed s where s.fund = f.fund and s.number = known.number);
    return;
  end if;
  if month <= f.closed_through then
    raise exception '% is closed through %', fund_name, f.closed_through
      using errcode = 'WL006', detail = f.closed_through::text;
  end if;
  if batch_reverses is not null and not exists (
    select from batch b where b.fund = f.fund and b.key = batch_reverses and b.reverses is null
      and not exists (select from batch r where r.fund = f.fund and r.reverses = b.key)) then
    raise exception '% cannot be reversed', batch_reverses using errcode = 'WL011', detail = batch_reverses;
  end if;
  number := f.last_batch + 1; fresh := true;
  if not in_own_leaf then perform add_year(month / 100); end if;
  insert into batch (fund, number, key, posted_on, decision, confirms, reverses, opens, floors, content, own_leaf, written_before)
    values (f.fund, number, batch_key, batch_on, batch_decision, batch_confirms, batch_reverses,
            account_names, account_floors, batch_content, in_own_leaf, rows_written()) returning * into known;
  update fund x set last_batch = f.last_batch + 1 where x.fund = f.fund;
  if batch_confirms is not null then
    perform end_hold(f.fund, batch_confirms, 'confirmed', number);
  end if;
  perform open_accounts(f.fund, number, account_names, account_floors);
  if in_own_leaf then
    perform make_leaf(known);
    target := 'ledger.' || leaf_of(known);
    return;
  end if;
  target := case when is_table('transfer_' || month) then 'ledger.transfer_' || month else 'ledger.transfer' end;
  perform set_config('ledger.fund', f.fund::text, true), set_config('ledger.period', month::text, true),
          set_config('ledger.batch', number::text, true);
end $$;

-- What a member's rows since a month come to. Every value is known to the planner, which opens no leaf but those it needs.
create function ledger.moved_since(f int, a bigint, since int) returns bigint
language plpgsql stable set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  return coalesce((
    select sum(case when t.credit = t.subject then t.amount else -t.amount end) from transfer t
    where t.fund = f and t.subject = a and t.subject <> 0 and (t.credit = t.subject or t.debit = t.subject)
      and t.period > since), 0);
end $$;

-- Planning over the leaves costs several times what reading them does, so each fund has a function of its own for the same, in
-- which the fund and its last snapshot are literals. A connection plans it once, over that fund's open leaves alone, and again
-- when the fund gets another leaf; a bitmap is planned only for want of statistics. Whoever still sees the book as of an earlier
-- snapshot asks the general one.
create function ledger.lay_out_sum(f int, snapshot_at int) returns void language plpgsql set search_path = ledger, pg_temp as $$
declare name text := format('moved_in_%s(bigint, int)', f);
begin
  execute format($q$
    create or replace function moved_in_%1$s(a bigint, since int) returns bigint
    language plpgsql stable set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan
    set enable_bitmapscan = off as $f$
    begin
      if since <> %2$s then return moved_since(%1$s, a, since); end if;
      return coalesce((
        select sum(case when t.credit = t.subject then t.amount else -t.amount end) from transfer t
        where t.fund = %1$s and t.subject = a and t.subject <> 0 and (t.credit = t.subject or t.debit = t.subject)
          and t.period > %2$s), 0);
    end $f$ $q$, f, snapshot_at);
  execute format('revoke all on function %s from public', name);
  execute format('grant execute on function %s to wayfare_poster', name);
end $$;

create function ledger.follow_snapshot() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform lay_out_sum(new.fund, new.snapshot_at);
  return null;
end $$;
create trigger sum_of_fund after insert on ledger.fund for each row execute function ledger.follow_snapshot();
create trigger sum_of_snapshot after update of snapshot_at on ledger.fund
  for each row when (new.snapshot_at <> old.snapshot_at) execute function ledger.follow_snapshot();
select ledger.lay_out_sum(f.fund, f.snapshot_at) from ledger.fund f;

create or replace function ledger.balance(f int, a bigint) returns bigint
language plpgsql stable set search_path = ledger, pg_temp as $$
declare held bigint; since int; moved bigint;
begin
  if a < 0 then return (select c.posted from control_balance c where c.fund = f and c.account = a); end if;
  perform pg_relation_size('never_opened'::regclass);
  select coalesce(s.balance, 0), x.snapshot_at into held, since from fund x
    left join snapshot s on s.fund = f and s.account = a and s.period = x.snapshot_at where x.fund = f;
  if not found then return null; end if;
  execute format('select moved_in_%s($1, $2)', f) into moved using a, since;
  return held + moved;
end $$;

-- The first member whom the batch takes below the floor of their account, counting what is held; all of them at once, for
-- a payroll takes from many.
create function ledger.overdrawn_member(b ledger.batch) returns text language plpgsql set search_path = ledger, pg_temp as $$
declare who text;
begin
  execute format($q$
    with taken as materialized (select distinct debit as member from %1$s as t where debit > 0),
    line as (
      select t.subject, t.credit, t.amount from taken join transfer t on t.subject = taken.member
        where t.fund = %2$s and t.subject <> 0 and t.period > %3$s and (t.credit > 0 or t.debit > 0)
      union all
      select t.subject, t.credit, t.amount from %4$s as t where t.credit > 0 or t.debit > 0
    ), moved as (
      select subject, sum(case when credit = subject then amount else -amount end) as amount from line group by subject
    ), held as (
      select l.account, sum(l.amount) as amount from hold_line l where l.fund = %2$s
        and not exists (select from hold_end e where e.fund = l.fund and e.key = l.key) group by l.account
    )
    select a.name from taken
      join account a on a.fund = %2$s and a.number = taken.member
      left join snapshot s on s.fund = %2$s and s.account = taken.member and s.period = %3$s
      left join moved on moved.subject = taken.member
      left join held on held.account = taken.member
      where coalesce(s.balance, 0) + coalesce(moved.amount, 0) - coalesce(held.amount, 0) < a.floor
      order by a.number limit 1$q$,
    rows_of(b), b.fund, (select f.snapshot_at from fund f where f.fund = b.fund),
    -- A leaf is not attached yet, and its rows are not among those of the book.
    case when b.own_leaf then rows_of(b) else '(select * from ledger.transfer_shared where false)' end) into who;
  return who;
end $$;

drop function ledger.check_batch(ledger.batch, bigint[], bigint[], boolean);
-- Refuses what the rows of the batch must not do; the changes of the control accounts come from the one aggregate. Tells
-- whether each kind of charge meets each member at most once.
create function ledger.check_batch(
  b ledger.batch, lines bigint, accounts bigint[], changes bigint[], takes boolean, kinds int[], out alone boolean
) language plpgsql set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare wrong bigint; drained bigint; who text; source text := rows_of(b);
begin
  -- Asked account by account: without statistics a join of the two would be planned as a product of them.
  select min(u.a) filter (where u.free is null), min(u.a) filter (where u.free < 0) into wrong, drained from (
    select a, (select case when d < 0 and c.floor is not null then c.posted + d - c.reserved - c.floor else 0 end
      from control_balance c where c.fund = b.fund and c.account = a) as free
    from unnest(accounts, changes) as v (a, d)) as u;
  if wrong is null then
    perform plan_for(lines, case when fills_its_table(b, lines) then 'by index' else 'merging' end);
    select unknown, t.alone into wrong, alone from look_through(b, kinds) as t;
    perform plan_for(lines, 'hashing');
  end if;
  if wrong is not null then
    raise exception 'unknown account %', wrong using errcode = 'WL004', detail = wrong::text;
  end if;
  if b.reverses is not null and not is_mirror(b) then
    raise exception '% does not mirror %', b.key, b.reverses using errcode = 'WL011', detail = b.reverses;
  end if;
  if b.confirms is not null then
    execute format('select a.name from held l join account a on a.fund = l.fund and a.number = l.account
      where l.fund = $1 and l.key = $2
        and l.amount is distinct from (select sum(t.amount) from %s as t where t.debit = l.account)
      order by a.name limit 1', source) into who using b.fund, b.confirms;
    if who is not null then
      raise exception 'hold % is not met on %', b.confirms, who using errcode = 'WL010', detail = who;
    end if;
  end if;
  select a.name into who from account a where a.fund = b.fund and a.number = drained;
  if who is null and takes then who := overdrawn_member(b); end if;
  if who is not null then
    raise exception '% would be overdrawn', who using errcode = 'WL005', detail = who;
  end if;
end $$;

create or replace function ledger.is_mirror(b ledger.batch) returns boolean
language plpgsql stable set search_path = ledger, pg_temp as $$
declare o ledger.batch; same boolean;
begin
  select * into o from batch x where x.fund = b.fund and x.key = b.reverses;
  execute format($q$
    with original as (select credit, debit, amount, subject, effective_from, effective_months from %s as t),
      back as (select debit, credit, amount, subject, effective_from, effective_months from %s as t)
    select not exists ((select * from original except all select * from back)
      union all (select * from back except all select * from original))$q$, rows_of(o), rows_of(b)) into same;
  return same;
end $$;

-- How the planner shall go about rows it knows nothing of: it takes a fresh batch for a single row. Many rows are added up
-- by hashing; looked up they are merged, sorted (they lie in order already) or by the index of members where the batch fills
-- its table.
create function ledger.plan_for(lines bigint, how text) returns void language sql as $$
  select set_config('enable_nestloop', case when lines > 50000 then 'off' else 'on' end, true),
    set_config('enable_sort', case when lines > 50000 and how in ('hashing', 'by index') then 'off' else 'on' end, true),
    set_config('enable_hashjoin', case when lines > 50000 and how in ('merging', 'by index') then 'off' else 'on' end, true),
    set_config('enable_hashagg', case when lines > 50000 and how in ('merging', 'by index') then 'off' else 'on' end, true)
$$;

-- Adds the rows up once, checks them, moves the running balances and links the batch to the fund's chain.
create or replace function ledger.seal_batch(fund_number int, batch_number int, said_lines bigint, said_amount bigint) returns bytea
language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  b ledger.batch; n bigint; total bigint; accounts bigint[]; changes bigint[]; takes boolean; new_link bytea;
  kinds int[]; payers bigint[]; classes int[]; alone boolean; first int; last int;
begin
  select * into b from batch x where x.fund = fund_number and x.number = batch_number;
  if b.transaction is distinct from pg_current_xact_id() then
    raise exception 'batch % is not open here', batch_number using errcode = 'WL013';
  end if;
  perform pg_relation_size('never_opened'::regclass);
  if b.own_leaf then perform index_leaf(b); end if;
  perform plan_for(said_lines, 'hashing');
  execute format($q$
    with cell as materialized (
      select least(debit, 0) as d, least(credit, 0) as c, sum(amount)::bigint as a, count(*) as k, max(subject) as s,
        min(effective_from) as first, max(effective_from) as last, max(effective_months) as months
      from %s as t group by 1, 2
    ), delta as (
      select account, sum(x)::bigint as x from (select d, -a from cell union all select c, a from cell) as u (account, x)
      where account < 0 group by account
    ), payer as materialized (
      select d, to_members, to_pool, (select payer_of(a.name) from account a where a.fund = $1 and a.number = d) as class
      from (select d, bool_or(c = 0) as to_members, bool_or(c = $2) as to_pool from cell
        where s > 0 and d < 0 and (c = 0 or c = $2) group by d) u
    )
    select coalesce(sum(k), 0), coalesce(sum(a), 0), coalesce(bool_or(d = 0), false),
      (select coalesce(array_agg(account order by account), '{}') from delta),
      (select coalesce(array_agg(x order by account), '{}') from delta),
      (select array_agg(distinct class * 2 + kind) from payer, unnest(array[
        case when to_pool then 0 end, case when to_members then 1 end]) as k (kind) where class * 2 + kind is not null),
      (select array_agg(d order by d) from payer where class is not null),
      (select array_agg(class order by d) from payer where class is not null),
      month_index(min(first)), month_index(max(last)) + max(months) - 1
    from cell$q$, case when fills_its_table(b, said_lines) then rows_in_a_sweep(b) else rows_of(b) end)
  into n, total, takes, accounts, changes, kinds, payers, classes, first, last
  using b.fund, account_number('pooled_fund');
  if (n, total) is distinct from (said_lines, said_amount) then
    raise exception 'batch % has % rows of %, not % of %', b.key, n, total, said_lines, said_amount using errcode = 'WL013';
  end if;
  -- A row that was written meanwhile and is not of this batch was put under another one.
  if rows_written() - b.written_before <> (case when b.own_leaf then 0 else n end) then
    raise exception 'rows were written beside batch %', b.key using errcode = 'WL013';
  end if;
  alone := check_batch(b, n, accounts, changes, takes, kinds);
  if kinds is not null and b.reverses is null then
    perform charge_members(b, kinds, payers, classes, alone, first, last);
  end if;
  perform plan_for(case when cardinality(accounts) > 100 then said_lines else 0 end, 'hashing');
  update control_balance c set posted = posted + u.d
    from unnest(accounts, changes) as u (a, d) where c.fund = b.fund and c.account = u.a;
  perform plan_for(0, 'any way');
  if b.own_leaf then perform attach_leaf(b); end if;
  update fund f set head = sha256(f.head || int8send(b.number) || b.content) where f.fund = b.fund
    returning f.head into new_link;
  insert into seal (fund, number, lines, amount, link) values (b.fund, b.number, n, total, new_link);
  return new_link;
end $$;

-- ---------------------------------------------------------------- reading

create or replace view ledger.book_line with (security_barrier) as
  select t.batch, b.key, b.posted_on, b.decision, t.line, d.name as debit, c.name as credit, t.amount, t.effective_from,
    t.effective_months, s.name as member, f.name as fund, t.subject, t.fund as fund_number, t.period,
    b.reverses
  from ledger.transfer t
  join ledger.fund f on f.fund = t.fund
  join ledger.batch b on b.fund = t.fund and b.number = t.batch
  join ledger.account d on d.fund = t.fund and d.number = t.debit
  join ledger.account c on c.fund = t.fund and c.number = t.credit
  left join ledger.account s on s.fund = t.fund and s.number = t.subject
  where public.in_view(left(f.name, 6));

-- One person's account in every fund within view, with a record that someone looked; fund by fund, to open few leaves.
create or replace function ledger.read_account(member text) returns setof ledger.book_line
language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare wanted bigint := account_number('account:' || member); f int; lines ledger.book_line[];
begin
  perform hear_of_leaves();
  for f in select a.fund from account a where a.number = wanted and a.number > 0 loop
    lines := lines || array(select l from book_line l where l.fund_number = f and l.subject = wanted and l.subject <> 0);
  end loop;
  return query select (l).* from unnest(lines) as l
    order by (l).effective_from, (l).posted_on, (l).fund, (l).batch, (l).line;
  perform public.record_look(member, 'account', found);
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function
  ledger.open_batch, ledger.seal_batch, ledger.approve_floor, ledger.balance, ledger.moved_since, ledger.hear_of_leaves
to wayfare_poster;
