-- Sums over all domains are asked for most and read the most rows. A day that nobody writes to any
-- more is added up once; a day that has changed since is added up when somebody asks.

-- What the reports of a day come to, over all domains, in one way of grouping them.
create table day_sum (
  day        date    not null,
  dimensions text    not null, -- as in ?by=, in one order, without day
  keys       text[]  not null, -- the group: one value per dimension, null where a report has none
  successful bigint  not null, -- by the counting rule
  failed     bigint  not null,
  reports    bigint  not null  -- about one policy domain; the few others are counted when asked for
);

-- GET /v1/summary and /v1/domains over all domains.
create index day_sum_by_dimensions on day_sum (dimensions, day);

-- Adding a day up again: what was kept of it goes.
create index day_sum_by_day on day_sum (day);

-- Whoever adds or deletes rows of a day says so here, in the same transaction. A row per transaction
-- and day, which nobody waits for.
create table day_change (
  day   date    not null,
  quiet boolean not null default false -- left when it was last looked at: nothing came since
);

-- Every sum over all domains: the days whose kept sums must not be used.
create index day_change_by_day on day_change (day, quiet);

insert into day_change (day) select distinct day from report;
