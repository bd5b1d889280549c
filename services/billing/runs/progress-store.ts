import type { Page } from '../../../shared/journal/journal.ts';
import type { LeftOut } from '../tariffs/contract.ts';
import { type PartEvent, partId } from './part.ts';
import type { Run } from './run.ts';
import { type Runs, stretchesIn } from './store.ts';
import { addTotals, type LeftOutGroup, type Totals } from './tally.ts';

type Progressed = { buildings: { building: string; totals: Totals }[]; leftOut: LeftOutGroup[] };
interface Paging {
  limit: number;
  after?: string | undefined;
}
type Begun = { id: string; state: Run };

/** What a part has recorded in the present round, oldest first. */
const progressIn = async ({ parts }: Runs, site: string, { id, state }: Begun, part: number): Promise<Progressed[]> => {
  const { state: known } = await parts.head(site, partId(id, part));
  if (known?.round !== state.round) return [];
  const events = await parts.history(site, partId(id, part), undefined, known.since);
  return events
    .filter(({ name }) => name === ('part.progressed' satisfies PartEvent['name']))
    .map(({ data }) => data as Progressed);
};

/** Whatever a caller makes up is some place in the list. */
const placeOf = (after: string | undefined): [part: number, skip: number] => {
  const [part = 0, skip = 0] = (after ?? '').split('.').map((text) => Number.parseInt(text, 10) || 0);
  return [Math.max(0, part), Math.max(0, skip)];
};

/** A page over what parts hold, part after part; `next` says in which part it goes on, and after how many of it. */
const pageOver = async <T>(
  runs: Runs,
  site: string,
  run: Begun,
  { limit, after }: Paging,
  of: (progress: readonly Progressed[]) => T[],
): Promise<Page<T>> => {
  const count = (await stretchesIn(runs, site, run.id, run.state.since)).length;
  const items: T[] = [];
  let [part, skip] = placeOf(after);
  for (; part < count; part++, skip = 0) {
    const all = of(await progressIn(runs, site, run, part));
    const some = all.slice(skip, skip + limit - items.length);
    items.push(...some);
    if (skip + some.length < all.length) return { items, next: `${part}.${skip + some.length}` };
    if (items.length === limit) break;
  }
  return { items, ...(part + 1 < count ? { next: `${part + 1}.0` } : {}) };
};

/** A page of a run's buildings, in the order of the directory, with what each has come to. */
export const buildingsPage = (runs: Runs, site: string, run: Begun, paging: Paging) =>
  pageOver(runs, site, run, paging, (progress) => {
    const sums = new Map<string, Totals>();
    for (const { building, totals } of progress.flatMap(({ buildings }) => buildings)) {
      const before = sums.get(building);
      sums.set(building, before ? addTotals(before, totals) : totals);
    }
    return [...sums].map(([building, totals]) => ({ building, totals }));
  });

/** A page of what a run has left out. */
export const leftOutPage = (runs: Runs, site: string, run: Begun, paging: Paging): Promise<Page<LeftOut>> =>
  pageOver(runs, site, run, paging, (progress) =>
    progress
      .flatMap(({ leftOut }) => leftOut)
      .flatMap(({ item, reason, units }) => units.map((unit) => ({ unit, item, reason }))),
  );
