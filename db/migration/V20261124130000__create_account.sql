-- Who may use the calls, beside the account in the configuration. Small tables, read by their keys on
-- behalf of each request (and remembered for seconds); no sequence, no trigger, as everywhere.

-- Users with a password.
create table account (
  name         text        collate "C" primary key, -- a login, by name; GET /v1/users, in this order
  password     text        not null,     -- hashed: {bcrypt}$2a$…
  scope        text        not null check (scope in ('read', 'admin')),
  domains      text[],                   -- A-labels it is limited to; null: all
  created_at   timestamptz not null,
  created_by   text        not null,
  last_used_at timestamptz,              -- to the minute
  check (domains is null or (scope = 'read' and cardinality(domains) > 0))
);

-- Bearer tokens. The secret itself is not here: it has 256 random bits, so one round of a hash is enough.
create table token (
  id           uuid        primary key,  -- a request with the token; GET and DELETE /v1/tokens/{id}
  name         text        not null,     -- what it is for, in words
  secret       bytea       not null,     -- SHA-256
  scope        text        not null check (scope in ('read', 'admin')),
  domains      text[],
  created_at   timestamptz not null,
  created_by   text        not null,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  check (domains is null or (scope = 'read' and cardinality(domains) > 0))
);

-- GET /v1/tokens, newest first.
create index token_by_creation on token (created_at, id);
