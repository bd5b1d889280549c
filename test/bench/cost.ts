import { bill, LIST_PRICES, type Unit, type Usage } from '../../local/gateway/index.ts';
import { entries } from '../../local/gateway/meter.ts';
import type { Deployment } from '../../local/model.ts';

/** What something used, per case. */
export interface Cost {
  readUnits: number;
  writeUnits: number;
  transitions: number;
  events: number;
  invocations: number;
  /** Of functions, ms: their own processor time and the declared waits for AWS (see local/functions/billed-time.ts). */
  functionMs: number;
  sqsRequests: number;
  mails: number;
  apiRequests: number;
  logBytes: number;
  /** Dollars per 1,000 at list prices, without email. */
  per1000Usd: number;
}

const PLAIN: Partial<Record<Unit, keyof Cost>> = {
  'dynamodb.readUnits': 'readUnits',
  'dynamodb.writeUnits': 'writeUnits',
  'states.transitions': 'transitions',
  'events.entries': 'events',
  'lambda.invocations': 'invocations',
  'sqs.requests': 'sqsRequests',
  'ses.messages': 'mails',
  'api.requests': 'apiRequests',
  'logs.bytes': 'logBytes',
};

const none = (): Cost => ({
  readUnits: 0,
  writeUnits: 0,
  transitions: 0,
  events: 0,
  invocations: 0,
  functionMs: 0,
  sqsRequests: 0,
  mails: 0,
  apiRequests: 0,
  logBytes: 0,
  per1000Usd: 0,
});

/** A usage as costs of each of `cases`. */
export const costOf = (usage: Usage, { functions }: Deployment, cases: number): Cost => {
  const memory = new Map(functions.map(({ name, memoryMb }) => [name, memoryMb]));
  const cost = none();
  for (const { who, unit, amount } of entries(usage)) {
    const field = PLAIN[unit];
    if (field) cost[field] += amount / cases;
    if (unit === 'lambda.mbMs') cost.functionMs += amount / (memory.get(who) ?? 1) / cases;
  }
  const { total, byUnit } = bill(usage, LIST_PRICES);
  cost.per1000Usd = ((total - (byUnit['ses.messages'] ?? 0)) * 1000) / cases;
  return cost;
};

export const sumOf = (costs: readonly Cost[]): Cost => {
  const sum = none();
  for (const cost of costs) for (const field of Object.keys(sum) as (keyof Cost)[]) sum[field] += cost[field];
  return sum;
};

/** Who does what on a timetable whether anything happens or not: schedules and the functions they call. */
export const standingOf = ({ schedules, functions }: Pick<Deployment, 'schedules' | 'functions'>): Set<string> =>
  new Set(
    schedules.flatMap(({ name, target }) => [name, functions.find(({ arn }) => arn === target.arn)?.name ?? name]),
  );

/** A usage without, or of nothing but, what runs on a timetable. */
export const split = (usage: Usage, deployment: Deployment): { caused: Usage; standing: Usage } => {
  const standing = standingOf(deployment);
  const part = (keep: (who: string) => boolean): Usage =>
    Object.fromEntries(Object.entries(usage).filter(([who]) => keep(who)));
  return { caused: part((who) => !standing.has(who)), standing: part((who) => standing.has(who)) };
};

/** Adds a usage to another. */
export const addTo = (sum: Usage, more: Usage): void => {
  for (const { who, action, unit, amount } of entries(more)) {
    sum[who] ??= {};
    sum[who][action] ??= {};
    sum[who][action][unit] = (sum[who][action][unit] ?? 0) + amount;
  }
};

/** Where the money goes: the dearest of who, by what action, in dollars per 1,000 of `cases`. */
const dearest = (usage: Usage, { functions, machines }: Deployment, cases: number, most = 12) => {
  const path = new Map([...functions, ...machines].map((one) => [one.name, one.path]));
  return [...entries(usage)]
    .filter(({ unit }) => unit !== 'ses.messages')
    .map(({ who, action, unit, amount }) => ({
      who: path.get(who) ?? who,
      action,
      unit,
      each: amount / cases,
      per1000Usd: (amount * LIST_PRICES.perUnit[unit] * 1000) / cases,
    }))
    .sort((a, b) => b.per1000Usd - a.per1000Usd)
    .slice(0, most);
};

/** The shares of the price by unit, dollars per 1,000. */
const byUnit = (usage: Usage, cases: number) =>
  Object.entries(bill(usage, LIST_PRICES).byUnit)
    .filter(([unit]) => unit !== 'ses.messages')
    .map(([unit, dollars]) => ({ unit, per1000Usd: (dollars * 1000) / cases }))
    .sort((a, b) => b.per1000Usd - a.per1000Usd);

/** Where the money goes, by unit and by who does what. */
export const where = (usage: Usage, deployment: Deployment, cases: number) => ({
  units: byUnit(usage, cases),
  top: dearest(usage, deployment, cases),
});
