/** What was used, by whom and by which action. Pure counting; `bill.ts` prices it. */

export type Unit =
  | 'dynamodb.readUnits'
  | 'dynamodb.writeUnits'
  | 'events.entries'
  | 'states.transitions'
  | 'lambda.invocations'
  /** Milliseconds, as they are billed (local/functions/billed-time.ts), × megabytes. */
  | 'lambda.mbMs'
  | 'sqs.requests'
  /** PUT and LIST. */
  | 's3.puts'
  | 's3.gets'
  | 'ses.messages'
  | 'api.requests'
  | 'scheduler.invocations'
  | 'logs.bytes';

/** Who → action → unit → amount. */
export type Usage = Record<string, Record<string, Partial<Record<Unit, number>>>>;

export interface Meter {
  /** `who` is a function's name, or what else caused it (a machine, the API, a schedule). */
  count(who: string, action: string, unit: Unit, amount?: number): void;
  snapshot(): Usage;
  /** What was added since a snapshot; whoever used nothing isn't in it. */
  since(earlier: Usage): Usage;
}

export function createMeter(): Meter {
  const usage: Usage = {};
  return {
    count(who, action, unit, amount = 1) {
      usage[who] ??= {};
      const actions = usage[who];
      actions[action] ??= {};
      const units = actions[action];
      units[unit] = (units[unit] ?? 0) + amount;
    },
    snapshot: () => structuredClone(usage),
    since(earlier) {
      const difference: Usage = {};
      for (const { who, action, unit, amount } of entries(usage)) {
        const added = amount - (earlier[who]?.[action]?.[unit] ?? 0);
        if (added === 0) continue;
        difference[who] ??= {};
        difference[who][action] ??= {};
        difference[who][action][unit] = added;
      }
      return difference;
    },
  };
}

/** Every amount of a usage, flat. */
export function* entries(usage: Usage): Generator<{ who: string; action: string; unit: Unit; amount: number }> {
  for (const [who, actions] of Object.entries(usage)) {
    for (const [action, units] of Object.entries(actions)) {
      for (const [unit, amount] of Object.entries(units)) yield { who, action, unit: unit as Unit, amount };
    }
  }
}

/** Sums over everybody, by unit. */
export function totals(usage: Usage): Partial<Record<Unit, number>> {
  const sums: Partial<Record<Unit, number>> = {};
  for (const { unit, amount } of entries(usage)) sums[unit] = (sums[unit] ?? 0) + amount;
  return sums;
}

/** Requests AWS bills for so many bytes: one per 64 KB begun, at least one. */
export const per64Kb = (bytes: number): number => Math.max(1, Math.ceil(bytes / 65_536));
