-- Two-phase moves between funds, and the chain of holds.
--
-- A move is prepared by a hold at the sender that says where the money goes, and resolved once: confirmed, which books
-- both sides, or released. Each phase is one call that writes what open_batch, COPY and seal_batch would have written,
-- with the content worked out here from the rows themselves, so a single row pays for no round trips of its own.
-- Holds and releases have a chain of their own beside that of the batches, so that verification covers them too.

alter table ledger.fund
  add column last_hold int not null default 0,              -- holds placed and released so far
  add column hold_head bytea not null default decode(repeat('00', 32), 'hex');

alter table ledger.hold
  add column receiver text check (receiver ~ '^[0-9]{6}:[a-z][a-z_]*$'),   -- null: a hold that is not a move's
  add column decision text,
  add column number int,                                    -- its place in the chain of holds
  add column link bytea check (length(link) = 32);
alter table ledger.hold_line
  add column arrives text,                                  -- the account at the receiver
  add column member bigint not null default 0,              -- the member's account the part is about; 0: none
  add column effective_from int,
  add column effective_months smallint check (effective_months > 0);
alter table ledger.hold_end
  add column number int,                                    -- of a release; a confirmation is in the chain of batches
  add column link bytea check (length(link) = 32);

create function ledger.next_link(link bytea, number int, content bytea) returns bytea
language sql immutable parallel safe return sha256(link || int8send(number) || content);

-- What a release puts into the chain of holds.
create function ledger.release_content(hold_key text) returns bytea
language sql immutable parallel safe return sha256(convert_to('released:' || hold_key, 'UTF8'));

-- A text as JSON writes it, null as null: the same characters that Python's json writes.
create function ledger.json_text(said text) returns text
language sql immutable parallel safe return coalesce(to_json(said)::text, 'null');

-- One row as binary COPY lays it out; a batch is hashed over these bytes.
create function ledger.row_bytes(
  line int, debit bigint, credit bigint, amount bigint, subject bigint, effective_from int, effective_months smallint
) returns bytea language sql immutable parallel safe
return '\x000700000004'::bytea || int4send(line) || '\x00000008'::bytea || int8send(debit) || '\x00000008'::bytea
  || int8send(credit) || '\x00000008'::bytea || int8send(amount) || '\x00000008'::bytea || int8send(subject)
  || '\x00000004'::bytea || int4send(effective_from) || '\x00000002'::bytea || int2send(effective_months);
