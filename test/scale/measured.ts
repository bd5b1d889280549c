import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../bench/facts.ts';
import type { Load } from '../bench/measuring.ts';

/** What `npm run bench -- --only loads --write` wrote: what each thing that happens uses, and what the template sets. */
export interface Measured {
  machine: { cpus: number; load: number; node: string };
  loads: Record<LoadName, Load>;
  facts: Facts;
}

/** What happens, by the names under which the bench measures it. */
export const LOADS = [
  'contact',
  'complaint',
  'complaint left alone',
  'page',
  'figures',
  'unit',
  'notice',
  'friendly',
  'reminder',
  'call',
  'second notice',
  'demand',
  'payment',
  'a day without anything',
] as const;
export type LoadName = (typeof LOADS)[number];

export const MEASURED = join(import.meta.dirname, '..', '..', 'docs', 'scale', 'measured.json');

/** @throws Error when the bench has not written one of them */
export const readMeasured = (): Measured => {
  const found = JSON.parse(readFileSync(MEASURED, 'utf8')) as Measured;
  const missing = LOADS.filter((name) => !found.loads[name]);
  if (missing.length > 0)
    throw new Error(`${MEASURED} lacks ${missing.join(', ')}: npm run bench -- --only loads --write`);
  return found;
};
