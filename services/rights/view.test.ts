import { expect, test } from 'vitest';
import type { Keeping } from '../../shared/forgetting/events.ts';
import { type Answer, type Erasure, erasureId } from './erasure.ts';
import { erasureView } from './view.ts';

const ASKED = 'evt_1';
const answered = (service: Keeping, over: Partial<Answer> = {}): Answer =>
  ({ service, asked: ASKED, erased: 1, left: [], waiting: [], waits: 0, toldAt: 1, ...over }) as Answer;

/** An erasure that was confirmed, as each service answered it. */
const seen = (...answers: Answer[]) => {
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
