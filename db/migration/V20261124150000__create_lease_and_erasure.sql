-- Work that several instances share, each piece done by one of them at a time. Small tables, no
-- sequence, no trigger: a row is all the agreement there is, so it outlives whoever made it.

-- Who works at what, until when. A holder that was killed is replaced once its time is over.
create table lease (
  name       text        collate "C" primary key, -- of the work
  holder     uuid        not null,                -- a new one each time it is taken
  expires_at timestamptz not null,                -- in the past: nobody's
  note       text                                 -- what the work left for its next time
);

-- What was asked to be erased. It is kept until it is done, whatever is killed meanwhile.
create table erasure (
  id           uuid        primary key,  -- GET /v1/erasures/{id}
  kind         text        not null check (kind in ('domain', 'organization')),
  name         text        not null,
  requested_at timestamptz not null,
  done_at      timestamptz,              -- null: not yet
  reports      bigint      not null,     -- rows deleted so far, by table
  policies     bigint      not null,
  failures     bigint      not null,
  documents    bigint      not null      -- and documents, also those of rows that stay
);
