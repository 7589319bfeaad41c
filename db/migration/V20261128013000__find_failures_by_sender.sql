-- GET /v1/failures of a domain from an address or a range of them. Without it few or no such failures
-- mean reading all of the domain's. Small, because many rows share a key.
create index failure_detail_by_sender on failure_detail (domain, sending_mta_ip);
