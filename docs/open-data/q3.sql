-- Q3, complaint callback rate (投诉回访率), by site and day; DuckDB, after events.sql.
--
-- Cohort: every resolution of a valid complaint, on the site-local day on which it was resolved. A complaint that is resolved
-- again is a case of its own: cmp_X resolved for the second time is called back as cbk_X-2.
-- Met: it was recorded within 48 hours of the resolution that the owner was reached; to the millisecond, due is in time.
-- Missed: the callback was missed, or reached or waived after it was due. What is missed stays missed. `attempted` of them were
-- tried in three different parts of the day before it was due.
-- Excluded: answered in public (nobody can be reached by design), or waived in time.
with
resolutions as (
  select site, substr(aggregate, 5) as root, (data ->> '$.ordinal')::integer as ordinal, min(recorded_at) as resolved_at
  from events
  where journal = 'complaint' and name = 'complaint.resolved'
  group by all
),
told as (
  select
    site,
    regexp_extract(aggregate, '^cbk_(.*)-(\d+)$', 1) as root,
    regexp_extract(aggregate, '^cbk_(.*)-(\d+)$', 2)::integer as ordinal,
    name, recorded_at, data
  from events
  where journal = 'callback'
),
callbacks as (
  select
    site, root, ordinal,
    min((data ->> '$.due')::bigint) filter (name in ('callback.opened', 'callback.reached')) as due,
    bool_or(name = 'callback.opened' and (data ->> '$.public') = 'true') as public,
    min(recorded_at) filter (name = 'callback.reached') as reached_at,
    min(recorded_at) filter (name = 'callback.waived') as waived_at,
    bool_or(name = 'callback.missed' and (data ->> '$.duty') = 'call') as missed
  from told
  group by all
),
tried as (
  select site, root, ordinal, count(distinct told.data ->> '$.dayPart') as day_parts
  from told join callbacks using (site, root, ordinal)
  where name = 'callback.attempted' and recorded_at <= due
  group by all
),
cases as (
  select
    r.site,
    (epoch_ms(resolved_at) at time zone 'UTC' at time zone zone)::date as day,
    case
      when public then 'excluded'
      when missed or least(reached_at, waived_at) > due then 'missed'
      when reached_at is not null then 'met'
      when waived_at is not null then 'excluded'
      else 'running'
    end as state,
    coalesce(day_parts, 0) >= 3 as attempted
  from resolutions r
  join sites using (site)
  left join callbacks using (site, root, ordinal)
  left join tried using (site, root, ordinal)
)
select
  site,
  day,
  count(*) filter (state <> 'excluded') as due,
  count(*) filter (state = 'met') as met,
  count(*) filter (state = 'missed') as missed,
  count(*) filter (state = 'missed' and attempted) as attempted,
  count(*) filter (state = 'running') as running,
  count(*) filter (state = 'excluded') as excluded,
  -- Rounded down: 100 only with nothing missed; null where nothing is decided.
  met * 10000 // nullif(met + missed, 0) / 100 as percent
from cases
group by site, day
order by site, day;
