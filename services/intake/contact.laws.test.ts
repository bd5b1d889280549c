import fc from 'fast-check';
import { test } from 'vitest';
import { HOUR } from '../../shared/clock.ts';
import { lawsOf } from '../../shared/journal/laws.ts';
import { DEFAULT_POLICY } from '../../shared/policy.ts';
import { Refusal } from '../../shared/refusal.ts';
import { type Contact, contactType } from './contact.ts';
import * as desk from './decide.ts';
import { CHANNELS } from './events.ts';
import { contactsTable } from './store.ts';

const GROUND = { zone: 'Asia/Shanghai', version: 0, policy: DEFAULT_POLICY };
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

test('the laws hold whatever happens at the desk', async () => {
  type Step = (now: number) => (on: desk.Situation) => desk.Happenings;
  const steps = fc.oneof(
    fc.option(fc.nat(9), { nil: undefined }).map(
      (rings): Step =>
        () =>
          desk.answer({ rings }),
    ),
    fc.nat(9).map(
      (rings): Step =>
        () =>
          desk.miss(rings),
    ),
    fc.constant<Step>(() => desk.settle(WORDS)),
    fc.constantFrom(repair, rude, { ...rude, about: undefined, anonymous: true }).map(
      (routing): Step =>
        () =>
          desk.route(routing),
    ),
    fc.constantFrom(WORDS, undefined).map(
      (proxy): Step =>
        () =>
          desk.accept(proxy),
    ),
    fc.constant<Step>(
      () =>
        ({ state }) =>
          state ? desk.complaintTakenOn(state, { department: 'engineering', acceptDue: 1 }) : [],
    ),
    fc.nat(5 * HOUR).map(
      (later): Step =>
        (now) =>
          desk.promise(now + later),
    ),
    fc.constant<Step>(() => desk.reply(WORDS)),
  );
  const begin = fc.tuple(fc.constantFrom(...CHANNELS), fc.nat(3 * HOUR)).map(
    ([channel, before]): Step =>
      (now) =>
        desk.receive({ channel, receivedAt: now - before }),
  );
  const who = fc.constantFrom(...PEOPLE);
  const moves = fc.tuple(who, begin, steps).map(([by, first, then]) => ({
    by: by.staff,
    decide: ({ state, now }: { state: Contact | undefined; now: number }) => {
      const happenings = (state ? then : first)(now)({ state, actor: by, now, ground: GROUND });
      return happenings instanceof Refusal ? happenings : { events: happenings };
    },
  }));
  await fc.assert(lawsOf(contactType, contactsTable, moves, 4 * HOUR), { numRuns: 100 });
});
