-- What the other queries stand on; DuckDB. Say where the export is, then run this:
--   set variable export = 's3://<bucket>';    or the folder in which the local cloud keeps that bucket

-- Every event once: the export holds some twice (at-least-once delivery), always with the same id;
-- an id is unique within its journal and site.
create or replace view events as
select *
from read_json(
  getvariable('export') || '/events/*/*/*.jsonl.gz',
  format = 'newline_delimited',
  hive_partitioning = true,
  hive_types = {'journal': varchar, 'date': date},
  columns = {
    id: 'varchar', name: 'varchar', site: 'varchar', aggregate: 'varchar', version: 'integer',
    recorded_at: 'bigint', -- milliseconds since the Unix epoch, UTC
    recorded_by: 'varchar',
    data: 'varchar'        -- JSON text
  }
)
qualify row_number() over (partition by journal, site, id) = 1;

-- Sites with their time zone: a day of the figures is the site's own. The zone is fixed for good when a site opens.
create or replace view sites as
select
  aggregate as site,
  arg_max(data ->> '$.name', version) as name,
  max(data ->> '$.timeZone') as zone
from events
where journal = 'site' and name in ('site.opened', 'site.changed')
group by aggregate;
