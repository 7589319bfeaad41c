-- Sums read a day or a domain of many reports: from an index alone, where what they add up lies side
-- by side. No new index on the two largest tables; those of `report` become wider.

-- How many policy domains the whole report has, each with a row. Where it is 1, counting reports is
-- counting rows; nothing has to be sorted to see an id twice.
alter table report add column domains integer not null default 1;
update report set domains = whole.domains
from (select id, count(*) as domains from report group by id having count(*) > 1) as whole
where whole.id = report.id;
alter table report alter column domains drop default;

-- The primary key as before, now also GET /v1/summary and /v1/domains of a domain.
alter table policy drop constraint policy_domain_day_report_id_fkey;
alter table report drop constraint report_pkey;
alter table report add primary key (domain, day, id) include (successful, failed, domains);
alter table policy add foreign key (domain, day, report_id) references report (domain, day, id)
  on delete cascade;

drop index report_by_day;
-- GET /v1/reports over all domains, newest day first; GET /v1/summary over all domains.
create index report_by_day on report (day, domain, id) include (successful, failed, domains);

drop index report_failing_by_day;
-- GET /v1/failures and sums of failures over all domains: skips the many reports in which nothing failed.
create index report_failing_by_day on report (day, domain, id) include (domains)
  where failure_details > 0;

drop index report_by_recipient;
-- ?domain= that matches the recipient domain where the policy names another (an MX host, say), lists and sums.
create index report_by_recipient on report (recipient_domain, day, domain, id)
  include (successful, failed, domains)
  where recipient_domain <> domain;

-- GET /v1/summary: the few reports whose id must be looked at to count it once.
create index report_of_several_domains on report (day, domain, id) where domains > 1;

-- One row per report, policy domain and result type: what is left of 100,000 details after an outage
-- when only their types are asked for.
create table failure_type (
  domain      text   collate "C" not null,
  day         date   not null,
  report_id   uuid   not null,
  result_type text   not null,
  sessions    bigint not null, -- by the counting rule
  primary key (domain, day, report_id, result_type) include (sessions), -- ?resultType=; sums of a domain
  foreign key (domain, day, report_id) references report (domain, day, id) on delete cascade
);

insert into failure_type (domain, day, report_id, result_type, sessions)
select domain, day, report_id, result_type,
  least(others + case when tlsa > sts then tlsa else sts end, 9223372036854775807)
from (
  select f.domain, f.day, f.report_id, f.result_type,
    coalesce(sum(f.failed_session_count) filter (where p.type = 'sts'), 0) as sts,
    coalesce(sum(f.failed_session_count) filter (where p.type = 'tlsa'), 0) as tlsa,
    coalesce(sum(f.failed_session_count) filter (where p.type not in ('sts', 'tlsa')), 0) as others
  from failure_detail f
  join policy p
    on p.domain = f.domain and p.day = f.day and p.report_id = f.report_id and p.n = f.n
  group by f.domain, f.day, f.report_id, f.result_type
) as sums;

-- GET /v1/summary?by=resultType over all domains.
create index failure_type_by_day on failure_type (day, result_type, domain, report_id)
  include (sessions);

-- Rows are only ever added, and an index alone answers for pages a vacuum has seen: the newest days
-- are asked for most.
alter table report set (autovacuum_vacuum_insert_scale_factor = 0.02);
alter table failure_type set (autovacuum_vacuum_insert_scale_factor = 0.02);
