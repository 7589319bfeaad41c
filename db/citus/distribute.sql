-- Distributes the big tables over the nodes of a Citus cluster, by domain: a report and domain lie on
-- one node with all that belongs to them. Run it once by psql as the role that owns the tables, after
-- the first start of a collector made them and before reports are many:
--   psql <the coordinator> --file db/citus/distribute.sql
-- Plain PostgreSQL needs none of it. Small tables (quarantine, account, token, lease, erasure, day_sum,
-- day_change) stay where they are.
\set ON_ERROR_STOP on

create extension if not exists citus;

-- A table that another refers to cannot be distributed alone: keys go, and come back below.
alter table policy drop constraint policy_domain_day_report_id_fkey;
alter table failure_detail drop constraint failure_detail_domain_day_report_id_n_fkey;
alter table failure_type drop constraint failure_type_domain_day_report_id_fkey;

select create_distributed_table('report', 'domain');
select create_distributed_table('policy', 'domain', colocate_with => 'report');
select create_distributed_table('failure_detail', 'domain', colocate_with => 'report');
select create_distributed_table('failure_type', 'domain', colocate_with => 'report');

alter table policy add foreign key (domain, day, report_id)
  references report (domain, day, id) on delete cascade;
alter table failure_detail add foreign key (domain, day, report_id, n)
  references policy (domain, day, report_id, n) on delete cascade;
alter table failure_type add foreign key (domain, day, report_id)
  references report (domain, day, id) on delete cascade;
