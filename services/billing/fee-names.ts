import type { FeeNames } from '../../shared/http/names.ts';
import type { JournalTables } from '../../shared/journal/journal.ts';
import { type Clock, type Instant, MINUTE } from '../../shared/time/clock.ts';
import { type ItemNames, itemLabel, periodLabel } from './documents/contract.ts';
import { feesIn, itemNames } from './tariffs/contract-store.ts';

const SITES_MOST = 1_000;

/** Fee items and bills as letters call them, by code; what a site charges is read once a minute at most. */
export const feeNamesIn = (tables: JournalTables, clock: Clock): FeeNames => {
  const fees = feesIn(tables);
  const known = new Map<string, { until: Instant; names: ItemNames }>();
  const ofSite = async (site: string): Promise<ItemNames> => {
    const before = known.get(site);
    if (before && before.until > clock()) return before.names;
    const names = await itemNames(fees, site);
    if (known.size >= SITES_MOST) known.clear();
    known.set(site, { until: clock() + MINUTE, names });
    return names;
  };
  return async (site, codes, language) => {
    const names = await ofSite(site);
    return new Map(
      codes.flatMap((code) => {
        const item = code.split('/', 1)[0] as string;
        const label = itemLabel(code, names, language);
        if (label === item) return [];
        if (item === code) return [[code, label]];
        return [
          [item, label],
          [code, `${label} ${periodLabel(code, language)}`],
        ];
      }),
    );
  };
};
