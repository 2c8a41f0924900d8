-- Two-phase moves between funds, and the roots over all funds.
--
-- A move is prepared by a hold at the sender that says where the money goes, and resolved once: confirmed, released or
-- expired. Each phase is one call. A confirmation writes what open_batch, COPY and seal_batch would have written on both
-- sides, with the content worked out here from the rows, so that a single row pays for no round trips of its own; what is
-- not an ordinary confirmation it leaves to them. Balances of control accounts are changed in the order of their numbers
-- under the locks of both funds, which are taken in the order of their names.

alter table ledger.hold
  add column receiver text,                                 -- null: a hold that prepares no move
  add column decision text,
  add column goes bigint,                                   -- the sender's transit account
  add column comes bigint;                                  -- the receiver's
alter table ledger.hold_line
  add column line int not null default 0,
  add column arrives text,                                  -- the account at the receiver
  add column arrival bigint,                                -- its number
  add column member bigint not null default 0,              -- the member's account the part is about; 0: none
  add column effective_from int,
  add column effective_months smallint;

create function ledger.next_link(link bytea, number int, content bytea) returns bytea
language sql immutable parallel safe return sha256(link || int8send(number) || content);

-- These are stable, as what they call is, so that they are inlined: a function that is not costs as much as a statement.
create function ledger.number_of(name text) returns bigint language sql stable parallel safe
  return case when starts_with(name, 'account:') then 1 else -1 end
    * (('x' || substr(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 1, 16))::bit(64) >> 1)::bigint;

-- A text as JSON writes it, null as null: the same characters that Python's json writes.
create function ledger.json_text(said text) returns text
language sql stable parallel safe return coalesce(to_json(said)::text, 'null');

create function ledger.json_day(day date) returns text
language sql stable parallel safe return coalesce('"' || to_char(day, 'YYYY-MM-DD') || '"', 'null');

-- One row as binary COPY lays it out; a batch is hashed over these bytes.
create function ledger.row_bytes(
  line int, debit bigint, credit bigint, amount bigint, subject bigint, effective_from int, effective_months smallint
) returns bytea language sql immutable parallel safe
return '\x000700000004'::bytea || int4send(line) || '\x00000008'::bytea || int8send(debit) || '\x00000008'::bytea
  || int8send(credit) || '\x00000008'::bytea || int8send(amount) || '\x00000008'::bytea || int8send(subject)
  || '\x00000004'::bytea || int4send(effective_from) || '\x00000002'::bytea || int2send(effective_months);

-- ---------------------------------------------------------------- holds

create or replace function ledger.end_hold(f int, hold_key text, new_state text, by_batch int) returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare h ledger.hold; old_state text;
begin
  select * into h from hold x where x.fund = f and x.key = hold_key;
  if not found then
    raise exception 'no hold %', hold_key using errcode = 'WL008', detail = hold_key;
  end if;
  select state into old_state from hold_end where fund = f and key = hold_key;
  if found then
    raise exception 'hold % was %', hold_key, old_state using errcode = 'WL009', detail = hold_key, hint = old_state;
  end if;
  if h.expires <= (select b.posted_on from batch b where b.fund = f and b.number = by_batch) then
    raise exception 'hold % has expired', hold_key using errcode = 'WL025', detail = hold_key;
  end if;
  insert into hold_end (fund, key, state, batch) values (f, hold_key, new_state, by_batch);
  update control_balance c set reserved = reserved - l.amount
    from hold_line l where l.fund = f and l.key = hold_key and c.fund = f and c.account = l.account;
end $$;

-- False when the same hold was placed before.
create function ledger.write_hold(
  f int, hold_key text, hold_on date, hold_expires date, hold_content bytea, hold_receiver text, hold_decision text
) returns boolean language plpgsql set search_path = ledger, pg_temp as $$
declare known bytea;
begin
  insert into hold (fund, key, placed_on, expires, content, receiver, decision, goes, comes)
    select f, hold_key, hold_on, hold_expires, hold_content, hold_receiver, hold_decision,
      account_number('in_transit_out:' || hold_receiver),
      account_number('in_transit_in:' || (select x.name from fund x where x.fund = f and hold_receiver is not null))
    on conflict do nothing;
  if found then return true; end if;
  select h.content into known from hold h where h.fund = f and h.key = hold_key;
  if known <> hold_content then
    raise exception 'key % was used with other content', hold_key using errcode = 'WL003', detail = hold_key;
  end if;
  return false;
end $$;

-- Says why a hold cannot be placed, when it cannot: an account is not open, or would fall below its floor. Called when the
-- lines of the hold are written, so that what is reserved counts them.
create function ledger.check_hold(f int, hold_key text, names text[], members text[]) returns void
language plpgsql set search_path = ledger, pg_temp as $$
declare who text;
begin
  select n into who from unnest(names || members) as u (n)
    where n is not null and not exists (select from account a where a.fund = f and a.number = account_number(n))
    order by n collate "C" limit 1;
  if found then
    raise exception 'unknown account %', who using errcode = 'WL004', detail = who;
  end if;
  select a.name into who from hold_line l join account a on a.fund = f and a.number = l.account
    left join control_balance c on c.fund = f and c.account = l.account
    where l.fund = f and l.key = hold_key
      and balance(f, a.number) - reserved(f, a.number) < case when a.number < 0 then c.floor else a.floor end
    order by a.name collate "C" limit 1;
  if found then
    raise exception '% would be overdrawn', who using errcode = 'WL005', detail = who;
  end if;
end $$;

create or replace function ledger.place_hold(
  fund_name text, hold_key text, hold_on date, hold_expires date, hold_content bytea, account_names text[], amounts bigint[]
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name);
begin
  if not write_hold(f.fund, hold_key, hold_on, hold_expires, hold_content, null, null) then return false; end if;
  insert into hold_line (fund, key, account, amount)
    select f.fund, hold_key, a.number, u.x from unnest(account_names, amounts) as u (n, x)
    join account a on a.fund = f.fund and a.number = account_number(u.n);
  perform check_hold(f.fund, hold_key, account_names, '{}');
  update control_balance c set reserved = reserved + l.amount
    from hold_line l where l.fund = f.fund and l.key = hold_key and c.fund = f.fund and c.account = l.account;
  return true;
end $$;

-- Releases the open holds of a fund that have expired by a day.
create function ledger.expire_holds(fund_name text, on_day date) returns text[]
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name); keys text[];
begin
  keys := array(select h.key from hold h where h.fund = f.fund and h.expires <= on_day
    and not exists (select from hold_end e where e.fund = h.fund and e.key = h.key) order by h.key collate "C");
  perform end_hold(f.fund, k, 'released', null) from unnest(keys) as u (k);
  return keys;
end $$;

-- ---------------------------------------------------------------- moves

-- The parts come in the order of the rows they become. True when this call placed the hold. Control accounts are checked
-- and reserved by one statement; a member's balance is derived, and the fund's lock keeps it still.
create function ledger.prepare_move(
  sender text, receiver text, move_key text, move_on date, move_expires date, move_decision text,
  leaves text[], arrives text[], amounts bigint[], members text[], months int[], counts smallint[]
) returns boolean language plpgsql security definer
set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan as $$
declare f int; said text; reserved int;
begin
  select x.fund, '[' || json_text(sender) || ',' || json_text(move_key) || ',' || json_day(move_on) || ',[' || u.held || '],'
      || json_day(move_expires) || ',[' || json_text(receiver) || ',' || json_text(move_decision) || ',[' || u.parts || ']]]'
    into f, said from fund x cross join lateral (
      select string_agg('[' || json_text(n) || ',' || a || ']', ',' order by n collate "C") as held,
        string_agg('[' || json_text(n) || ',' || json_text(r) || ',' || a || ',' || json_text(m) || ',' || e || ',' || k || ']', ','
          order by i) as parts
      from unnest(leaves, arrives, amounts, members, months, counts) with ordinality as p (n, r, a, m, e, k, i)) u
    where x.name = sender and public.in_view(left(sender, 6)) for no key update of x;
  if not found then
    perform lock_fund(sender);  -- refuses what is out of view; else none of its accounts is open
    perform check_hold(0, move_key, leaves, members);
  end if;
  if not write_hold(f, move_key, move_on, move_expires, sha256(convert_to(said, 'UTF8')), receiver, move_decision) then
    return false;
  end if;
  with lines as (
    insert into hold_line (fund, key, line, account, amount, arrives, arrival, member, effective_from, effective_months)
      select f, move_key, u.i::int - 1, u.account, u.a, u.r, u.arrival, u.member, u.e, u.k
      from (select p.*, number_of(n) as account, number_of(r) as arrival, coalesce(number_of(m), 0) as member
        from unnest(leaves, arrives, amounts, members, months, counts) with ordinality as p (n, r, a, m, e, k, i)) u
      where exists (select from account o where o.fund = f and o.number = u.account)
      returning account, amount
  )
  update control_balance c set reserved = c.reserved + l.amount from lines l
    where c.fund = f and c.account = l.account and (c.floor is null or c.posted - c.reserved - l.amount >= c.floor);
  get diagnostics reserved = row_count;
  if reserved < cardinality(leaves) or cardinality(array_remove(members, null)) > 0 then
    perform check_hold(f, move_key, leaves, members);
  end if;
  return true;
end $$;

-- Carries an ordinary move out: prepared, unresolved, in time, both months open, every account open, the keys of its batches
-- free. Else it answers null and has changed nothing, and the batches are posted one by one, which says what is wrong.
create function ledger.confirm_move(
  sender text, move_key text, move_on date,
  out sent int, out sent_link bytea, out received int, out received_link bytea
) language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  pair record; s ledger.fund; r ledger.fund; b record;
  month int := extract(year from move_on) * 100 + extract(month from move_on);
begin
  select case when l.name = sender then l else h end as s, case when l.name = sender then h else l end as r into pair
    from hold o join fund x on x.fund = o.fund
    join fund l on l.name = least(sender collate "C", o.receiver collate "C")
    join fund h on h.name = greatest(sender collate "C", o.receiver collate "C")
    where x.name = sender and o.key = move_key for update of l, h;
  if not found then return; end if;
  s := pair.s; r := pair.r;
  with said as materialized (
    select o.*, w.*, 'in_transit_out:' || o.receiver as out_name, 'in_transit_in:' || sender as in_name
    from hold o cross join lateral (
      select count(*)::int as parts, sum(l.amount)::bigint as total,
        string_agg(row_bytes(l.line, l.account, o.goes, l.amount, l.member, l.effective_from, l.effective_months), ''::bytea order by l.line) as out_rows,
        string_agg(row_bytes(l.line, o.comes, l.arrival, l.amount, l.member, l.effective_from, l.effective_months), ''::bytea order by l.line) as in_rows,
        array_agg(distinct (select a.name from account a where a.fund = r.fund and a.number = l.member)) filter (where l.member <> 0) as about,
        bool_and(exists (select from account a where a.fund = r.fund and a.number = l.arrival)) as arrivals_open
      from hold_line l where l.fund = o.fund and l.key = o.key) w
    where o.fund = s.fund and o.key = move_key and (o.expires is null or o.expires > move_on)
      and month > s.closed_through and month > r.closed_through
      and public.in_view(left(s.name, 6)) and public.in_view(left(r.name, 6))
      and not exists (select from hold_end e where e.fund = o.fund and e.key = o.key)
      and not exists (select from batch k where k.fund = s.fund and k.key = move_key || ':sent')
      and not exists (select from batch k where k.fund = r.fund and k.key = move_key || ':received')
      and exists (select from control_balance c where c.fund = s.fund and c.account = o.goes and c.floor is null)
      and exists (select from control_balance c where c.fund = r.fund and c.account = o.comes and c.floor is null)
  ), headed as (
    select *, convert_to('[' || json_text(sender) || ',' || json_day(move_on) || ',' || json_text(move_key || ':sent') || ','
        || json_text(decision) || ',' || json_text(move_key) || ',null,[[' || json_text(out_name) || ',null]]]', 'UTF8') as out_head,
      convert_to('[' || json_text(receiver) || ',' || json_day(move_on) || ',' || json_text(move_key || ':received') || ','
        || json_text(decision) || ',null,null,['
        || coalesce((select string_agg('[' || json_text(n) || ',0],', '' order by n collate "C") from unnest(about) as u (n)), '')
        || '[' || json_text(in_name) || ',null]]]', 'UTF8') as in_head
    from said where arrivals_open and array_position(about, null) is null
  )
  select receiver, decision, goes, comes, parts, total, out_name, in_name,
      coalesce((select array_agg(n order by n collate "C") from unnest(about) as u (n)), '{}') as about,
      sha256(int8send(octet_length(out_head)) || out_head || out_rows) as out_content,
      sha256(int8send(octet_length(in_head)) || in_head || in_rows) as in_content,
      to_regclass('ledger.transfer_' || month / 100) is null as new_year,
      set_config('ledger.fund', s.fund::text, true), set_config('ledger.period', month::text, true),
      set_config('ledger.batch', (s.last_batch + 1)::text, true)
    into b from headed;
  if not found then return; end if;
  sent := s.last_batch + 1; sent_link := next_link(s.head, sent, b.out_content);
  received := r.last_batch + 1; received_link := next_link(r.head, received, b.in_content);
  if b.new_year then perform add_year(month / 100); end if;
  with written as (
    insert into batch (fund, number, key, posted_on, decision, confirms, opens, floors, content) values
      (s.fund, sent, move_key || ':sent', move_on, b.decision, move_key, array[b.out_name], array[null::bigint], b.out_content),
      (r.fund, received, move_key || ':received', move_on, b.decision, null, b.about || b.in_name,
        array_fill(0::bigint, array[cardinality(b.about)]) || null::bigint, b.in_content)
  ) insert into hold_end (fund, key, state, batch) values (s.fund, move_key, 'confirmed', sent);
  insert into transfer_shared (fund, period, batch, line, debit, credit, amount, subject, effective_from, effective_months)
    select u.f, month, u.n, l.line, u.d, u.c, l.amount, l.member, l.effective_from, l.effective_months
    from hold_line l cross join lateral (values
      (s.fund, sent, l.account, b.goes), (r.fund, received, b.comes, l.arrival)) as u (f, n, d, c)
    where l.fund = s.fund and l.key = move_key;
  update control_balance c set posted = c.posted + u.x, reserved = c.reserved - u.y
    from (select v.f, v.a, sum(v.x), sum(v.y) from hold_line l cross join lateral (values
        (s.fund, l.account, -l.amount, l.amount), (s.fund, b.goes, l.amount, 0::bigint),
        (r.fund, l.arrival, l.amount, 0), (r.fund, b.comes, -l.amount, 0)) as v (f, a, x, y)
      where l.fund = s.fund and l.key = move_key group by v.f, v.a) as u (f, a, x, y)
    where c.fund = u.f and c.account = u.a;
  with linked as (
    update fund x set last_batch = x.last_batch + 1, head = case x.fund when s.fund then sent_link else received_link end
      where x.fund in (s.fund, r.fund)
  ) insert into seal (fund, number, lines, amount, link)
    values (s.fund, sent, b.parts, b.total, sent_link), (r.fund, received, b.parts, b.total, received_link);
end $$;

-- ---------------------------------------------------------------- daily roots

-- One hash over all funds a day, chained to the one before, with what it is made of.
create table ledger.daily_root (
  day date primary key,
  root bytea not null unique check (length(root) = 32),
  before bytea not null check (length(before) = 32),
  kept_at timestamptz not null default now()
);
create table ledger.daily_root_fund (
  day date not null references ledger.daily_root,
  fund text not null,
  batches int not null,
  head bytea not null,
  open_holds text[] not null,
  holds bytea not null,
  primary key (day, fund)
);
do $$
declare t text;
begin
  foreach t in array array['daily_root', 'daily_root_fund'] loop
    execute format('create trigger append_only before update or delete or truncate on ledger.%I
      for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;

-- Where every fund stands at this moment, with its open holds; only for who sees them all.
create function ledger.heads() returns table (fund text, batches int, head bytea, keys text[], contents bytea[])
language sql stable security definer set search_path = ledger, pg_temp as $$
  select f.name, f.last_batch, f.head, coalesce(array_agg(h.key order by h.key collate "C") filter (where h.key is not null), '{}'),
    coalesce(array_agg(h.content order by h.key collate "C") filter (where h.key is not null), '{}')
  from fund f left join (select * from hold o where not exists (
      select from hold_end e where e.fund = o.fund and e.key = o.key)) h on h.fund = f.fund
  where current_setting('wayfare.scope', true) = 'nation' and public.has_viewer()
  group by f.fund order by f.name collate "C"
$$;

-- Keeps the root of a day; false when a root of that day or a later one is kept already.
create function ledger.keep_root(
  root_day date, root bytea, root_before bytea, funds text[], batches int[], heads bytea[], holds bytea[], open_holds jsonb
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  if current_setting('wayfare.scope', true) is distinct from 'nation' then
    raise exception 'a root is over all funds' using errcode = 'WL016';
  end if;
  lock table daily_root in exclusive mode;
  if exists (select from daily_root d where d.day >= root_day)
      or root_before is distinct from coalesce((select d.root from daily_root d order by d.day desc limit 1), decode(repeat('00', 32), 'hex')) then
    return false;
  end if;
  insert into daily_root (day, root, before) values (root_day, root, root_before);
  insert into daily_root_fund (day, fund, batches, head, open_holds, holds)
    select root_day, f, n, h, array(select jsonb_array_elements_text(open_holds -> (i::int - 1))), o
    from unnest(funds, batches, heads, holds) with ordinality as u (f, n, h, o, i);
  return true;
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.expire_holds, ledger.prepare_move, ledger.confirm_move, ledger.heads, ledger.keep_root
  to wayfare_poster;
grant select on ledger.daily_root, ledger.daily_root_fund to wayfare_officer, wayfare_poster;
