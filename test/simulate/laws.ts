import { dueRungs } from '../../shared/domain/obligation.ts';
import { nextWakeAt, refold } from '../../shared/journal/aggregate.ts';
import { addDays, HOUR, localDay, MINUTE } from '../../shared/time/clock.ts';
import { countByHand } from '../support/by-hand.ts';
import { COUNTED } from '../support/counted.ts';
import { CASE_TABLES, type Case, casesAmong, itemsIn } from '../support/tables.ts';
import type { Life } from './life.ts';

/** What a law is asked of: the group, and how it stands. */
export interface Subject {
  life: Life;
  cases: readonly Case[];
  since: number;
}

/** Something that has to hold whatever happens. A service adds its own by declaring it here. */
export interface Law {
  name: string;
  /** Asked every month; the others at the end alone. */
  often?: true;
  /** What breaks it, one line each. */
  broken(of: Subject): Promise<string[]> | string[];
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** A sweep comes every quarter of an hour, and may die once. */
const LATE = 40 * MINUTE;

const twice = (all: readonly string[]): string[] => {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(one).size);
};

const whole: Law = {
  name: 'a journal has no gaps, and its head is its fold',
  often: true,
  broken: ({ cases }) =>
    cases.flatMap(({ type, id, head, events }) => {
      if (!head) return [`${id} has no head`];
      if (events.some(({ version }, i) => version !== i + 1)) return [`${id} has gaps`];
      if (head.v !== events.length) return [`${id} is at ${head.v} of ${events.length}`];
      return plain(head.state) === plain(refold(type, events)) ? [] : [`${id}: its head isn't its fold`];
    }),
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
};

const nothingLost: Law = {
  name: 'nothing is given up',
  often: true,
  broken: ({ life: { cloud } }) => [
    ...cloud.dropped(),
    ...cloud
      .deadLetters()
      .flatMap(({ queue, messages }) => messages.map(({ body }) => `${queue}: ${JSON.stringify(body).slice(0, 300)}`)),
  ],
};

const onTheBus: Law = {
  name: 'each event reaches the bus',
  often: true,
  broken: ({ cases, life }) =>
    cases.flatMap(({ events }) =>
      events.flatMap(({ id, name }) => (life.cloud.published.has(id) ? [] : [`${id} ${name}`])),
    ),
};

const recomputed: Law = {
  name: 'figures are what a recomputation finds',
  async broken({ life }) {
    const started = await life.does('quality-manager', '/figures/rebuild', {});
    await life.cloud.clock.settle();
    await life.cloud.clock.advance({ by: 2 * HOUR });
    const { status, differences, examples } =
      (await life.sees('quality-manager', `/figures/rebuild/${started?.id}`)) ?? {};
    if (status !== 'done') return [`the rebuild is ${status}`];
    return differences === 0 ? [] : [`${differences} differences: ${JSON.stringify(examples).slice(0, 600)}`];
  },
};

const byHand: Law = {
  name: 'figures are what one counts by hand',
  async broken({ life, cases, since }) {
    const zones = Object.fromEntries(life.sites.map(({ id, zone }) => [id, zone]));
    const counted = countByHand(cases, zones);
    const broken: string[] = [];
    const told = new Set<string>();
    for (const { id, zone, staff } of life.sites) {
      const last = addDays(localDay(life.cloud.clock.now(), zone), 40);
      for (let from = addDays(localDay(since, zone), -40); from <= last; from = addDays(from, 31)) {
        const to = addDays(from, 30);
        const { periods = [] } =
          (await life.sees(staff.manager, `/sites/${id}/figures?from=${from}&to=${to}&by=day`)) ?? {};
        for (const { period, figures } of periods) {
          for (const measure of COUNTED) {
            const { met, missed, running, excluded } = figures[measure];
            if (met + missed + running + excluded === 0) continue;
            const cell = `${id} ${measure} ${period}`;
            told.add(cell);
            const hand = counted[cell] ?? { met: 0, missed: 0, running: 0, excluded: 0 };
            if (plain(hand) !== plain({ met, missed, running, excluded }))
              broken.push(`${cell}: told ${plain({ met, missed, running, excluded })}, by hand ${plain(hand)}`);
          }
        }
      }
    }
    for (const [cell, { met, missed, running, excluded }] of Object.entries(counted))
      if (met + missed + running + excluded > 0 && !told.has(cell)) broken.push(`${cell}: not told`);
    return broken;
  },
};

const ledgers: Law = {
  name: 'an account is the sum of its ledger',
  async broken({ life }) {
    const broken: string[] = [];
    for (const { id: site, staff } of life.sites) {
      for (const state of ['open', 'finished']) {
        for (const { id, openFen, creditFen } of await life.all(
          staff.finance,
          `/sites/${site}/accounts?state=${state}`,
        )) {
          const lines = await life.all(staff.finance, `/sites/${site}/accounts/${id}/ledger`);
          const balance = lines.at(-1)?.balanceFen ?? 0;
          if (balance !== openFen - creditFen)
            broken.push(`${id}: ${balance} by its ledger, ${openFen - creditFen} by itself`);
        }
      }
    }
    return broken;
  },
};

const charged: Law = {
  name: 'nothing is charged or told twice',
  often: true,
  broken: ({ cases }) => [
    ...twice(
      cases.flatMap(({ id, events }) =>
        events
          .filter(({ name }) => name === 'account.charged')
          .flatMap(({ data }) => (data as { bills: { bill: string }[] }).bills.map(({ bill }) => `${id} ${bill}`)),
      ),
    ),
    ...twice(
      cases.flatMap(({ type, events }) =>
        type.type !== 'letter'
          ? []
          : events.filter(({ name }) => /^letter\.(opened|added)$/.test(name)).flatMap(({ data }) => stepsTold(data)),
      ),
    ),
  ],
};
const stepsTold = (data: unknown): string[] => {
  const { part = '', accounts } = data as {
    part?: string;
    accounts: { account: string; steps?: { dueDay: string; rung: string; on: string }[] }[];
  };
  return accounts.flatMap(({ account, steps = [] }) =>
    steps.map(({ dueDay, rung, on }) => `${part} ${account} ${dueDay} ${rung} ${on}`),
  );
};

const mailedOnce: Law = {
  name: 'a letter is mailed once, and a reminder to nobody who asked for none',
  often: true,
  async broken({ life, cases }) {
    const letters = (await life.cloud.mail()).flatMap(({ tags, to, at, outcome }) =>
      tags.letter === undefined ? [] : to.map((one) => ({ to: one, at, letter: tags.letter, outcome })),
    );
    const must = new Set(
      cases.flatMap(({ id, head }) => ((head.state as { mandatory?: boolean }).mandatory ? [id] : [])),
    );
    const complained = new Map<string, number>();
    const after = letters.flatMap(({ to, at, letter = '', outcome }) => {
      const since = complained.get(to);
      if (outcome === 'complained' && since === undefined) complained.set(to, at);
      const unwanted = since !== undefined && at > since + HOUR && !must.has(letter);
      return unwanted ? [`${letter} to ${to}, who complained at ${new Date(since).toISOString()}`] : [];
    });
    return [...twice(letters.map(({ letter, to }) => `${letter} ${to}`)), ...after];
  },
};

const receipted: Law = {
  name: 'receipts are numbered without gaps, one a payment',
  async broken({ life }) {
    const broken: string[] = [];
    for (const { id, staff } of life.sites) {
      const all = await life.all(staff.finance, `/sites/${id}/receipts`);
      broken.push(...twice(all.map(({ payment, kind = '' }) => `${id} ${payment} ${kind}`)));
      for (const [year, some] of Map.groupBy(all, ({ serial }) => String(serial).slice(0, 4))) {
        const numbers = some.map(({ serial }) => Number(String(serial).slice(5))).sort((a, b) => a - b);
        if (numbers.some((n, i) => n !== i + 1)) broken.push(`${id} ${year}: ${numbers.join(' ').slice(0, 200)}`);
      }
    }
    return broken;
  },
};

const proven: Law = {
  name: 'the proof of a day is what Q5 says of it',
  async broken({ life, since }) {
    const broken: string[] = [];
    for (const { id, zone, staff } of life.sites) {
      const today = localDay(life.cloud.clock.now(), zone);
      for (let day = localDay(since, zone); day < addDays(today, -1); day = addDays(day, 1 + life.chance.below(9))) {
        const proofs = await life.all(staff.manager, `/sites/${id}/dunning/${day}`);
        const steps = proofs.flatMap(({ steps: some }) => some as { state: string }[]);
        const count = (state: string) => steps.filter((step) => step.state === state).length;
        const { figures } =
          (await life.sees(staff.manager, `/sites/${id}/figures?from=${day}&to=${day}&by=day`))?.periods?.[0] ?? {};
        const { met = 0, missed = 0, running = 0, excluded = 0 } = figures?.Q5 ?? {};
        const q5 = plain({ met, missed, running, excluded });
        const proof = plain({
          met: count('carried-out') + count('settled'),
          missed: count('missed'),
          running: count('running'),
          excluded: count('held'),
        });
        if (q5 !== proof) broken.push(`${id} ${day}: Q5 ${q5}, proven ${proof}`);
      }
    }
    return broken;
  },
};

export const LAWS: readonly Law[] = [
  whole,
  owed,
  punctual,
  once,
  nothingLost,
  onTheBus,
  charged,
  mailedOnce,
  ledgers,
  receipted,
  proven,
  byHand,
  recomputed,
];

/** Every case of a group, as it lies in its tables. */
export const casesOf = async (life: Life): Promise<Case[]> => {
  const found: Case[] = [];
  for (const table of CASE_TABLES) {
    found.push(...casesAmong(table, await itemsIn(life.cloud, table)));
  }
  return found;
};
