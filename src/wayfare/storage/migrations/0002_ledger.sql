-- The books: every fen of every fund.
--
-- A row of `transfer` moves a positive amount from one account to another and so balances by construction. Rows come in
-- batches: opened by open_batch (idempotent by key and content), copied, and sealed by seal_batch, which adds the rows up
-- on the server, keeps the running balances, and links the batch to the fund's chain; a commit without the seal is refused.
-- Every key starts with the fund, and the fund's row is the one lock, so that funds never wait for each other.
-- Nothing here is ever updated but the head of a fund and the running balances of its control accounts.
--
-- Refusals have SQLSTATE WLnnn, where WF-LED-nnn is the code that people see.

create schema ledger;

-- The number follows from the name: 63 bits of its hash, positive for a member's account, negative for a control account.
create function ledger.account_number(name text) returns bigint language sql immutable parallel safe
  return case when name like 'account:%' then 1 else -1 end
    * (('x' || substr(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 1, 16))::bit(64) >> 1)::bigint;

create table ledger.fund (
  fund int generated always as identity primary key,
  name text not null unique check (name ~ '^[0-9]{6}:[a-z][a-z_]*$'),
  last_batch int not null default 0,
  head bytea not null default decode(repeat('00', 32), 'hex'),
  closed_through int not null default 0,     -- yyyymm; months up to it refuse batches
  snapshot_at int not null default 0         -- yyyymm of the last year-end snapshot
);

create table ledger.batch (
  fund int not null references ledger.fund,
  number int not null,
  key text not null,
  posted_on date not null,
  period int not null generated always as ((extract(year from posted_on) * 100 + extract(month from posted_on))::int) stored,
  decision text,
  confirms text,                             -- the hold it carries out
  reverses text,                             -- the key of the batch it takes back
  opens text[] not null,
  floors bigint[] not null,
  content bytea not null check (length(content) = 32),
  transaction xid8 not null default pg_current_xact_id(),
  posted_at timestamptz not null default now(),
  primary key (fund, number),
  unique (fund, key)
);
create unique index batch_reversed_once on ledger.batch (fund, reverses) where reverses is not null;

create table ledger.seal (
  fund int not null,
  number int not null,
  lines int not null,
  amount bigint not null,
  link bytea not null check (length(link) = 32),
  primary key (fund, number),
  foreign key (fund, number) references ledger.batch
);

create table ledger.account (
  fund int not null,
  number bigint not null,
  name text not null,
  floor bigint,                              -- lowest balance allowed; null: it may go negative
  opened_by int not null,
  primary key (fund, number),
  foreign key (fund, opened_by) references ledger.batch,
  check (number = ledger.account_number(name))
);
create index on ledger.account (number) where number > 0;  -- one person's accounts over all funds

-- Running balances are kept for control accounts only; a member's is derived from the last snapshot and the rows since.
create table ledger.control_balance (
  fund int not null,
  account bigint not null check (account < 0),
  posted bigint not null default 0,          -- credits less debits
  reserved bigint not null default 0 check (reserved >= 0),
  floor bigint,
  primary key (fund, account),
  foreign key (fund, account) references ledger.account,
  constraint never_below_floor check (posted - reserved >= floor)
) with (fillfactor = 50);

-- Fund, period and batch come from the open batch; nobody has the privilege to write them, so they cannot be forged.
create table ledger.transfer (
  fund int not null default current_setting('ledger.fund', true)::int,
  period int not null default current_setting('ledger.period', true)::int,
  batch int not null default current_setting('ledger.batch', true)::int,
  line int not null,
  debit bigint not null,
  credit bigint not null,
  amount bigint not null check (amount > 0),
  subject bigint not null,                   -- the member's account the row is about; 0: none
  effective_from int not null,               -- yyyymm, the first month the money is for
  effective_months smallint not null check (effective_months > 0),
  check (debit <> credit),
  check (subject = greatest(debit, credit) or (greatest(debit, credit) < 0 and subject >= 0)),
  primary key (fund, batch, line, period)
) partition by range (period);
create index on ledger.transfer (fund, subject) where subject <> 0;

create table ledger.snapshot (
  fund int not null,
  account bigint not null,
  period int not null,
  balance bigint not null,
  primary key (fund, account, period),
  foreign key (fund, account) references ledger.account
);

create table ledger.hold (
  fund int not null references ledger.fund,
  key text not null,
  placed_on date not null,
  expires date,
  content bytea not null check (length(content) = 32),
  placed_at timestamptz not null default now(),
  primary key (fund, key)
);
create table ledger.hold_line (
  fund int not null,
  key text not null,
  account bigint not null,
  amount bigint not null check (amount > 0),
  primary key (fund, key, account),
  foreign key (fund, key) references ledger.hold,
  foreign key (fund, account) references ledger.account
);
create index on ledger.hold_line (fund, account);
-- Its primary key is why a hold resolves once.
create table ledger.hold_end (
  fund int not null,
  key text not null,
  state text not null check (state in ('confirmed', 'released')),
  batch int,
  ended_at timestamptz not null default now(),
  primary key (fund, key),
  foreign key (fund, key) references ledger.hold,
  foreign key (fund, batch) references ledger.batch,
  check ((state = 'confirmed') = (batch is not null))
);

-- Append only, by statement triggers that cost COPY nothing, beside the privileges at the end.
create function ledger.refuse_change() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  raise exception 'the books are append-only' using errcode = 'WL014', detail = tg_op || ' on ' || tg_table_name;
end $$;

create function ledger.refuse_stray_rows() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform from batch b
    where b.fund = current_setting('ledger.fund')::int and b.number = current_setting('ledger.batch')::int
      and b.period = current_setting('ledger.period')::int and b.transaction = pg_current_xact_id()
      and not exists (select from seal s where s.fund = b.fund and s.number = b.number);
  if not found then
    raise exception 'rows are written into an open batch of the same transaction' using errcode = 'WL013';
  end if;
  return null;
end $$;

create function ledger.refuse_unsealed() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform from seal s where s.fund = new.fund and s.number = new.number;
  if not found then
    raise exception 'batch % was not sealed', new.key using errcode = 'WL013';
  end if;
  return null;
end $$;
create constraint trigger sealed_at_commit after insert on ledger.batch
  deferrable initially deferred for each row execute function ledger.refuse_unsealed();

do $$
declare t text;
begin
  foreach t in array array['batch', 'seal', 'account', 'transfer', 'snapshot', 'hold', 'hold_line', 'hold_end'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;
create trigger only_in_open_batch after insert on ledger.transfer
  for each statement execute function ledger.refuse_stray_rows();

-- A partition for the months from the first up to, not with, the last (yyyymm).
create function ledger.add_partition(leaf text, first int, last int) returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
  execute format('create table %I (like transfer including defaults including constraints)', leaf);
  execute format('create trigger append_only before update or delete or truncate on %I
    for each statement execute function refuse_change()', leaf);
  execute format('create trigger only_in_open_batch after insert on %I
    for each statement execute function refuse_stray_rows()', leaf);
  execute format('alter table transfer attach partition %I for values from (%s) to (%s)', leaf, first, last);
end $$;

-- A year gets one partition when its first batch comes, unless months were laid out for it before (add_months), which
-- a year with large runs should have: a run that starts with empty indexes appends to them. Small years stay few.
create function ledger.add_year(year int) returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if to_regclass('transfer_' || year) is not null or to_regclass(format('transfer_%s01', year)) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('ledger.add_year'), year);
  if to_regclass('transfer_' || year) is not null or to_regclass(format('transfer_%s01', year)) is not null then return; end if;
  perform add_partition('transfer_' || year, year * 100, year * 100 + 100);
end $$;

create function ledger.add_months(year int) returns void language plpgsql set search_path = ledger, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('ledger.add_year'), year);
  for month in 1..12 loop
    perform add_partition(format('transfer_%s%s', year, lpad(month::text, 2, '0')), year * 100 + month, year * 100 + month + 1);
  end loop;
end $$;

-- The fund's row, locked until the end of the transaction; made when it is new. Every way of writing begins here.
create function ledger.lock_fund(fund_name text) returns ledger.fund language plpgsql set search_path = ledger, pg_temp as $$
declare f ledger.fund;
begin
  if not public.in_view(left(fund_name, 6)) then
    raise exception 'fund % is not in view', fund_name using errcode = 'WL016';
  end if;
  select * into f from fund where name = fund_name for update;
  if not found then
    insert into fund (name) values (fund_name) on conflict do nothing;
    select * into f from fund where name = fund_name for update;
  end if;
  return f;
end $$;

create function ledger.open_accounts(f int, batch int, names text[], floors bigint[]) returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare numbers bigint[]; other text;
begin
  if cardinality(names) = 0 then return; end if;
  numbers := array(select account_number(n) from unnest(names) with ordinality as u (n, i) order by i);
  insert into account (fund, number, name, floor, opened_by)
    select f, a, n, l, batch from unnest(numbers, names, floors) as u (a, n, l) order by a
    on conflict do nothing;
  select n into other from unnest(numbers, names, floors) as u (a, n, l)
    join account x on x.fund = f and x.number = u.a
    where (x.name, x.floor) is distinct from (n, l) order by n limit 1;
  if found then
    raise exception 'account % is open on other terms', other using errcode = 'WL007', detail = other;
  end if;
  insert into control_balance (fund, account, floor)
    select f, a, l from unnest(numbers, floors) as u (a, l) where a < 0 on conflict do nothing;
end $$;

create function ledger.end_hold(f int, hold_key text, new_state text, by_batch int) returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare old_state text;
begin
  perform from hold where fund = f and key = hold_key;
  if not found then
    raise exception 'no hold %', hold_key using errcode = 'WL008', detail = hold_key;
  end if;
  select state into old_state from hold_end where fund = f and key = hold_key;
  if found then
    raise exception 'hold % was %', hold_key, old_state using errcode = 'WL009', detail = hold_key, hint = old_state;
  end if;
  insert into hold_end (fund, key, state, batch) values (f, hold_key, new_state, by_batch);
  update control_balance c set reserved = reserved - l.amount
    from hold_line l where l.fund = f and l.key = hold_key and c.fund = f and c.account = l.account;
end $$;

-- Opens a batch, or says where the same batch stands already. Rows follow by COPY, then seal_batch, in one transaction.
create function ledger.open_batch(
  fund_name text, batch_key text, batch_on date, batch_content bytea, batch_decision text, batch_confirms text,
  batch_reverses text, account_names text[], account_floors bigint[],
  out fund int, out number int, out link bytea, out fresh boolean
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
    link := (select s.link from seal s where s.fund = f.fund and s.number = known.number);
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
  perform add_year(month / 100);
  insert into batch (fund, number, key, posted_on, decision, confirms, reverses, opens, floors, content)
    values (f.fund, number, batch_key, batch_on, batch_decision, batch_confirms, batch_reverses,
            account_names, account_floors, batch_content);
  update fund x set last_batch = f.last_batch + 1 where x.fund = f.fund;
  if batch_confirms is not null then
    perform end_hold(f.fund, batch_confirms, 'confirmed', number);
  end if;
  perform open_accounts(f.fund, number, account_names, account_floors);
  perform set_config('ledger.fund', f.fund::text, true), set_config('ledger.period', month::text, true),
          set_config('ledger.batch', number::text, true);
end $$;

create function ledger.reserved(f int, a bigint) returns bigint language sql stable set search_path = ledger, pg_temp as $$
  select coalesce(sum(l.amount), 0)::bigint from hold_line l
    where l.fund = f and l.account = a
      and not exists (select from hold_end e where e.fund = f and e.key = l.key)
$$;

create function ledger.balance(f int, a bigint) returns bigint language sql stable set search_path = ledger, pg_temp as $$
  select case when a < 0 then (select posted from control_balance c where c.fund = f and c.account = a)
    else coalesce((select s.balance from snapshot s
                   where s.fund = f and s.account = a order by s.period desc limit 1), 0)
       + coalesce((select sum(case when t.credit = a then t.amount when t.debit = a then -t.amount else 0 end)
                   from transfer t where t.fund = f and t.subject = a and t.subject <> 0
                     and t.period > (select x.snapshot_at from fund x where x.fund = f)), 0)::bigint end
$$;

-- Refuses what the rows of the batch must not do; the changes of the control accounts come from the one aggregate.
create function ledger.check_batch(b ledger.batch, accounts bigint[], changes bigint[], takes boolean) returns void
language plpgsql set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare wrong bigint; who text;
begin
  -- Asked account by account: without statistics a join of the two would be planned as a product of them.
  select min(u.a) into wrong from unnest(accounts) as u (a)
    where (select true from control_balance c where c.fund = b.fund and c.account = u.a) is null;
  if wrong is null then
    select min(t.subject) into wrong from transfer t
      where t.fund = b.fund and t.period = b.period and t.batch = b.number and t.subject <> 0
        and not exists (select from account a where a.fund = b.fund and a.number = t.subject);
  end if;
  if wrong is not null then
    raise exception 'unknown account %', wrong using errcode = 'WL004', detail = wrong::text;
  end if;
  if b.reverses is not null and not is_mirror(b) then
    raise exception '% does not mirror %', b.key, b.reverses using errcode = 'WL011', detail = b.reverses;
  end if;
  if b.confirms is not null then
    select a.name into who from hold_line l join account a on a.fund = l.fund and a.number = l.account
      where l.fund = b.fund and l.key = b.confirms and l.amount is distinct from (
        select sum(t.amount) from transfer t
          where t.fund = b.fund and t.period = b.period and t.batch = b.number and t.debit = l.account)
      order by a.name limit 1;
    if found then
      raise exception 'hold % is not met on %', b.confirms, who using errcode = 'WL010', detail = who;
    end if;
  end if;
  select min(u.a) into wrong from unnest(accounts, changes) as u (a, d) where u.d < 0
    and (select c.posted + u.d - c.reserved < c.floor from control_balance c where c.fund = b.fund and c.account = u.a);
  select a.name into who from account a where a.fund = b.fund and a.number = wrong;
  if who is null and takes then
    select a.name into who from (select distinct t.debit from transfer t
        where t.fund = b.fund and t.period = b.period and t.batch = b.number and t.debit > 0) m
      join account a on a.fund = b.fund and a.number = m.debit
      where balance(b.fund, m.debit) - reserved(b.fund, m.debit) < a.floor order by m.debit limit 1;
  end if;
  if who is not null then
    raise exception '% would be overdrawn', who using errcode = 'WL005', detail = who;
  end if;
end $$;

create function ledger.is_mirror(b ledger.batch) returns boolean language sql stable set search_path = ledger, pg_temp as $$
  with original as (
    select t.credit as debit, t.debit as credit, t.amount, t.subject, t.effective_from, t.effective_months
    from batch o join transfer t on t.fund = o.fund and t.period = o.period and t.batch = o.number
    where o.fund = b.fund and o.key = b.reverses
  ), back as (
    select debit, credit, amount, subject, effective_from, effective_months from transfer
    where fund = b.fund and period = b.period and batch = b.number
  )
  select not exists ((select * from original except all select * from back)
    union all (select * from back except all select * from original))
$$;

-- Adds the rows up once, checks them, moves the running balances and links the batch to the fund's chain.
create function ledger.seal_batch(fund_number int, batch_number int, said_lines bigint, said_amount bigint) returns bytea
language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare b ledger.batch; n bigint; total bigint; accounts bigint[]; changes bigint[]; takes boolean; new_link bytea;
begin
  select * into b from batch x where x.fund = fund_number and x.number = batch_number;
  if b.transaction is distinct from pg_current_xact_id() then
    raise exception 'batch % is not open here', batch_number using errcode = 'WL013';
  end if;
  -- A fresh batch has no statistics, so the planner takes it for a single row; a large one wants hashing.
  if said_lines > 50000 then
    perform set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true);
  end if;
  with cell as materialized (
    select least(debit, 0) as d, least(credit, 0) as c, sum(amount)::bigint as a, count(*) as k from transfer
    where fund = b.fund and period = b.period and batch = b.number group by 1, 2
  ), delta as (
    select account, sum(x)::bigint as x from (select d, -a from cell union all select c, a from cell) as u (account, x)
    where account < 0 group by account
  )
  select coalesce(sum(k), 0), coalesce(sum(a), 0), coalesce(bool_or(d = 0), false),
    (select coalesce(array_agg(account order by account), '{}') from delta),
    (select coalesce(array_agg(x order by account), '{}') from delta)
  into n, total, takes, accounts, changes from cell;
  if (n, total) is distinct from (said_lines, said_amount) then
    raise exception 'batch % has % rows of %, not % of %', b.key, n, total, said_lines, said_amount using errcode = 'WL013';
  end if;
  perform check_batch(b, accounts, changes, takes);
  if cardinality(accounts) > 100 then
    perform set_config('enable_nestloop', 'off', true);
  end if;
  update control_balance c set posted = posted + u.d
    from unnest(accounts, changes) as u (a, d) where c.fund = b.fund and c.account = u.a;
  perform set_config('enable_nestloop', 'on', true), set_config('enable_sort', 'on', true);
  update fund f set head = sha256(f.head || int8send(b.number) || b.content) where f.fund = b.fund
    returning f.head into new_link;
  insert into seal (fund, number, lines, amount, link) values (b.fund, b.number, n, total, new_link);
  return new_link;
end $$;

create function ledger.place_hold(
  fund_name text, hold_key text, hold_on date, hold_expires date, hold_content bytea, account_names text[], amounts bigint[]
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund; known bytea; who text;
begin
  f := lock_fund(fund_name);
  select content into known from hold h where h.fund = f.fund and h.key = hold_key;
  if found then
    if known <> hold_content then
      raise exception 'key % was used with other content', hold_key using errcode = 'WL003', detail = hold_key;
    end if;
    return false;
  end if;
  select n into who from unnest(account_names) as u (n)
    where not exists (select from account a where a.fund = f.fund and a.number = account_number(n)) order by n limit 1;
  if found then
    raise exception 'unknown account %', who using errcode = 'WL004', detail = who;
  end if;
  select n into who from unnest(account_names, amounts) as u (n, x)
    join account a on a.fund = f.fund and a.number = account_number(n)
    where balance(f.fund, a.number) - reserved(f.fund, a.number) - x < a.floor order by n limit 1;
  if found then
    raise exception '% would be overdrawn', who using errcode = 'WL005', detail = who;
  end if;
  insert into hold (fund, key, placed_on, expires, content) values (f.fund, hold_key, hold_on, hold_expires, hold_content);
  insert into hold_line (fund, key, account, amount)
    select f.fund, hold_key, account_number(n), x from unnest(account_names, amounts) as u (n, x);
  update control_balance c set reserved = reserved + l.amount
    from hold_line l where l.fund = f.fund and l.key = hold_key and c.fund = f.fund and c.account = l.account;
  return true;
end $$;

create function ledger.release_hold(fund_name text, hold_key text) returns boolean
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name);
begin
  perform from hold_end e where e.fund = f.fund and e.key = hold_key and e.state = 'released';
  if found then return false; end if;
  perform end_hold(f.fund, hold_key, 'released', null);
  return true;
end $$;

-- What every account of a fund held at the end of a month: the last snapshot before it and the rows since.
create function ledger.balances_at(f int, through int) returns table (account bigint, balance bigint)
language sql stable set search_path = ledger, pg_temp as $$
  with start as (select coalesce(max(period), 0) as at from snapshot where fund = f and period <= through)
  select account, sum(x)::bigint from (
    select s.account, s.balance from snapshot s, start where s.fund = f and s.period = start.at
    union all select t.debit, -t.amount from transfer t, start where t.fund = f and t.period > start.at and t.period <= through
    union all select t.credit, t.amount from transfer t, start where t.fund = f and t.period > start.at and t.period <= through
  ) as u (account, x) group by account
$$;

-- Lets nobody write to a fund until the transaction ends, so that its book can be read as of one moment.
create function ledger.keep_still(fund_name text) returns void
language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  perform from fund f where f.name = fund_name and public.in_view(left(f.name, 6)) for update;
end $$;

-- Closes a fund's months up to `through`; the last December among them leaves a snapshot of every account.
create function ledger.close_period(fund_name text, through int) returns boolean
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name); december int;
begin
  if through <= f.closed_through then return false; end if;
  december := case when through % 100 = 12 then through else (through / 100 - 1) * 100 + 12 end;
  if december > f.snapshot_at then
    insert into snapshot (fund, account, period, balance)
      select f.fund, account, december, balance from balances_at(f.fund, december) order by account;
  else
    december := f.snapshot_at;
  end if;
  update fund x set closed_through = through, snapshot_at = december where x.fund = f.fund;
  return true;
end $$;

-- The rows carry no row-level security, which COPY could not pass; viewers see them through these, within their places.
create view ledger.book_line with (security_barrier) as
  select t.batch, b.key, b.posted_on, b.decision, t.line, d.name as debit, c.name as credit, t.amount, t.effective_from,
    t.effective_months, s.name as member, f.name as fund, t.subject, t.fund as fund_number, t.period
  from ledger.transfer t
  join ledger.fund f on f.fund = t.fund
  join ledger.batch b on b.fund = t.fund and b.number = t.batch
  join ledger.account d on d.fund = t.fund and d.number = t.debit
  join ledger.account c on c.fund = t.fund and c.number = t.credit
  left join ledger.account s on s.fund = t.fund and s.number = t.subject
  where public.in_view(left(f.name, 6));

create view ledger.book with (security_barrier) as
  select f.name as fund, f.fund as fund_number, f.head, f.closed_through, f.last_batch as batches
  from ledger.fund f where public.in_view(left(f.name, 6));

create function ledger.read_trial_balance(fund_name text, through int) returns table (account text, balance bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select a.name, coalesce(b.balance, 0) from book f join account a on a.fund = f.fund_number
    left join balances_at(f.fund_number, through) b on b.account = a.number
    where f.fund = fund_name order by a.number
$$;

-- One person's account in every fund within view, with a record that someone looked.
create function ledger.read_account(member text) returns setof ledger.book_line
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare wanted bigint := account_number('account:' || member);
begin
  return query select l.* from book_line l
    where l.subject = wanted and l.subject <> 0
      and l.fund_number in (select a.fund from account a where a.number = wanted and a.number > 0)
    order by l.effective_from, l.posted_on, l.fund, l.batch, l.line;
  perform public.record_look(member, 'account', found);
end $$;

revoke all on all functions in schema ledger from public;
grant usage on schema ledger to wayfare_reader, wayfare_officer, wayfare_poster;
grant select on ledger.book_line, ledger.book to wayfare_officer, wayfare_poster;
grant execute on function ledger.read_account, ledger.account_number to wayfare_reader, wayfare_officer, wayfare_poster;
grant execute on function ledger.read_trial_balance to wayfare_officer, wayfare_poster;
grant select on ledger.fund, ledger.batch, ledger.seal, ledger.account, ledger.control_balance, ledger.transfer,
  ledger.snapshot, ledger.hold, ledger.hold_line, ledger.hold_end to wayfare_poster;
grant insert (line, debit, credit, amount, subject, effective_from, effective_months) on ledger.transfer to wayfare_poster;
grant execute on function
  ledger.open_batch, ledger.seal_batch, ledger.place_hold, ledger.release_hold, ledger.close_period, ledger.keep_still,
  ledger.balance, ledger.reserved, ledger.balances_at
to wayfare_poster;
