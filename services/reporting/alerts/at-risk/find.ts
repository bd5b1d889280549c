import { inParallel } from '../../../../shared/aws/many.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { errorName, failure, log } from '../../../../shared/lambda/log.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import { ruleOf } from '../../../../shared/policy/policy.ts';
import { contextAt } from '../../../../shared/policy/policy-context.ts';
import { type Clock, HOUR, type Instant } from '../../../../shared/time/clock.ts';
import { everySite, tallyOf } from '../../figures/contract.ts';
import type { Reporting } from '../../figures/contract-store.ts';
import { alertId } from '../alert.ts';
import { raise } from '../decide.ts';
import type { Alerts } from '../store.ts';
import { forecastOf, isWatched, type Risk, risksOf } from './at-risk.ts';
import { type Heads, ownersOf } from './owners.ts';

export interface LookDeps {
  reporting: Reporting;
  alerts: Alerts;
  heads: Heads;
  policies: Policies;
  clock: Clock;
}

/** Sites looked at side by side: each costs a query that mostly finds nothing. */
const WIDTH = 50;
/** The longest time ahead that a policy may look. */
const MOST_HOURS = ruleOf('atRiskHours').most;
/** Cases whose owners are looked up, to know which departments hear. */
const OWNERS = 100;

const departmentsOf = async (heads: Heads, { cases }: Risk, until: Instant): Promise<string[]> => {
  const owners = await ownersOf(heads, cases.slice(0, OWNERS), until);
  return [...new Set([...owners.values()].flatMap(({ position }) => position.department ?? []))].sort();
};

/** One site: of each target that what is at risk would make it miss, an alert; once of its day, however long it lasts. */
const lookAtSite = async (deps: LookDeps, site: string, now: Instant): Promise<number> => {
  const { reporting, alerts, heads, policies } = deps;
  // Mostly nothing is due in any policy's time: that is known before a policy is read.
  const { items } = await reporting.running(site, now + MOST_HOURS * HOUR);
  if (items.length === 0) return 0;
  const context = await contextAt(policies, site, now);
  const { policy } = context;
  const until = now + policy.atRiskHours * HOUR;
  const risks = risksOf(items, until).filter(({ measure }) => isWatched(measure, policy));
  let raised = 0;
  for (const risk of risks) {
    const { measure, day } = risk;
    const cell = await reporting.cell(site, 'day', day);
    const forecast = (atRisk: number) => forecastOf(measure, tallyOf(cell?.counts ?? {}, measure), atRisk, policy);
    if (!forecast(risk.cases.length).wouldMiss) continue;
    /** What is raised once, of what is at risk as the cases themselves say. */
    const seen = async () => {
      const still = risksOf(await reporting.stillRunning(risk.cases), until);
      const found = still.find((one) => one.measure === measure && one.day === day);
      if (!found || !forecast(found.cases.length).wouldMiss) return undefined;
      const { met, missed, target = 0 } = forecast(found.cases.length).figure;
      const figure = { met, missed, atRisk: found.cases.length, target };
      return { figure, firstDue: found.first, departments: await departmentsOf(heads, found, until) };
    };
    const about = { rule: 'at-risk' as const, day, of: 'measure' as const, value: measure };
    const { events } = await execute(alerts, {
      site,
      id: alertId(about),
      now,
      by: 'system:alerts',
      read: async (state) => (state ? undefined : seen()),
      decide: (state, found) => (found ? raise(state, { ...about, ...found }, now, context) : []),
    });
    raised += events.length;
  }
  return raised;
};

/** In: nothing but the time, every hour. Out: alerts of the targets that are about to be missed. A site that fails stops no other. */
export const findAtRisk = (deps: LookDeps) => async (): Promise<{ raised: number; failed: number }> => {
  const now = deps.clock();
  const done = { raised: 0, failed: 0 };
  await inParallel(await everySite(deps.policies), WIDTH, async ({ site }) => {
    try {
      done.raised += await lookAtSite(deps, site, now);
    } catch (error) {
      done.failed += 1;
      failure('HY-ALR-2', { site, error: errorName(error) });
    }
  });
  log('HY-ALR-1', done);
  if (done.failed > 0) throw new Error(`${done.failed} sites could not be looked at; the next hour looks again`);
  return done;
};
