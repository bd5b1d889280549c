import { expect, test } from 'vitest';
import { cardsOf } from '../../../shared/testing/merged.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { openLetters } from '../letters/open.ts';
import { lettersIn, payersIn } from '../letters/store.ts';
import type { Notify } from './notice-work.ts';
import { flats, siteWithFees } from './testing.ts';

/** 130 flats, the first and the last of which are one payer's from a moment on: more than a page apart. */
const siteOf = async () => {
  const site = await siteWithFees(flats('A', 130));
  const letters = lettersIn(site.tables);
  const { policies, directory } = site.deps;
  const to = { letters, payers: payersIn(site.tables), directory, policies, enqueue: async () => {} };
  const merge = async (ids: [string, ...string[]]) => {
    for (const card of cardsOf(SITE, ids)) await site.publish(card);
  };
  const notify: Notify = (at, when, wanted, cards) => openLetters(to, { site: at, at: when, by: 'x' }, wanted, cards);
  return {
    site,
    merge,
    notify,
    /** Workers do what there is to do, with a notice's letters as they are. @param before each turn at the notices */
    drain: async (before = async (_turn: number) => {}) => {
      await site.issue();
      for (let [todo, turn] = [await site.left(), 0]; todo.length > 0; todo = await site.left()) {
        for (const one of todo) {
          if (one.part === undefined) await before(++turn);
          while (await site.work(one, { notify }));
        }
      }
    },
    /** The bills of every letter, by payer. */
    told: async () => {
      const found: [string, string[]][] = [];
      for (let after: string | undefined, more = true; more; more = after !== undefined) {
        const page = await letters.list(SITE, false, 100, after);
        for (const { state } of page.items)
          found.push([state?.party ?? '', (state?.accounts ?? []).map((one) => one.unit)]);
        after = page.next;
      }
      return found;
    },
  };
};
const ENDS: [string, string][] = [
  ['pty_a1', 'pty_a130'],
  ['pty_a130', 'pty_a1'],
];

test.each(ENDS)(
  '%s, into whom %s was merged, has one notice over the accounts of both, and it is counted once',
  async (stays, gone) => {
    const s = await siteOf();
    await s.merge([stays, gone]);
    await s.drain();
    const told = await s.told();
    expect(told).toHaveLength(129);
    expect(told.filter(([party]) => party === gone)).toEqual([]);
    expect(told.find(([party]) => party === stays)?.[1].sort()).toEqual(['unt_a1', 'unt_a130']);
    expect(await s.site.state()).toMatchObject({ status: 'issued', notices: 129 });
  },
);

test.each(ENDS)(
  'merged into %s while notices go out, %s has its bills in one notice or the other, each once',
  async (stays, gone) => {
    const s = await siteOf();
    let calls = 0;
    const notify: Notify = async (...asked) => {
      await s.notify(...asked);
      // Between the letters of the first page and the record of how far they have come.
      if (++calls === 1) {
        await s.merge([stays, gone]);
        throw new Error('died');
      }
    };
    await s.site.issue();
    for (let todo = await s.site.left(); todo.length > 0; todo = await s.site.left()) {
      for (const one of todo) while (await s.site.work(one, { notify }).catch(() => true));
    }
    const units = (await s.told()).flatMap(([, some]) => some);
    expect([units.length, new Set(units).size]).toEqual([130, 130]);
    expect((await s.site.state())?.status).toBe('issued');
  },
);

test('a payer who was never merged costs the notices no further read', async () => {
  const s = await siteOf();
  let reads = 0;
  const { send } = s.site.doc;
  s.site.doc.send = ((
    command: { input: { RequestItems?: Record<string, { Keys?: unknown[] }> } },
    ...more: never[]
  ) => {
    reads += command.input.RequestItems?.registry?.Keys?.length ?? 0;
    return (send as (...all: unknown[]) => unknown).call(s.site.doc, command, ...more);
  }) as typeof send;
  await s.drain(async (turn) => {
    if (turn === 1) reads = 0;
  });
  // One card each.
  expect(reads).toBe(130);
});
