-- Sums by result type over all domains need no look at report: what they count is in failure_type.

-- As in report: where it is 1, counting rows is counting reports. It may stay too high after an
-- erasure, which costs a comparison of ids and counts the same.
alter table failure_type add column domains integer not null default 1;
update failure_type f set domains = r.domains
from report r
where r.domains > 1 and r.domain = f.domain and r.day = f.day and r.id = f.report_id;
alter table failure_type alter column domains drop default;

drop index failure_type_by_day;
-- GET /v1/summary?by=resultType over all domains, alone or by day and domain.
create index failure_type_by_day on failure_type (day, result_type, domain, report_id)
  include (sessions, domains);

-- The same: the few reports whose id must be looked at to count it once.
create index failure_type_of_several_domains on failure_type (day) where domains > 1;
