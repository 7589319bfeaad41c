-- GET /v1/failures of a domain from an address or a range of them. Without it few or no such failures
-- mean reading all of the domain's. Small, because many rows share a key.
create index failure_detail_by_sender on failure_detail (domain, sending_mta_ip);

-- GET /v1/failures of a domain: those in reports that were posted for it and are about another.
create index report_failing_by_recipient on report (recipient_domain, day, domain, id)
  where recipient_domain <> domain and failure_details > 0;
