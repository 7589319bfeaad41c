-- Reports as RFC 8460 §4.4 describes them. In every key of the big tables `domain` comes first and
-- `day` second: the primary key decides duplicates, serves the main query, and is what a
-- distributed PostgreSQL shards by. No sequence, trigger, enum or domain type on purpose.

-- One row per report and policy domain. `id` is made of the content (UUIDv8 of its SHA-256), so the
-- same bytes meet the same key whoever takes them.
create table report (
  domain            text        collate "C" not null, -- policy domain: A-labels, lower case, at most 255 characters
  day               date        not null, -- UTC day of the window's start; 1970-01-01 if the report has none
  id                uuid        not null,
  organization_name text,
  contact_info      text,
  report_id         text,                 -- the sender's own id, opaque
  window_start      timestamptz,
  window_end        timestamptz,
  recipient_domain  text,                 -- from the path it was posted to
  received_at       timestamptz not null,
  channel           text        not null, -- https, import, ...
  source_address    inet,
  user_agent        text,
  successful        bigint      not null, -- sessions by the counting rule, for this domain
  failed            bigint      not null,
  failure_details   integer     not null, -- rows in failure_detail for this domain
  identity          bigint      not null, -- 64 bits of a hash over organization, report-id and window
  notes             jsonb,                -- what the reader put right; null if nothing
  document          bytea,                -- the JSON as received, gzip; on one row of a report only
  primary key (domain, day, id)           -- duplicates; reports of a domain, newest day first
);

-- The document is compressed already: keep PostgreSQL from trying again.
alter table report alter column document set storage external;

-- GET /v1/reports/{id} and /raw: a report by its id alone.
create index report_by_id on report (id);

-- GET /v1/reports over all domains, newest day first.
create index report_by_day on report (day, domain, id);

-- GET /v1/failures over all domains: skips the many reports in which nothing failed.
create index report_failing_by_day on report (day, domain, id) where failure_details > 0;

-- ?domain= that matches the recipient domain where the policy names another (an MX host, say).
create index report_by_recipient on report (recipient_domain, day, id)
  where recipient_domain <> domain;

-- On saving: has this sender used this report-id for this window before, with other content?
create index report_by_identity on report (domain, day, identity);

-- One row per element of `policies`; n is its place in the report, over all its domains.
create table policy (
  domain     text    collate "C" not null,
  day        date    not null,
  report_id  uuid    not null,
  n          integer not null,
  type       text    not null, -- sts, tlsa, no-policy-found or what the sender wrote
  mode       text,             -- enforce, testing or none, from an sts policy's lines
  strings    text[]  not null,
  mx_hosts   text[]  not null,
  successful bigint  not null,
  failed     bigint  not null,
  primary key (domain, day, report_id, n), -- the policies of a report
  foreign key (domain, day, report_id) references report (domain, day, id) on delete cascade
);

-- One row per element of `failure-details`; m is its place under its policy.
create table failure_detail (
  domain                 text    collate "C" not null,
  day                    date    not null,
  report_id              uuid    not null,
  n                      integer not null,
  m                      integer not null,
  result_type            text    not null,
  sending_mta_ip         inet,
  receiving_mx_hostname  text,
  receiving_mx_helo      text,
  receiving_ip           inet,
  failed_session_count   bigint  not null,
  additional_information text,
  failure_reason_code    text,
  primary key (domain, day, report_id, n, m), -- GET /v1/failures of a domain, newest day first
  foreign key (domain, day, report_id, n) references policy (domain, day, report_id, n)
    on delete cascade
);
