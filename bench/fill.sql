-- Ten million failure details in four million reports of the last 90 days, for bench/queries:
--   psql <the database> --file bench/fill.sql
-- Into a schema that the collector made, best into an empty one, by the role that made it; nobody
-- else should write meanwhile, because foreign keys are checked at the end, all at once. Everything
-- is made of hashes: the same again each time, but for the days.
--
-- 200 domains of very different size, the largest has a sixth of all; 30 senders, the largest has a
-- third; one report in two has failures, five of them on average. One sender names the MX host as
-- the policy domain, one reports the same sessions under sts and under tlsa. Rows come day by
-- day and within a day in no order, as they do from outside.

\set ON_ERROR_STOP on
\if :{?days} \else \set days 90 \endif
\if :{?reports_a_day} \else \set reports_a_day 44444 \endif

alter table policy drop constraint if exists policy_domain_day_report_id_fkey;
alter table failure_detail drop constraint if exists failure_detail_domain_day_report_id_n_fkey;
alter table failure_type drop constraint if exists failure_type_domain_day_report_id_fkey;

set synchronous_commit = off;
set work_mem = '256MB';

-- A number from 0 to 1 that depends on both.
create function pg_temp.part(n bigint, what int) returns float8 language sql immutable as $$
  select (hashint8extended(n, what) & 2147483647) / 2147483648.0::float8
$$;

create function pg_temp.fill(d int, reports int) returns void language plpgsql as $$
begin
  create temp table made on commit drop as
  select case when sender = 7 then 'mx1.' else '' end || recipient as domain,
    recipient, current_date - d as day, md5('report ' || n)::uuid as id, n, sender,
    (array['enforce', 'enforce', 'testing', 'none'])[1 + rank % 4] as mode,
    case when pg_temp.part(n, 3) < 0.5 then 1 + floor(-ln(1 - pg_temp.part(n, 4)) * 4.5)::int
      else 0 end as failures,
    floor(pg_temp.part(n, 5) * 500)::bigint as successful
  from (
    select n, floor(power(201, pg_temp.part(n, 1)))::int as rank,
      floor(power(31, pg_temp.part(n, 2)))::int as sender
    from generate_series(d * 100000::bigint + 1, d * 100000::bigint + reports) as n) as drawn,
    lateral (select 'd' || rank || '.example' as recipient) as named;

  create temp table broken on commit drop as
  select made.domain, made.day, made.id, m,
    (array['certificate-expired', 'certificate-expired', 'certificate-host-mismatch',
      'starttls-not-supported', 'validation-failure', 'sts-policy-fetch-error'])
      [1 + floor(pg_temp.part(k, 6) * 6)::int] as result_type,
    case when pg_temp.part(k, 7) < 0.9
      then inet '198.18.0.0' + made.sender * 256 + floor(pg_temp.part(k, 8) * 256)::int
      else inet '2001:db8::' + made.sender * 65536::bigint + floor(pg_temp.part(k, 8) * 256)::int
      end as ip,
    'mx' || 1 + floor(pg_temp.part(k, 9) * 3)::int || '.' || made.recipient as mx,
    1 + floor(pg_temp.part(k, 10) * 20)::bigint as sessions,
    (array[null, null, 'CERT_EXPIRED', 'X509_V_ERR_HOSTNAME_MISMATCH', 'starttls-unsupported',
      'connection reset', 'timeout while fetching the policy'])
      [1 + floor(pg_temp.part(k, 11) * 7)::int] as reason
  from made, generate_series(0, failures - 1) as m,
    lateral (select made.n * 1000 + m as k) as numbered;

  insert into report (domain, day, id, organization_name, contact_info, report_id, window_start,
    window_end, recipient_domain, received_at, channel, source_address, user_agent, successful,
    failed, failure_details, identity, notes, document, domains)
  select domain, day, id, 'Sender ' || sender, 'tls@sender' || sender || '.example',
    day || '_' || n, day, day + interval '1 day - 1 second', recipient, day + interval '1 day 3 hours',
    'https', inet '192.0.2.0' + sender, 'uploader/1.0', successful,
    coalesce(failed, 0), failures, hashint8extended(n, 12), null,
    decode(repeat(md5('document ' || n), 26), 'hex'), 1
  from made left join (select id, sum(sessions) as failed from broken group by id) as sums using (id);

  insert into policy (domain, day, report_id, n, type, mode, strings, mx_hosts, successful, failed)
  select domain, day, id, place, (array['sts', 'tlsa'])[1 + place],
    case place when 0 then mode end,
    array['version: STSv1', 'mode: ' || mode, 'mx: *.' || recipient, 'max_age: 86400'],
    array['*.' || recipient], successful, coalesce(failed, 0)
  from made left join (select id, sum(sessions) as failed from broken group by id) as sums using (id),
    generate_series(0, case sender when 2 then 1 else 0 end) as place;

  insert into failure_detail (domain, day, report_id, n, m, result_type, sending_mta_ip,
    receiving_mx_hostname, receiving_mx_helo, receiving_ip, failed_session_count,
    additional_information, failure_reason_code)
  select domain, day, id, 0, m, result_type, ip, mx, null, inet '203.0.113.0' + m % 256, sessions,
    null, reason
  from broken;

  insert into failure_type (domain, day, report_id, result_type, sessions, domains)
  select domain, day, id, result_type, sum(sessions), 1 from broken group by 1, 2, 3, 4;

  insert into day_change (day) values (current_date - d);
end $$;

select format('select pg_temp.fill(%s, %s)', d, :reports_a_day)
from generate_series(:days - 1, 0, -1) as d \gexec

set maintenance_work_mem = '512MB';
alter table policy add foreign key (domain, day, report_id)
  references report (domain, day, id) on delete cascade;
alter table failure_detail add foreign key (domain, day, report_id, n)
  references policy (domain, day, report_id, n) on delete cascade;
alter table failure_type add foreign key (domain, day, report_id)
  references report (domain, day, id) on delete cascade;

-- As autovacuum leaves tables that nothing is deleted from.
vacuum (analyze) report, policy, failure_detail, failure_type;

select (select count(*) from report) as reports, (select count(*) from policy) as policies,
  (select count(*) from failure_detail) as failures,
  pg_size_pretty(pg_database_size(current_database())) as size;
