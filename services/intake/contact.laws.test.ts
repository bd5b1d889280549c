import fc from 'fast-check';
import { test } from 'vitest';
import { type Foretold, foretellsOf, lawsOf, RUNS, type LawStep as Steps } from '../../shared/journal/laws.ts';
import { DEFAULT_POLICY } from '../../shared/policy/policy.ts';
import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import { type Contact, contactType } from './contact.ts';
import * as desk from './decide.ts';
import { CHANNELS, type ContactEvent } from './events.ts';
import { contactsTable } from './store.ts';

const CONTEXT = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
const WORDS = { ref: 'txt_1', hash: 'h' };
const PEOPLE: desk.Situation['actor'][] = [
  { staff: 'li', roles: ['agent'], departments: [] },
  { staff: 'wang', roles: ['agent'], departments: [] },
  { staff: 'zhao', roles: ['supervisor'], departments: [] },
  { staff: 'chen', roles: ['department-head'], departments: ['engineering'] },
];
const handed = { department: 'engineering', words: WORDS, anonymous: false, confidential: false, callable: true };
const ROUTINGS: desk.Routing[] = [
  { ...handed, as: 'repair' },
  { ...handed, as: 'complaint', kind: 'noise', anonymous: true },
  { ...handed, as: 'complaint', kind: 'attitude', about: { staff: 'li' } },
];

type Step = Steps<Contact, ContactEvent>;

const begin = fc.tuple(fc.constantFrom(...CHANNELS), fc.nat(3 * HOUR)).map(
  ([channel, before]): Step =>
    (on) =>
      desk.receive({ channel, receivedAt: on.now - before })(on),
);

/** Now, or some time before; with what shows it, or not. */
const earlier = fc
  .record({ before: fc.option(fc.integer({ min: -MINUTE, max: 2 * HOUR })), shown: fc.boolean() })
  .map(({ before, shown }) => (now: number) => ({
    ...(before === null ? {} : { happenedAt: now - before, ...(shown ? { evidence: WORDS } : {}) }),
  }));

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.option(fc.nat(9), { nil: undefined }).map((rings) => desk.answer({ rings })),
  fc.nat(9).map((rings) => desk.miss(rings)),
  fc.constant(desk.settle(WORDS)),
  fc.constantFrom(...ROUTINGS).map(desk.route),
  fc.tuple(fc.constantFrom({ staff: 'chen', heads: ['engineering'] }, undefined), earlier).map(
    ([spoken, before]): Step =>
      (on) =>
        desk.accept({ spoken, ...before(on.now) })(on),
  ),
  fc.constant<Step>(({ state }) =>
    state ? desk.complaintTakenOn(state, { department: 'engineering', acceptDue: 1 }) : [],
  ),
  fc.nat(5 * HOUR).map(
    (later): Step =>
      (on) =>
        desk.promise(on.now + later)(on),
  ),
  earlier.map(
    (before): Step =>
      (on) =>
        desk.reply(WORDS, before(on.now))(on),
  ),
);

test('the laws hold whatever happens at the desk', async () => {
  const life = { type: contactType, table: contactsTable, people: PEOPLE, context: CONTEXT, begin, steps };
  await fc.assert(lawsOf({ ...life, longest: 4 * HOUR }), RUNS);
});

const EVERYBODY: typeof PEOPLE = [
  ...PEOPLE,
  { staff: 'gu', roles: ['department-head'], departments: ['cleaning'] },
  { staff: 'xu', roles: ['department-head', 'agent'], departments: ['cleaning'] },
  { staff: 'qian', roles: ['centre-manager'], departments: [] },
  { staff: 'sun', roles: ['site-director'], departments: [] },
];
const COMMANDS: Record<string, Foretold<Contact, ContactEvent>> = {
  answer: { may: desk.answer.may, said: ({ state }) => [desk.answer(state?.channel === 'call' ? { rings: 1 } : {})] },
  outcome: { may: desk.settle.may, said: () => [desk.settle(), ...ROUTINGS.map((routing) => desk.route(routing))] },
  accept: {
    may: desk.accept.may,
    said: ({ state }) => [
      desk.accept(),
      desk.accept({ spoken: { staff: 'chen', heads: state?.department === undefined ? [] : [state.department] } }),
    ],
  },
  promise: { may: desk.promise.may, said: ({ now }) => [desk.promise(now + HOUR)] },
  reply: { may: desk.reply.may, said: () => [desk.reply(WORDS)] },
};

test('what may be done to a contact is said beforehand, to each position, whatever happens to it', () => {
  const life = { type: contactType, people: EVERYBODY, context: CONTEXT, begin, steps, longest: 4 * HOUR };
  fc.assert(foretellsOf(life, COMMANDS), RUNS);
});
