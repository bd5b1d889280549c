import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../../shared/journal/execute.ts';
import { SECOND } from '../../../shared/time/clock.ts';
import { type RealEngine, startRealEngine } from '../../../test/support/real-engine.ts';
import { billingTable } from '../store.ts';
import { handOver } from './decide.ts';
import { join } from './join.ts';
import { letterId } from './letter.ts';
import { AHEAD } from './mail/pace.ts';
import { paceIn } from './mail/pace-store.ts';
import { accepted, applyMailEvent, claim } from './mail/sending.ts';
import { type Letters, lettersIn, listedLetters, readRunCounts } from './store.ts';
import { ADDRESS, billed, CONTEXT, NINE, told, wanted } from './testing.ts';

let engine: RealEngine;
let own: string;
let letters: Letters;
let tables = 0;
beforeAll(async () => {
  engine = await startRealEngine();
});
afterAll(() => engine?.stop());
beforeEach(async () => {
  own = `billing${++tables}`;
  const ranges = billingTable.indexes.flatMap(({ hash, range }) => [
    [hash, 'S'] as const,
    ...(range ? [[range.name, range.type] as const] : []),
  ]);
  const indexes = billingTable.indexes.map(({ name, hash, range }) => ({
    name,
    key: { hash, ...(range ? { range: range.name } : {}) },
    projection: 'KEYS_ONLY' as const,
  }));
  const attributes = { pk: 'S', sk: 'S', ...Object.fromEntries(ranges) } as const;
  await engine.createTables([
    { logicalId: own, arn: own, name: own, key: { hash: 'pk', range: 'sk' }, attributes, indexes },
  ]);
  letters = lettersIn({ doc: engine.doc, own });
});

describe('the pace of mail', () => {
  const pace = () => paceIn({ doc: engine.doc, own }, 10);
  const reserve = (letter: string, now = NINE) => pace().reserve('sit_1', letter, now);

  test('each mail has a moment of its own, a tenth of a second apart, however many ask at once', async () => {
    const moments = await Promise.all(Array.from({ length: 40 }, (_, i) => reserve(`let_${i}`)));
    expect(moments.sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => NINE + i * 100));
  });

  test('after a pause it begins anew from now: what was not used is not saved up', async () => {
    await reserve('let_1');
    expect([await reserve('let_2', NINE + 5 * SECOND), await reserve('let_3', NINE + 5 * SECOND)]).toEqual([
      NINE + 5 * SECOND,
      NINE + 5 * SECOND + 100,
    ]);
  });

  test('held, nothing goes before; holding shorter than what waits changes nothing', async () => {
    await pace().hold(NINE + 60 * SECOND);
    await pace().hold(NINE + SECOND);
    expect(await reserve('let_1')).toBe(NINE + 60 * SECOND);
  });

  test('a letter that waits for its moment has one, whatever messages ask for it, and another once it has passed', async () => {
    await pace().hold(NINE + 60 * SECOND);
    const moments = await Promise.all(Array.from({ length: 4 }, () => reserve('let_1')));
    const [one = 0, ...others] = [...moments, await reserve('let_1', NINE + 90 * SECOND)];
    expect(others).toEqual(Array(4).fill(one));
    expect(one - NINE).toBeLessThan(61 * SECOND);
    const later = NINE + 121 * SECOND;
    await pace().hold(later + 30 * SECOND);
    expect([await reserve('let_1', later), await reserve('let_1', later)]).toEqual(Array(2).fill(later + 30 * SECOND));
  });

  test('moments are given a short way ahead; what finds none asks again', async () => {
    await pace().hold(NINE + AHEAD);
    expect([await pace().hasRoom(NINE), await reserve('let_1')]).toEqual([true, NINE + AHEAD]);
    expect([await pace().hasRoom(NINE), await reserve('let_2')]).toEqual([false, undefined]);
    expect(await reserve('let_2', NINE + SECOND)).toBe(NINE + AHEAD + 100);
  });
});

describe('letters in their table', () => {
  const open = async (party: string, why?: 'no-address') => {
    const notice = wanted({ kind: 'fee-notice', run: 'run_2026-11', party, accounts: [billed('acc_1-1')] });
    const id = letterId({ party, run: notice.run, day: '', part: 'email' }, 1);
    await does(id, (on) => join(on, notice, { ordinal: 1, why }).events);
    return id;
  };
  const does = (id: string, decide: (on: Parameters<typeof claim>[0]) => ReturnType<typeof claim>) =>
    execute(letters, {
      site: 's',
      id,
      now: NINE,
      by: 'test',
      decide: (state) => decide({ state, now: NINE, context: CONTEXT }),
    });

  test('those of a run are counted in step with them, however many change at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, i) => open(`pty_${i}`, i < 2 ? 'no-address' : undefined)),
    );
    await Promise.all(ids.map((id) => does(id, (on) => claim(on, { address: ADDRESS, contentHash: 'c' }))));
    await Promise.all(
      ids.map((id) => does(id, (on) => accepted(on, { attempt: 1, messageId: 'm', acceptedAt: NINE }))),
    );
    await Promise.all(
      ids.map((id, i) =>
        does(id, (on) => applyMailEvent(on, told(i === 2 ? 'bounced' : 'delivered', NINE, { hard: true }))),
      ),
    );
    const actor = { staff: 'li', roles: [], departments: [] };
    await does(ids[0] ?? '', (on) => handOver({ ...on, actor }, { receivedBy: 'payer' }) as ReturnType<typeof claim>);
    expect(await readRunCounts(letters, 's', 'run_2026-11')).toEqual({
      letters: 12,
      waiting: 0,
      sent: 10,
      delivered: 9,
      bounced: 1,
      paper: 3,
      handedOver: 1,
    });
  });

  test('those to print are listed by day, page by page, each once', async () => {
    const ids = await Promise.all(Array.from({ length: 7 }, (_, i) => open(`pty_${i}`, 'no-address')));
    await open('pty_mail');
    const found: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const page = await listedLetters(letters, 's', { status: 'to-print', day: '2026-11-11', limit: 3, after });
      found.push(...page.items.map(({ id }) => id));
      after = page.next;
      more = after !== undefined;
    }
    expect(found).toEqual([...ids].sort());
    expect((await listedLetters(letters, 's', { status: 'to-print', day: '2026-11-12', limit: 3 })).items).toEqual([]);
    expect((await listedLetters(letters, 's', { status: 'to-print', limit: 9 })).items).toHaveLength(7);
  });
});
