import { createHash } from 'node:crypto';
import { accountType } from '../../../services/billing/accounts/aggregate.ts';
import type { Envelope } from '../../../shared/domain/events.ts';
import { dueRungs } from '../../../shared/domain/obligation.ts';
import { nextWakeAt, refold } from '../../../shared/journal/aggregate.ts';
import { iso, MINUTE } from '../../../shared/time/clock.ts';
import { inForceAt, policiesAmong } from '../policies.ts';
import { type Law, plain, twice } from './law.ts';
import { listed, livingWith, oneOf } from './spoilt.ts';

/** A sweep comes every quarter of an hour, and may die once. */
const LATE = 40 * MINUTE;

const gapless: Law = {
  name: 'a journal has no gaps, and its head is its fold',
  often: true,
  broken: ({ cases }) =>
    cases.flatMap(({ type, id, head, events }) => {
      if (!head) return [`${id} has no head`];
      if (events.some(({ version }, i) => version !== i + 1)) return [`${id} has gaps`];
      if (head.v !== events.length) return [`${id} is at ${head.v} of ${events.length}`];
      return plain(head.state) === plain(refold(type, events)) ? [] : [`${id}: its head isn't its fold`];
    }),
  spoilt: oneOf((one) => ({ ...one, events: one.events.slice(0, -1) })),
};

const owed: Law = {
  name: 'what is not finished owes something, and stands in the due index for it',
  often: true,
  broken: ({ cases }) =>
    cases.flatMap(({ type, id, head }) => [
      ...(head.state.owed.length > 0 === !type.finished(head.state)
        ? []
        : [`${id} (${head.state.status}) owes ${head.state.owed.length}`]),
      ...(head.wakeAt === nextWakeAt(type, head.state) ? [] : [`${id} wakes at ${head.wakeAt}`]),
    ]),
  spoilt: oneOf((one) =>
    one.head.wakeAt === undefined ? undefined : { ...one, head: { ...one.head, wakeAt: one.head.wakeAt + 1 } },
  ),
};

const punctual: Law = {
  name: 'nothing owed is forgotten',
  often: true,
  broken: ({ cases, life }) => {
    const then = life.cloud.clock.now() - LATE;
    return cases.flatMap(({ type, id, head }) =>
      dueRungs(type.type, head.state.owed, then).map(
        ({ name, data }) => `${id}: ${name} of ${data.duty} at ${new Date(data.due).toISOString()}`,
      ),
    );
  },
  spoilt: oneOf((one) => {
    const [first, ...rest] = one.head.state.owed;
    if (!first?.rungs[0]) return undefined;
    const owed = [{ ...first, taken: 0, rungs: [{ ...first.rungs[0], at: 0 }] }, ...rest];
    return { ...one, head: { ...one.head, state: { ...one.head.state, owed } } };
  }),
};

const once: Law = {
  name: 'each rung is told once',
  often: true,
  broken: ({ cases }) =>
    cases.flatMap(({ id, events }) =>
      twice(
        events
          .filter(({ name }) => /\.(reminded|missed|escalated)$/.test(name))
          .map(({ name, data }) => `${id} ${name} ${plain(data)}`),
      ),
    ),
  spoilt: oneOf((one) => {
    const missed = one.events.find(({ name }) => name.endsWith('.missed'));
    return missed && { ...one, events: [...one.events, missed] };
  }),
};

/** What falls due by itself, and is decided before any command (`fallenFirst`). */
const DECIDED_FIRST = [accountType.type];
/** Events of one write: of one moment and one person. */
const isSameWrite = (one: Envelope, other: Envelope | undefined) => one.at === other?.at && one.by === other.by;

const decidedFirst: Law = {
  name: 'what fell due is decided before what comes after it',
  often: true,
  broken: ({ cases }) =>
    cases.flatMap(({ type, id, events }) => {
      if (!DECIDED_FIRST.includes(type.type)) return [];
      let state: Parameters<typeof type.fold>[0];
      return events.flatMap((event, i) => {
        const due = state && type.wakes?.(state);
        const isLate = due !== undefined && due <= event.at && event.by !== 'system:clock';
        state = type.fold(state, event as never);
        return isLate && !isSameWrite(event, events[i - 1]) ? [`${id} ${event.name}: ${iso(due)} wasn't decided`] : [];
      });
    }),
  spoilt: oneOf((one) => {
    const i = one.events.findIndex(({ name }) => name === 'account.step-due');
    const event = one.events[i];
    return event && { ...one, events: one.events.with(i, { ...event, by: 'stf_1' }) };
  }),
};

/**
 * These keep no item of their key, and need none. A line of a statement is a case whose id is made of what the line says, told and
 * booked under keys made of that id: the same file does nothing twice, under whatever key. The id of a rebuild is made of its key,
 * and one that stands is told again. (`test/exactly-once.test.ts` sends both twice.)
 */
const IS_KEY_OF_ITSELF = /\/(statements|rebuild)$/;
/** Keys of commands are kept by their hash, behind whose they were and where they went; of a round, before what of it. */
const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

const answered: Law = {
  name: 'what was answered as done was done',
  often: true,
  broken({ items, life }) {
    const kept = new Set(
      items.flatMap(({ sk, pk }) => {
        if (sk !== 'key') return [];
        const [whose, last] = pk.split('#').slice(-2);
        return [`${last}`, `${whose}#${last}`];
      }),
    );
    return life.done.flatMap(({ key, path, part }) =>
      kept.has([hashOf(key), part].filter(Boolean).join('#')) || IS_KEY_OF_ITSELF.test(path)
        ? []
        : [[path, 'under', key, part].filter(Boolean).join(' ')],
    );
  },
  spoilt: (subject) => ({ ...subject, items: [] }),
};

/** What a case began with, and when: its policy is the one of then. */
const BEGAN: Record<string, (event: Envelope) => number> = {
  'contact.received': ({ data }) => (data as { receivedAt: number }).receivedAt,
  'complaint.registered': ({ at }) => at,
};

const underPolicy: Law = {
  name: 'a case begins under the policy in force',
  often: true,
  broken({ cases, items }) {
    const policiesOf = policiesAmong(items);
    return cases.flatMap(({ id, site, events: [first] }) => {
      const began = first && BEGAN[first.name]?.(first);
      if (began === undefined) return [];
      const { policy } = (first as Envelope).data as { policy: number };
      const inForce = inForceAt(policiesOf(site), began);
      return inForce.includes(policy) ? [] : [`${id}: ${policy} isn't in force at ${iso(began)}, but ${inForce}`];
    });
  },
  spoilt: oneOf((one) => {
    const [first, ...rest] = one.events;
    if (first?.name !== 'contact.received') return undefined;
    return { ...one, events: [{ ...first, data: { ...(first.data as object), policy: -1 } }, ...rest] };
  }),
};

const refused: Law = {
  name: 'what is wrong is refused',
  often: true,
  broken: ({ life }) => [...life.wrongs],
  spoilt: livingWith(() => ({ wrongs: ['agent /sites/site-1/policies {}'] })),
};

/** Letters that somebody has to do something with, as they are looked for (services/billing/letters). */
const TO_DO = ['to-print', 'printed', 'unknown'];

const isListed: Law = {
  name: 'what waits for somebody is found where they look',
  async broken({ life, cases }) {
    const broken: string[] = [];
    for (const { id: site, staff } of life.sites) {
      for (const state of TO_DO) {
        const shown = new Set(
          (await life.all(staff.manager, `/sites/${site}/letters?state=${state}`)).map(({ id }) => id),
        );
        const wait = cases.filter(
          (one) => one.type.type === 'letter' && one.site === site && one.head.state.status === state,
        );
        broken.push(...wait.flatMap(({ id }) => (shown.has(id) ? [] : [`${id} isn't listed as ${state}`])));
      }
    }
    return broken;
  },
  spoilt: listed(/\/letters\?/, () => []),
};

export const CASE_LAWS: readonly Law[] = [
  gapless,
  owed,
  punctual,
  once,
  decidedFirst,
  answered,
  underPolicy,
  refused,
  isListed,
];
