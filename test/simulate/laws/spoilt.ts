import type { Case, Item } from '../../support/tables.ts';
import { changesItem, itemsIn } from '../../support/tables.ts';
import type { Life } from '../life.ts';
import type { Subject } from './law.ts';

type Spoil = (subject: Subject) => Subject | Promise<Subject>;

/** One case is another, the first of which that can be said. @throws Error where there is none */
const oneOf =
  (change: (one: Case) => Case | undefined): Spoil =>
  (subject) => {
    for (const [i, one] of subject.cases.entries()) {
      const other = change(one);
      if (other) return { ...subject, cases: subject.cases.with(i, other) };
    }
    throw new Error('no such case');
  };
const livingWith =
  (change: (life: Life) => Partial<Life>): Spoil =>
  (subject) => ({ ...subject, life: { ...subject.life, ...change(subject.life) } });
const cloudWith = (change: (cloud: Life['cloud']) => Partial<Life['cloud']>): Spoil =>
  livingWith(({ cloud }) => ({ cloud: { ...cloud, ...change(cloud) } }));
/** What a list of the API says is otherwise. */
const listed = (path: RegExp, change: (items: Record<string, unknown>[]) => Record<string, unknown>[]): Spoil =>
  livingWith((life) => ({
    async all(sub, where) {
      const items = await life.all(sub, where);
      return path.test(where) ? change(items) : items;
    },
  }));
const again =
  (type: string): Spoil =>
  (subject) => ({
    ...subject,
    cases: [...subject.cases, ...subject.cases.filter((one) => one.type.type === type)],
  });

/** By the law: what breaks it, made of a group in which none is broken. */
export const SPOILT: Readonly<Record<string, Spoil>> = {
  'a journal has no gaps, and its head is its fold': oneOf((one) => ({ ...one, events: one.events.slice(0, -1) })),
  'what is not finished owes something, and stands in the due index for it': oneOf((one) =>
    one.head.wakeAt === undefined ? undefined : { ...one, head: { ...one.head, wakeAt: one.head.wakeAt + 1 } },
  ),
  'nothing owed is forgotten': oneOf((one) => {
    const [first, ...rest] = one.head.state.owed;
    if (!first?.rungs[0]) return undefined;
    const owed = [{ ...first, taken: 0, rungs: [{ ...first.rungs[0], at: 0 }] }, ...rest];
    return { ...one, head: { ...one.head, state: { ...one.head.state, owed } } };
  }),
  'each rung is told once': oneOf((one) => {
    const missed = one.events.find(({ name }) => name.endsWith('.missed'));
    return missed && { ...one, events: [...one.events, missed] };
  }),
  'what fell due is decided before what comes after it': oneOf((one) => {
    const i = one.events.findIndex(({ name }) => name === 'account.step-due');
    const event = one.events[i];
    return event && { ...one, events: one.events.with(i, { ...event, by: 'stf_1' }) };
  }),
  'what was answered as done was done': (subject) => ({ ...subject, items: [] }),
  'a case begins under the policy in force': oneOf((one) => {
    const [first, ...rest] = one.events;
    if (first?.name !== 'contact.received') return undefined;
    return { ...one, events: [{ ...first, data: { ...(first.data as object), policy: 0 } }, ...rest] };
  }),
  'what is wrong is refused': livingWith(() => ({ wrongs: ['agent /sites/site-1/policies {}'] })),
  'nothing is given up': cloudWith(() => ({ dropped: () => ['an event'] })),
  'each event reaches the bus': cloudWith(() => ({ published: new Set() })),
  'what one service says the next takes up': (subject) => ({
    ...subject,
    cases: subject.cases.filter(({ type }) => type.type !== 'callback'),
  }),
  'a letter is mailed once, and a reminder to nobody who asked for none': cloudWith((cloud) => ({
    mail: async () => [...(await cloud.mail()), ...(await cloud.mail())],
  })),
  'what the mail service tells of a letter is recorded once': again('letter'),
  'nothing is charged or told twice': again('account'),
  'an account is the sum of its ledger': listed(/\/ledger$/, (lines) =>
    lines.map((line) => ({ ...line, balanceFen: Number(line.balanceFen) + 1 })),
  ),
  'receipts are numbered without gaps, one a payment': listed(/\/receipts$/, (receipts) => receipts.slice(1)),
  'the proof of a day is what Q5 says of it': listed(/\/dunning\//, (proofs) => [
    ...proofs,
    { steps: [{ state: 'missed' }] },
  ]),
  'figures are what one counts by hand': (subject) => ({ ...subject, cases: [] }),
  async 'figures are what a recomputation finds'(subject) {
    const { cloud } = subject.life;
    const sum = (await itemsIn(cloud, 'reporting')).find(({ charged }) => typeof charged === 'number') as Item;
    await changesItem(cloud, 'reporting', { ...sum, charged: Number(sum.charged) + 1 });
    return subject;
  },
};
