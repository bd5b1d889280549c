-- Q5, dunning rate (管理费催缴率), by site and day; DuckDB, after events.sql.
--
-- Cohort: every step of the ladder (account, due day of the debt, rung) that fell due, on its day (`on`, site-local; no time zone
-- is needed). Met: carried out by its due time, whenever that came to be known; a step paid on its day before it was carried out is
-- met (the event says `settled`). Missed: carried out later, not at all, settled later, or superseded by a higher rung. Excluded: held, with a
-- reason. What was held one day and fell due another is two cases.
with
steps as (
  select
    site, aggregate as account, name, data,
    -- What was missed names its step as `<due day>/<rung>/<on>`.
    case name
      when 'account.missed' then data ->> '$.of'
      else concat_ws('/', data ->> '$.dueDay', data ->> '$.rung', data ->> '$.on')
    end as step
  from events
  where journal = 'account'
    and (name like 'account.step-%' or (name = 'account.missed' and (data ->> '$.duty') = 'step'))
),
facts as (
  select
    site, account, step,
    min((data ->> '$.due')::bigint) filter (name = 'account.step-due') as due,
    min((data ->> '$.doneAt')::bigint) filter (name = 'account.step-done') as done_at,
    bool_or(name = 'account.step-superseded') as superseded,
    bool_or(name = 'account.step-held') as held,
    bool_or(name = 'account.missed') as missed
  from steps
  where name in ('account.step-due', 'account.step-done', 'account.step-superseded', 'account.step-held', 'account.missed')
  group by all
),
cases as (
  select
    site,
    split_part(step, '/', 3)::date as day,
    split_part(step, '/', 2) as rung,
    case
      when due is null and held then 'excluded'
      when superseded then 'missed'
      when done_at <= due then 'met'
      when done_at > due or missed then 'missed'
      else 'running'
    end as state
  from facts
)
select
  site,
  day,
  count(*) filter (state <> 'excluded') as due,
  count(*) filter (state = 'met') as met,
  count(*) filter (state = 'missed') as missed,
  count(*) filter (state = 'running') as running,
  count(*) filter (state = 'excluded') as excluded,
  -- Rounded down: 100 only with nothing missed; null where nothing is decided.
  met * 10000 // nullif(met + missed, 0) / 100 as percent
from cases
group by site, day -- and rung, for each rung of the ladder by itself
order by site, day;
