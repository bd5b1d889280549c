-- The export in Amazon Athena (and so in QuickSight): put your bucket in, run each statement once. No crawler is needed and no
-- partition is ever added: Athena works out which exist (partition projection).
create external table huiyin_events (
  id string,
  name string,
  site string,
  aggregate string,
  version int,
  recorded_at bigint,
  recorded_by string,
  data string
)
partitioned by (journal string, `date` string)
row format serde 'org.apache.hive.hcatalog.data.JsonSerDe'
location 's3://<bucket>/events/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.journal.type' = 'enum',
  'projection.journal.values' = 'account,alert,callback,cashday,complaint,contact,deduction,erasure,exemption,forgetting,group,import,improvement,invoice,letter,metering,month,part,party,payer,receipt,remittance,report,run,runmail,schedule,site,slip,staff,unit',
  'projection.date.type' = 'date',
  'projection.date.format' = 'yyyy-MM-dd',
  'projection.date.range' = '2026-01-01,NOW+1DAY',
  'storage.location.template' = 's3://<bucket>/events/journal=${journal}/date=${date}/'
);

-- Every event once.
create or replace view events as
select id, name, site, aggregate, version, recorded_at, recorded_by, data, journal, "date"
from (select *, row_number() over (partition by journal, site, id) as nth from huiyin_events)
where nth = 1;

-- The same question as anywhere else; fields of `data` are read with json_extract_scalar.
select site, count(*) as resolved
from events
where journal = 'complaint' and "date" >= '2026-11-01' and name = 'complaint.resolved'
group by site;
