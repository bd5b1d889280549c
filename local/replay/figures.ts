import { addDays, localDay } from '../../shared/time/clock.ts';
import type { Answer, Caller } from '../client.ts';
import type { Lived } from '../demo/group.ts';
import { ZONE } from './rows.ts';

const MEASURES = ['Q1', 'Q2', 'Q3', 'Q4'] as const;
const COUNTS = ['due', 'met', 'missed', 'running', 'excluded'] as const;
/** The API answers for at most so many days at once. */
const DAYS = 400;

type Counts = Record<(typeof COUNTS)[number], number>;
type SiteFigures = Record<(typeof MEASURES)[number], Counts & { days: Record<string, Counts> }>;
export interface Figures {
  sites: Record<string, SiteFigures>;
  group: SiteFigures;
}

const none = (): SiteFigures =>
  Object.fromEntries(
    MEASURES.map((id) => [id, { due: 0, met: 0, missed: 0, running: 0, excluded: 0, days: {} }]),
  ) as unknown as SiteFigures;

/** A report of the API, asked for by day in pieces it answers, as counts and days. */
const read = async (from: Caller, path: string, first: string, last: string): Promise<SiteFigures> => {
  const figures = none();
  for (let day = first; day <= last; day = addDays(day, DAYS)) {
    const end = addDays(day, DAYS - 1);
    const report = await from.get(`${path}?from=${day}&to=${end < last ? end : last}&by=day`);
    for (const { period, figures: found } of report.periods as { period: string; figures: Answer }[]) {
      for (const id of MEASURES) {
        const counts = Object.fromEntries(COUNTS.map((name) => [name, found[id][name]])) as Counts;
        if (counts.due === 0 && counts.excluded === 0) continue;
        figures[id].days[period] = counts;
        for (const name of COUNTS) figures[id][name] += counts[name];
      }
    }
  }
  return figures;
};

/** The figures of every site and of the group, under the names the file gives the sites. */
export const figuresOf = async (
  from: Caller,
  siteId: Map<string, string>,
  { start, until }: { start: number; until: number },
): Promise<Figures> => {
  const [first, last] = [localDay(start, ZONE), localDay(until, ZONE)];
  const sites: [string, SiteFigures][] = [];
  for (const [name, id] of siteId) sites.push([name, await read(from, `/sites/${id}/figures`, first, last)]);
  return { sites: Object.fromEntries(sites), group: await read(from, '/figures', first, last) };
};

/** Recomputes everything from the journals through the API and gives back how much differs. */
export const rebuildDifferences = async (cloud: Lived, admin: Caller): Promise<number> => {
  const { id } = await admin.post('/figures/rebuild', {}, 'rebuild');
  await cloud.clock.settle();
  const { status, differences, examples } = await admin.get(`/figures/rebuild/${id}`);
  if (status !== 'done') throw new Error(`the rebuild is still ${status}`);
  for (const example of examples) console.error('differs:', JSON.stringify(example));
  return differences;
};
