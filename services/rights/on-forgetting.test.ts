import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { personalTable } from '../../shared/aws/table.ts';
import type { Recorded } from '../../shared/domain/events.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { type forgettingDone, KEEPING, type Keeping } from '../../shared/forgetting/events.ts';
import { execute } from '../../shared/journal/execute.ts';
import { memoryTables } from '../../shared/memory-tables/tables.ts';
import { forgetText, personalKey, personalText, refOf } from '../../shared/people/personal.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { askErasure, confirmErasure, type Erasure, erasureId, refuseErasure } from './erasure.ts';
import { onForgetting } from './on-forgetting.ts';
import { erasedIn, erasuresIn, rightsTable } from './store.ts';

const NOW = Date.UTC(2026, 2, 2, 2);
const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const SITE = 'lakeside';
const ID = erasureId('pty_1');

test('once it is finished the words it was asked for and once refused in are gone, and listed; not before', async () => {
  const doc = memoryTables(rightsTable, personalTable);
  const tables = { doc, own: 'rights', personal: 'personal', clock: () => NOW };
  const erasures = erasuresIn(tables);
  const erased = erasedIn(tables);
  const deps = { erasures, erased, forget: forgetText(tables) };
  const texts: string[] = [];
  let n = 0;
  const does = async (
    staff: string,
    what: (
      on: { state: Erasure | undefined; now: number; context: typeof CONTEXT; actor: never },
      ref: never,
    ) => unknown,
  ) => {
    const text = personalText('reason', `words ${++n}`, NOW, Math.random, undefined);
    texts.push(text.ref);
    await execute(erasures, {
      site: SITE,
      id: ID,
      now: NOW,
      by: staff,
      idempotencyKey: { scope: `k${n}`, body: '' },
      decide: (state) => {
        const actor = { staff, roles: [], departments: [] } as never;
        const events = what({ state, now: NOW, context: CONTEXT, actor }, refOf(text) as never);
        return events instanceof Refusal ? events : { events: events as never, personal: [text] };
      },
    });
  };
  const there = async () => {
    const items = texts.map((ref) => doc.send(new GetCommand({ TableName: 'personal', Key: personalKey(SITE, ref) })));
    return (await Promise.all(items)).filter(({ Item }) => Item).length;
  };
  await does('wang', (on, reason) => askErasure(on, { party: 'pty_1', reason }));
  await does('zhao', (on, reason) => refuseErasure(on, reason));
  await does('wang', (on, reason) => askErasure(on, { party: 'pty_1', reason }));
  await does('zhao', (on) => confirmErasure(on, ['pty_1'], undefined));
  const answer = async (service: Keeping) => {
    const asked = (await erasures.head(SITE, ID)).state?.asked.at(-1);
    const data = { erasure: ID, service, asked, erased: 1, left: [], waiting: [], waits: 0 };
    const event = { id: `fgt_${service}.1`, name: 'forgetting.done', site: SITE, at: NOW, by: 'system:rights', data };
    await onForgetting.handle(event as unknown as Recorded<typeof forgettingDone>, deps);
    // However often it is heard.
    await onForgetting.handle(event as unknown as Recorded<typeof forgettingDone>, deps);
  };
  for (const service of KEEPING.filter((one) => one !== 'registry')) await answer(service);
  expect(await there()).toBe(4);
  await answer('registry');
  expect((await erasures.head(SITE, ID)).state?.status).toBe('finished');
  // The confirmation says nothing: its words stand for none of its own.
  expect(await there()).toBe(1);
  expect(await erased.play('personal')).toBe(3);
});
