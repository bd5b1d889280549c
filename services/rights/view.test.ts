import { expect, test } from 'vitest';
import type { Recorded } from '../../shared/domain/events.ts';
import type { Keeping } from '../../shared/forgetting/events.ts';
import { type Erasure, type ErasureAnswer, erasureId, erasureType } from './erasure.ts';
import type { ErasureEvent } from './events.ts';
import { erasureView } from './view.ts';

const ASKED = 'evt_1';
const answered = (service: Keeping, over: Partial<ErasureAnswer> = {}): ErasureAnswer =>
  ({ service, asked: ASKED, erased: 1, left: [], waiting: [], waits: 0, toldAt: 1, ...over }) as ErasureAnswer;

/** An erasure that was confirmed, as each service answered it. */
const seen = (...answers: ErasureAnswer[]) => {
  const state = {
    status: 'confirmed',
    party: 'pty_1',
    parties: ['pty_1'],
    reason: { ref: 'txt_1', hash: 'h' },
    askedBy: 'wang',
    askedAt: 0,
    answers: Object.fromEntries(answers.map((one) => [one.service, one])),
    asked: [ASKED],
    policy: 0,
    owed: [],
  } as Erasure;
  const { services } = erasureView({ id: erasureId('pty_1'), site: 'lakeside', version: 3, state }, 0);
  return services.filter(({ service }) => ['intake', 'complaints', 'callbacks'].includes(service));
};

test('asked for again and refused, it still tells what was erased before, by whom, and what that left', () => {
  const left = { what: 'letter', cases: 2, texts: 1, law: 'evidence' as const, until: 5 };
  const recorded = (name: string, by: string, data: object, at: number) =>
    ({ name: `erasure.${name}`, id: `ers_1.${at}`, by, at, data }) as unknown as Recorded<ErasureEvent>;
  const asks = (by: string, at: number) =>
    recorded('asked', by, { party: 'pty_1', reason: { ref: 't', hash: 'h' }, policy: 0, opens: [] }, at);
  const events = [
    asks('wang', 1),
    recorded('confirmed', 'zhao', { parties: ['pty_1'], again: 9 }, 2),
    recorded('answered', 'x', { ...answered('billing', { left: [left] }), asked: 'ers_1.2' }, 3),
    recorded('finished', 'x', {}, 4),
    asks('li', 5),
  ];
  const view = (history: typeof events) => {
    const state = history.reduce(erasureType.fold, undefined as Erasure | undefined) as Erasure;
    return erasureView({ id: 'ers_1', site: 'lakeside', version: history.length, state }, 10);
  };
  for (const refused of [[], [recorded('refused', 'zhao', { reason: { ref: 'r', hash: 'h' } }, 6)]]) {
    const { status, askedBy, erased } = view([...events, ...refused]);
    expect([status, askedBy]).toEqual([refused.length > 0 ? 'refused' : 'asked', 'li']);
    expect(erased).toMatchObject({ at: '1970-01-01T00:00:00.004Z', askedBy: 'wang', confirmedBy: 'zhao' });
    const billing = erased?.services.find(({ service }) => service === 'billing');
    expect(billing).toMatchObject({ done: true, left: [{ what: 'letter', law: 'evidence' }] });
  }
  expect(view(events.slice(0, 1))).not.toHaveProperty('erased');
});

test('whether it is a complaint that waits, or that is left, is told to nobody: it may be about them', () => {
  const open = { waiting: [{ what: 'complaint', cases: 1 }], waits: 1 };
  const left = { what: 'complaint', cases: 2, texts: 1, law: 'evidence' as const, until: 5 };
  const waiting = seen(answered('intake'), answered('complaints', open), answered('callbacks'));
  const called = seen(
    answered('intake', { waiting: [{ what: 'contact', cases: 3 }], waits: 3 }),
    answered('complaints'),
    answered('callbacks'),
  );
  expect(waiting).toEqual(called);
  expect(waiting.map(({ done, waits }) => [done, waits])).toEqual([
    [false, 0],
    [false, 0],
    [false, 0],
  ]);
  const done = seen(answered('intake'), answered('complaints', { left: [left] }), answered('callbacks'));
  expect(JSON.stringify(done)).not.toMatch(/complaint"|cases"|texts"/);
  expect(done.every((one) => one.done)).toBe(true);
});
