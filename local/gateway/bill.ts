import { entries, type Unit, type Usage } from './meter.ts';
import type { Prices } from './prices.ts';

export interface Bill {
  /** Dollars. */
  total: number;
  byUnit: Partial<Record<Unit, number>>;
  byWho: Record<string, number>;
  prices: { asOf: string; region: string };
}

/** Prices a usage by a list. */
export function bill(usage: Usage, prices: Prices): Bill {
  const result: Bill = { total: 0, byUnit: {}, byWho: {}, prices: { asOf: prices.asOf, region: prices.region } };
  for (const { who, unit, amount } of entries(usage)) {
    const dollars = amount * prices.perUnit[unit];
    result.total += dollars;
    result.byUnit[unit] = (result.byUnit[unit] ?? 0) + dollars;
    result.byWho[who] = (result.byWho[who] ?? 0) + dollars;
  }
  return result;
}
