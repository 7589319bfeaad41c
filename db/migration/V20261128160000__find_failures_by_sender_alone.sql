drop index failure_detail_by_sender;

-- GET /v1/failures of a domain from an address or a range of them, as before; but of no use for
-- anything else. Where domains had one failure each when statistics were last gathered, the planner
-- took it for looking up the failures of a policy, and read all of the domain's for each.
create index failure_detail_by_sender on failure_detail (domain, sending_mta_ip)
  where sending_mta_ip is not null;
