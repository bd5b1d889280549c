import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Envelope } from '../../shared/domain/events.ts';
import type { Day } from '../../shared/time/clock.ts';
import { cellOf, openExport, targetFrom } from '../../test/support/open-data.ts';
import { report } from '../reporting/figures/figures.ts';
import { project } from '../reporting/figures/measures/index.ts';
import type { Seen } from '../reporting/figures/measures/measure.ts';
import { caseOutcomesOf, mergeFacts } from '../reporting/figures/row.ts';
import { type Counts, tally } from '../reporting/figures/tally.ts';
import { billing } from '../reporting/testing/billing.ts';
import { journals, lives, mixed, SITE, ZONE } from '../reporting/testing/site.ts';
import { objectsOf } from './objects.ts';

/** Twenty histories, each written to files and asked by SQL, on a machine that may be busy. */
const PATIENCE_MS = 60_000;

const OPENED = {
  id: `${SITE}.1`,
  name: 'site.opened',
  site: SITE,
  aggregate: SITE,
  version: 1,
  at: 0,
  by: 'system:test',
  data: { name: SITE, timeZone: ZONE },
} satisfies Envelope;

const some = fc.tuple(lives, billing).chain(([all, billed]) => {
  const events = [...all.flatMap((life) => journals(life).flat()), ...billed.flat()];
  // Up to a moment, so that some of it still runs.
  const moments = events.map(({ at }) => at).sort((a, b) => a - b);
  return fc.integer({ min: Math.floor(moments.length / 3), max: moments.length - 1 }).chain((nth) => {
    const happened = events.filter(({ at }) => at <= (moments[nth] ?? 0));
    return fc.record({ events: fc.constant(happened), order: mixed(happened), size: fc.integer({ min: 5, max: 200 }) });
  });
});

/** The aggregate's word: every day of all that happened. */
const counted = (events: readonly Seen[]) => {
  const days = new Map<Day, Counts>();
  const rows = mergeFacts(
    SITE,
    events.flatMap((event) => project(event, ZONE)),
  );
  for (const [, { key, facts }] of rows) tally(days, caseOutcomesOf({ key, facts }));
  return [...days].map(([day, counts]) => ({ day, counts })).sort((a, b) => (a.day < b.day ? -1 : 1));
};

test(
  'law: Q3 and Q5 asked of the export are what the aggregate counts, on every day, whatever is delivered twice',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-export-'));
    const seen = { cells: 0, met: 0, missed: 0, attempted: 0, running: 0, excluded: 0 };
    const write = (events: readonly Envelope[]) => {
      const messages = events.map((event, i) => ({ id: `m${i}`, body: JSON.stringify(event) }));
      for (const { key, lines } of objectsOf(messages).objects) {
        mkdirSync(dirname(join(folder, key)), { recursive: true });
        writeFileSync(join(folder, key), gzipSync(`${lines.join('\n')}\n`));
      }
    };
    const asked = fc.asyncProperty(some, async ({ events, order, size }) => {
      rmSync(folder, { recursive: true, force: true });
      const all: Envelope[] = [OPENED, ...order];
      for (let i = 0; i < all.length; i += size) write(all.slice(i, i + size));
      const days = counted(events);
      const { periods } = report(days, 'day', { from: days[0]?.day ?? '', to: days.at(-1)?.day ?? '' });
      const db = await openExport(folder);
      try {
        for (const id of ['Q3', 'Q5'] as const) {
          const cells = periods.flatMap(({ period, figures }) => {
            const cell = cellOf(id, figures[id]);
            return cell ? [[`${SITE} ${period}`, cell] as const] : [];
          });
          expect(await targetFrom(db, id), id).toEqual(Object.fromEntries(cells));
          for (const [, cell] of cells) {
            seen.cells += 1;
            for (const name of Object.keys(seen)) seen[name as keyof typeof seen] += cell[name] ?? 0;
          }
        }
      } finally {
        db.closeSync();
      }
    });
    try {
      await fc.assert(asked, { numRuns: 20, seed: 20_261_124, endOnFailure: true });
      // Nothing of it for want of cases.
      expect(Object.entries(seen).filter(([, n]) => n === 0)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  PATIENCE_MS,
);
