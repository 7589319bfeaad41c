-- Deliveries that begin like a report and cannot be read, kept as they came: with why, from where
-- and with what headers, until somebody looks, a better reader takes them, or newer ones need the room.
create table quarantine (
  id               uuid        primary key,  -- UUIDv8 of the SHA-256 of the body as sent: the same bytes take one place
  reason           text        not null,     -- unreadable, not-a-report, report-too-large, refused-by-database
  detail           text        not null,     -- one sentence of ours
  received_at      timestamptz not null,     -- the first time
  last_received_at timestamptz not null,
  times_received   bigint      not null,
  channel          text        not null,     -- https, import, ...
  source_address   inet,
  user_agent       text,
  content_type     text,
  content_encoding text,
  recipient_domain text        collate "C",  -- from the path it was posted to
  size             bigint      not null,     -- bytes of the body
  body             bytea       not null      -- as sent
);

-- Most bodies are compressed already, and the first bytes of one are read without the rest of it.
alter table quarantine alter column body set storage external;

-- GET /v1/quarantine, newest first; replay of all, oldest first; and the sum of sizes from the newest
-- on, which finds what the bounds push out, from the index alone.
create index quarantine_by_arrival on quarantine (received_at, id) include (size);
