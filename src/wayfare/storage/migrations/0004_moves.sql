-- Two-phase moves between funds, and the roots over all funds.
--
-- A move is prepared by a hold at the sender that says where the money goes, and resolved once: confirmed, released or
-- expired. Ordinary moves, one row on each side, are prepared and confirmed many at a time in one call each, with the very
-- batches that open_batch, COPY and seal_batch would have written and the contents worked out here from the rows. What a
-- commit and a call cost is then shared by all who move money at that moment. All else goes one by one. Each row is written
-- by a plain statement with its key: for one move, a statement for sets costs several times as much; and what would be a row
-- of its own but always comes with another is a part of that one.
-- The funds are locked in the order of their names. Plans are kept for the session, so they must not be made for the tables
-- as small as they once were: every look-up goes by an index.

alter table ledger.hold
  add column receiver text,                                 -- null: a hold that prepares no move
  add column decision text,
  -- The one part of an ordinary move; null in any other hold, whose amounts are rows of `hold_line`.
  add column account bigint,                                -- a control account
  add column amount bigint,
  add column arrives text,                                  -- the account at the receiver
  add column effective_from int,
  add column effective_months smallint,
  add constraint amount_of_control check (account < 0 and amount > 0);
alter table ledger.hold_line
  add column line int not null default 0,
  add column arrives text,
  add column member bigint not null default 0,              -- the member's account the part is about; 0: none
  add column effective_from int,
  add column effective_months smallint;

-- What every hold sets aside. A member's account is only ever held by rows of `hold_line`.
create view ledger.held as
  select l.fund, l.key, l.line, l.account, l.amount, l.arrives, l.member, l.effective_from, l.effective_months from ledger.hold_line l
  union all
  select h.fund, h.key, 0, h.account, h.amount, h.arrives, 0, h.effective_from, h.effective_months from ledger.hold h
    where h.account is not null;

-- How holds ended. The batch that confirms an ordinary move says so itself; any other end, so every end of a hold that has
-- rows of `hold_line`, is a row of `hold_end`.
create unique index batch_confirmed_once on ledger.batch (fund, confirms) where confirms is not null and link is not null;
create view ledger.resolved as
  select e.fund, e.key, e.state, e.batch from ledger.hold_end e
  union all
  select b.fund, b.confirms, 'confirmed', b.number from ledger.batch b where b.confirms is not null and b.link is not null;
grant select on ledger.held, ledger.resolved to wayfare_poster;

-- Keys that every writer proves in the same transaction are not proved again by a query of the table each. Only functions
-- of this schema can write these tables, what they refer to is never removed, and verification finds what refers to nothing.
alter table ledger.batch drop constraint batch_fund_fkey;
alter table ledger.seal drop constraint seal_fund_number_fkey;
alter table ledger.hold drop constraint hold_fund_fkey;
alter table ledger.hold_line drop constraint hold_line_fund_key_fkey, drop constraint hold_line_fund_account_fkey;
alter table ledger.hold_end drop constraint hold_end_fund_key_fkey, drop constraint hold_end_fund_batch_fkey;
-- A name is looked at when it is written, not each time that a batch moves the head: an update asks all checks of a row.
alter table ledger.fund drop constraint fund_name_check;
create function ledger.refuse_name() returns trigger language plpgsql set search_path = ledger, pg_temp as $$
begin
  raise exception '% is not the name of a fund', new.name using errcode = 'check_violation';
end $$;
create trigger named_rightly before insert or update of name on ledger.fund
  for each row when (new.name !~ '^[0-9]{6}:[a-z][a-z_]*$') execute function ledger.refuse_name();
-- Few funds lie in one page, for each time that a head moves the page is cleared of old ones, looking at all that is in it.
alter table ledger.fund set (fillfactor = 10);
create trigger never_removed before delete or truncate on ledger.fund for each statement execute function ledger.refuse_change();
-- What posters copy comes by `transfer` or by a month's table, which ask; this table itself only a confirmation writes.
drop trigger only_in_open_batch on ledger.transfer_shared;

create function ledger.next_link(link bytea, number int, content bytea) returns bytea
language sql immutable parallel safe return sha256(link || int8send(number) || content);

-- These are stable, as what they call is, so that they are inlined: a function that is not costs as much as a statement.
create function ledger.number_of(name text) returns bigint language sql stable parallel safe
  return case when starts_with(name, 'account:') then 1 else -1 end
    * (('x' || substr(encode(sha256(convert_to(name, 'UTF8')), 'hex'), 1, 16))::bit(64) >> 1)::bigint;

create function ledger.iso(day date) returns text
language sql stable parallel safe return to_char(day::timestamp, 'YYYY-MM-DD');

-- Texts as JSON writes them, null as null: the same characters that Python's json writes; a list, and one that goes on.
create function ledger.json_text(said text) returns text
language sql stable parallel safe return coalesce(to_json(said)::text, 'null');

create function ledger.json_list(said text[]) returns text
language sql stable parallel safe return array_to_json(said)::text;

create function ledger.json_begin(said text[]) returns text
language sql stable parallel safe return left(array_to_json(said)::text, -1) || ',';

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
  select r.state into old_state from resolved r where r.fund = f and r.key = hold_key;
  if found then
    raise exception 'hold % was %', hold_key, old_state using errcode = 'WL009', detail = hold_key, hint = old_state;
  end if;
  if h.expires <= (select b.posted_on from batch b where b.fund = f and b.number = by_batch) then
    raise exception 'hold % has expired', hold_key using errcode = 'WL025', detail = hold_key;
  end if;
  insert into hold_end (fund, key, state, batch) values (f, hold_key, new_state, by_batch);
  update control_balance c set reserved = reserved - l.amount
    from held l where l.fund = f and l.key = hold_key and c.fund = f and c.account = l.account;
end $$;

create or replace function ledger.reserved(f int, a bigint) returns bigint
language sql stable set search_path = ledger, pg_temp
return case when a < 0 then (select c.reserved from ledger.control_balance c where c.fund = f and c.account = a)
  else (select coalesce(sum(l.amount), 0)::bigint from ledger.hold_line l where l.fund = f and l.account = a
    and not exists (select from ledger.hold_end e where e.fund = f and e.key = l.key)) end;

-- False when the same hold was placed before.
create function ledger.write_hold(
  f int, hold_key text, hold_on date, hold_expires date, hold_content bytea, hold_receiver text, hold_decision text
) returns boolean language plpgsql set search_path = ledger, pg_temp as $$
declare known bytea;
begin
  insert into hold (fund, key, placed_on, expires, content, receiver, decision)
    values (f, hold_key, hold_on, hold_expires, hold_content, hold_receiver, hold_decision) on conflict do nothing;
  if found then return true; end if;
  select h.content into known from hold h where h.fund = f and h.key = hold_key;
  if known <> hold_content then
    raise exception 'key % was used with other content', hold_key using errcode = 'WL003', detail = hold_key;
  end if;
  return false;
end $$;

-- Says why a hold cannot be placed, when it cannot: an account is not open, or would fall below its floor. Called when the
-- lines of the hold are written and not yet reserved on control accounts.
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
      and case when a.number < 0 then c.posted - c.reserved - l.amount < c.floor
        else balance(f, a.number) - reserved(f, a.number) < a.floor end
    order by a.name collate "C" limit 1;
  if found then
    raise exception '% would be overdrawn', who using errcode = 'WL005', detail = who;
  end if;
end $$;

create function ledger.reserve(f int, hold_key text) returns void language sql set search_path = ledger, pg_temp as $$
  update control_balance c set reserved = reserved + l.amount
    from hold_line l where l.fund = f and l.key = hold_key and c.fund = f and c.account = l.account
$$;

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
  perform reserve(f.fund, hold_key);
  return true;
end $$;

-- Releases the open holds of a fund that have expired by a day.
create function ledger.expire_holds(fund_name text, on_day date) returns text[]
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund := lock_fund(fund_name); keys text[];
begin
  keys := array(select h.key from hold h where h.fund = f.fund and h.expires <= on_day
    and not exists (select from resolved e where e.fund = h.fund and e.key = h.key) order by h.key collate "C");
  perform end_hold(f.fund, k, 'released', null) from unnest(keys) as u (k);
  return keys;
end $$;

-- ---------------------------------------------------------------- moves

-- The parts come in the order of the rows they become. True when this call placed the hold; the same move is the same on
-- whatever day it is prepared again.
create function ledger.prepare_move(
  sender text, receiver text, move_key text, move_on date, move_expires date, move_decision text,
  leaves text[], arrives text[], amounts bigint[], members text[], months int[], counts smallint[]
) returns boolean language plpgsql security definer set search_path = ledger, pg_temp as $$
declare f ledger.fund; said text; first_on date;
begin
  if cardinality(leaves) = 1 and members[1] is null and (prepare_moves(array[sender], array[receiver], array[move_key],
      array[move_on], array[move_expires], array[move_decision], leaves, arrives, amounts, months, counts))[1] then
    return true;
  end if;
  f := lock_fund(sender);
  first_on := coalesce((select h.placed_on from hold h where h.fund = f.fund and h.key = move_key), move_on);
  select concat(json_begin(array[sender, move_key, iso(first_on)]), '[',
      string_agg(concat('[', json_text(n), ',', a, ']'), ',' order by n collate "C"), '],',
      json_text(iso(move_expires)), ',', json_begin(array[receiver, move_decision]), '[', string_agg(
        concat(json_begin(array[n, r]), a, ',', json_text(m), ',', e, ',', k, ']'), ',' order by i), ']]]')
    into said from unnest(leaves, arrives, amounts, members, months, counts) with ordinality as p (n, r, a, m, e, k, i);
  if not write_hold(f.fund, move_key, first_on, move_expires, sha256(convert_to(said, 'UTF8')), receiver, move_decision) then
    return false;
  end if;
  insert into hold_line (fund, key, line, account, amount, arrives, member, effective_from, effective_months)
    select f.fund, move_key, i - 1, a.number, x, r, coalesce(account_number(m), 0), e, k
    from unnest(leaves, arrives, amounts, members, months, counts) with ordinality as p (n, r, x, m, e, k, i)
    join account a on a.fund = f.fund and a.number = account_number(n);
  perform check_hold(f.fund, move_key, leaves, members);
  perform reserve(f.fund, move_key);
  return true;
end $$;

-- Many ordinary moves, prepared: one part of the pool or another control account each, about no member, with enough to take.
-- Answers by place whether the hold was placed; null where nothing was done, and prepare_move says why.
create function ledger.prepare_moves(
  senders text[], receivers text[], keys text[], days date[], expiries date[], decisions text[],
  leaves text[], arrives text[], amounts bigint[], months int[], counts smallint[]
) returns boolean[] language plpgsql security definer
set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  placed boolean[] := array_fill(null::boolean, array[cardinality(keys)]);
  f int; sender text; move_key text; taken bigint; leaving bigint;
begin
  for i in 1..cardinality(keys) loop
    sender := senders[i]; move_key := keys[i]; taken := amounts[i]; leaving := number_of(leaves[i]);
    continue when not public.in_view(left(sender, 6));
    select x.fund into f from fund x where x.name = sender for no key update;
    continue when not found;
    update control_balance c set reserved = c.reserved + taken
      where c.fund = f and c.account = leaving and (c.floor is null or c.posted - c.reserved - taken >= c.floor)
        and not exists (select from hold h where h.fund = f and h.key = move_key);
    continue when not found;
    insert into hold (fund, key, placed_on, expires, content, receiver, decision, account, amount, arrives, effective_from,
        effective_months) values (
      f, move_key, days[i], expiries[i], sha256(convert_to(concat(json_begin(array[sender, move_key, iso(days[i])]),
        '[[', to_json(leaves[i]), ',', taken, ']],', json_text(iso(expiries[i])), ',', json_begin(array[receivers[i], decisions[i]]),
        '[', json_begin(array[leaves[i], arrives[i]]), taken, ',null,', months[i], ',', counts[i], ']]]]'), 'UTF8')),
      receivers[i], decisions[i], leaving, taken, arrives[i], months[i], counts[i]);
    placed[i] := true;
  end loop;
  return placed;
end $$;

-- The header of a batch that opens one account without a floor, as it is hashed.
create function ledger.header_of(fund_name text, on_day date, batch_key text, decision text, confirms text, opened text)
returns bytea language sql stable parallel safe
return convert_to(ledger.json_begin(array[fund_name, ledger.iso(on_day), batch_key, decision, confirms, null])
  || ledger.json_list(array[array[opened, null]]) || ']', 'UTF8');

-- Carries many ordinary moves out, with what open_batch, COPY and seal_batch would have written for each: prepared, of one
-- part about no member. Answers by place with 72 bytes: number and link of the sender's batch, then of the receiver's. Each is
-- written without asking first; what the tables refuse is undone, and answered with null: its batches are posted one by one,
-- which says what is wrong. The first of a year is too, for its rows have no table yet.
create function ledger.confirm_moves(senders text[], keys text[], days date[]) returns bytea[]
language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  done bytea[] := array_fill(null::bytea, array[cardinality(keys)]);
  sender text; receiver text; move_key text; decision text; day date; month int; going text; coming text; arrives text;
  s int; r int; sent int; received int; sent_link bytea; received_link bytea; header bytea; on_sending bytea; on_receiving bytea;
  leaving bigint; goes bigint; comes bigint; arriving bigint; moved bigint; since int; months smallint; found_all int;
begin
  for i in 1..cardinality(keys) loop
    sender := senders[i]; move_key := keys[i]; day := days[i]; month := extract(year from day) * 100 + extract(month from day);
    select f.fund, h.receiver, h.decision, h.account, h.arrives, h.amount, h.effective_from, h.effective_months
      into s, receiver, decision, leaving, arrives, moved, since, months
      from fund f join hold h on h.fund = f.fund and h.key = move_key and h.account is not null
      where f.name = sender and (h.expires is null or h.expires > day);
    continue when not found or not (public.in_view(left(sender, 6)) and public.in_view(left(receiver, 6)));
    going := 'in_transit_out:' || receiver; coming := 'in_transit_in:' || sender;
    goes := number_of(going); comes := number_of(coming); arriving := number_of(arrives);
    header := header_of(sender, day, move_key || ':sent', decision, move_key, going);
    on_sending := sha256(int8send(length(header)) || header || row_bytes(0, leaving, goes, moved, 0, since, months));
    header := header_of(receiver, day, move_key || ':received', decision, null, coming);
    on_receiving := sha256(int8send(length(header)) || header || row_bytes(0, comes, arriving, moved, 0, since, months));
    begin
      if sender < receiver collate "C" then
        update fund f set last_batch = f.last_batch + 1, head = next_link(f.head, f.last_batch + 1, on_sending)
          where f.name = sender and f.closed_through < month returning f.last_batch, f.head into strict sent, sent_link;
      end if;
      update fund f set last_batch = f.last_batch + 1, head = next_link(f.head, f.last_batch + 1, on_receiving)
        where f.name = receiver and f.closed_through < month
        returning f.fund, f.last_batch, f.head into strict r, received, received_link;
      if receiver < sender collate "C" then
        update fund f set last_batch = f.last_batch + 1, head = next_link(f.head, f.last_batch + 1, on_sending)
          where f.name = sender and f.closed_through < month returning f.last_batch, f.head into strict sent, sent_link;
      end if;
      insert into batch (fund, number, key, posted_on, decision, confirms, opens, floors, content, lines, amount, link) values
        (s, sent, move_key || ':sent', day, decision, move_key, array[going], '{null}', on_sending, 1, moved, sent_link),
        (r, received, move_key || ':received', day, decision, null, array[coming], '{null}', on_receiving, 1, moved, received_link);
      insert into transfer_shared (fund, period, batch, line, debit, credit, amount, subject, effective_from, effective_months)
        values (s, month, sent, 0, leaving, goes, moved, 0, since, months),
          (r, month, received, 0, comes, arriving, moved, 0, since, months);
      -- All four are there, the transit accounts on the terms of the batches, and the hold was not ended otherwise.
      update control_balance c set posted = c.posted + u.change, reserved = c.reserved - u.held
        from (values (s, leaving, -moved, moved), (s, goes, moved, 0), (r, comes, -moved, 0), (r, arriving, moved, 0))
          as u (fund, account, change, held)
        where c.fund = u.fund and c.account = u.account and (u.account in (leaving, arriving) or c.floor is null)
          and not exists (select from hold_end e where e.fund = s and e.key = move_key);
      get diagnostics found_all = row_count;
      if found_all < 4 then raise no_data_found; end if;
      done[i] := int4send(sent) || sent_link || int4send(received) || received_link;
    exception when no_data_found or unique_violation or check_violation then
      null;
    end;
  end loop;
  return done;
end $$;

-- Prepares some moves and confirms others, as the two above. All funds are locked first and in the order of their names.
create function ledger.carry_moves(
  senders text[], receivers text[], keys text[], days date[], expiries date[], decisions text[],
  leaves text[], arrives text[], amounts bigint[], months int[], counts smallint[],
  prepared_by text[], prepared_keys text[], confirmed_on date[], out placed boolean[], out linked bytea[]
) language plpgsql security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if cardinality(keys) + cardinality(prepared_keys) > 1 then
    perform from fund f where f.name = any (senders || prepared_by || array(
        select h.receiver from unnest(prepared_by, prepared_keys) as u (n, k)
        join fund x on x.name = u.n join hold h on h.fund = x.fund and h.key = u.k))
      and public.in_view(left(f.name, 6)) order by f.name collate "C" for no key update;
  end if;
  placed := prepare_moves(senders, receivers, keys, days, expiries, decisions, leaves, arrives, amounts, months, counts);
  linked := confirm_moves(prepared_by, prepared_keys, confirmed_on);
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
      select from resolved e where e.fund = o.fund and e.key = o.key)) h on h.fund = f.fund
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
grant execute on function ledger.expire_holds, ledger.prepare_move, ledger.prepare_moves, ledger.carry_moves, ledger.confirm_moves,
  ledger.heads, ledger.keep_root
  to wayfare_poster;
grant select on ledger.daily_root, ledger.daily_root_fund to wayfare_officer, wayfare_poster;
