import { measureDesk } from './loads-desk.ts';
import { measureFees } from './loads-fees.ts';
import type { Load } from './measuring.ts';

/** What each thing that happens uses, in all and by partition key: the numbers behind the load model (docs/scale.md). */
export const measureLoads = async (assembly: string): Promise<Record<string, Load>> => ({
  ...(await measureDesk(assembly)),
  ...(await measureFees(assembly)),
});

/** How much of what each used, and which partition keys that many share took the most. */
export const printLoads = (loads: Record<string, Load>): string =>
  [
    'What each thing that happens uses, all that it causes included; by partition key with --json',
    ...Object.entries(loads).map(([name, { readUnits, writeUnits, invocations, functionMs, keys }]) => {
      const hottest = keys.filter(({ key }) => !key.includes('{id}')).sort((a, b) => b.writeUnits - a.writeUnits)[0];
      const most = hottest
        ? `; most on ${hottest.table} ${hottest.index ?? ''} ${hottest.key} ${hottest.writeUnits}`
        : '';
      return `  ${name}: read ${readUnits}, write ${writeUnits}, ${invocations} invocations, ${functionMs} ms${most}`;
    }),
  ].join('\n');
