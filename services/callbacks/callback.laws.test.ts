import fc from 'fast-check';
import { test } from 'vitest';
import { type Foretold, foretellsOf, lawsOf, RUNS, type LawStep as Steps } from '../../shared/journal/laws.ts';
import type { Actor } from '../../shared/people/access.ts';
import type { Position } from '../../shared/people/positions.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR } from '../../shared/time/clock.ts';
import { type Callback, type CallbackCommand, callbackType } from './callback.ts';
import * as calls from './decide.ts';
import { oweCall } from './duties.ts';
import { type CallbackEvent, OUTCOMES, WAIVERS } from './events.ts';
import { callbacksTable } from './store.ts';

const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const WORDS = { ref: 'txt_1', hash: 'h' };
const PEOPLE: Actor[] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'wang', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
  { staff: 'chen', roles: ['department-head'], departments: ['engineering'] },
];

type Step = Steps<Callback, CallbackEvent>;

/** For one who can be called, or for an answer that is made public instead; also about somebody's conduct. */
const opened =
  (isPublic: boolean, whose: Pick<Callback, 'accused' | 'alone'> = {}): Step =>
  ({ now }) => {
    const owed = oweCall(isPublic ? 'publish' : 'call', now, CONTEXT);
    const about = { complaint: 'cmp_1', ordinal: 1, department: 'engineering', notBy: ['wang', 'chen'], policy: 0 };
    return [
      {
        name: 'callback.opened',
        data: {
          ...about,
          ...whose,
          resolvedAt: now,
          due: owed.due,
          anonymous: false,
          concealed: isPublic,
          public: isPublic,
          opens: [owed],
        },
      },
    ];
  };

const attempted = fc
  .record({
    outcome: fc.constantFrom(...OUTCOMES, 'reached' as const, 'reached' as const),
    rating: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    opinions: fc.array(fc.constant(WORDS), { maxLength: 2 }),
    promised: fc.option(fc.integer({ min: 1, max: 48 * HOUR }), { nil: undefined }),
  })
  .map(
    ({ outcome, promised, ...heard }): Step =>
      (on) => {
        const said = outcome === 'reached' ? heard : { opinions: [] };
        const nextPromise = outcome === 'reached' && promised !== undefined ? on.now + promised : undefined;
        return calls.attempt(on, { outcome, calledAt: on.now, ...said, nextPromise });
      },
  );
const item = fc.nat(2);

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>((on) => calls.claim(on)),
  attempted,
  item.map(
    (i): Step =>
      (on) =>
        calls.answerOpinion(on, i, WORDS),
  ),
  item.map(
    (i): Step =>
      (on) =>
        calls.signOpinion(on, i),
  ),
  fc.constant<Step>((on) => calls.reply(on, WORDS)),
  fc.constantFrom(...WAIVERS).map(
    (reason): Step =>
      (on) =>
        calls.waive(on, reason, WORDS),
  ),
  fc.constant<Step>((on) => calls.publish(on, WORDS)),
);

test('the laws hold whatever happens to a callback', async () => {
  const begin = fc.constantFrom(false, false, false, true).map(opened);
  const life = { type: callbackType, table: callbacksTable, people: PEOPLE, context: CONTEXT, begin, steps };
  await fc.assert(lawsOf({ ...life, longest: 20 * HOUR }), RUNS);
});

const ALONE: Position[] = [
  { role: 'department-head', department: 'engineering' },
  { role: 'supervisor' },
  { role: 'centre-manager' },
  { role: 'site-director' },
];
const EVERYBODY: Actor[] = [
  ...PEOPLE,
  { staff: 'gu', roles: ['department-head'], departments: ['cleaning'] },
  { staff: 'xu', roles: ['department-head', 'agent'], departments: ['engineering'] },
  { staff: 'qian', roles: ['centre-manager'], departments: [] },
  { staff: 'sun', roles: ['site-director'], departments: [] },
  { staff: 'he', roles: ['group-manager'], departments: [] },
];
const each =
  (say: (i: number) => Step) =>
  ({ state }: Parameters<Step>[0]) =>
    (state?.opinions.length ? state.opinions : [0]).map((_, i) => say(i));
const COMMANDS: Record<CallbackCommand, Foretold<Callback, CallbackEvent>> = {
  claim: { may: calls.claim.may, said: () => [calls.claim] },
  attempt: {
    may: calls.attempt.may,
    said: ({ now }) => [(on) => calls.attempt(on, { outcome: 'no-answer', opinions: [], calledAt: now })],
  },
  'answer-opinion': {
    may: calls.answerOpinion.may,
    said: each((i) => (on) => calls.answerOpinion(on, i, WORDS)),
  },
  'sign-opinion': { may: calls.signOpinion.may, said: each((i) => (on) => calls.signOpinion(on, i)) },
  reply: { may: calls.reply.may, said: () => [(on) => calls.reply(on, WORDS)] },
  waive: { may: calls.waive.may, said: () => WAIVERS.map((reason) => (on) => calls.waive(on, reason, WORDS)) },
  publish: { may: calls.publish.may, said: () => [(on) => calls.publish(on, WORDS)] },
};

test('what may be done to a callback is said beforehand, to each position, whatever happens to it', () => {
  const begin = fc.constantFrom(
    opened(false),
    opened(true),
    opened(false, { accused: 'xu' }),
    opened(false, { accused: 'xu', alone: ALONE }),
  );
  const life = { type: callbackType, people: EVERYBODY, context: CONTEXT, begin, steps, longest: 20 * HOUR };
  fc.assert(foretellsOf(life, COMMANDS), RUNS);
});
