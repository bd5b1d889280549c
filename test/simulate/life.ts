import type { MemoryCloud } from '../../local/in-memory/cloud.ts';
import type { Chance } from '../../local/in-memory/random.ts';
import type { Answer, Ask } from './api.ts';
import type { DeadLetter } from './dead-letters.ts';
import { type Outage, waits } from './faults.ts';
import type { Site } from './group.ts';

/** What somebody has in mind to do at a moment; doing it may lead to more. */
type Deed = () => Promise<void>;

export interface Tally {
  commands: number;
  done: number;
  refused: number;
  /** How often each kind of command was done and refused. */
  kinds: Record<string, { done: number; refused: number }>;
}

/** The people of a group and what they have in mind, in order of time. */
export interface Life {
  cloud: MemoryCloud;
  /** Ids of the events that the bus took. */
  published: ReadonlySet<string>;
  sites: readonly Site[];
  chance: Chance;
  tally: Tally;
  /** What was answered as done; of a round, each part of it. */
  done: { key: string; path: string; part?: string }[];
  /** Does something later, at the earliest now. */
  at(instant: number, deed: Deed): void;
  after(ms: number, deed: Deed): void;
  /** Does something at the very moment, before the clock's own functions have come to what falls due then. */
  sharply(instant: number, deed: Deed): void;
  /** A command, tried again under its key where the answer didn't say what came of it; now and then it is sent twice. @returns nothing of what was refused */
  does(sub: string, path: string, body: unknown): Promise<Answer['body'] | undefined>;
  /** A command that has to be refused. */
  wrongly(sub: string, path: string, body: unknown): Promise<void>;
  /** What should have been refused, and was done. */
  wrongs: string[];
  /** Which functions failed for a while, and what was given up so far and redriven since. */
  outages: Outage[];
  deadLetters: DeadLetter[];
  reads(sub: string, path: string): Promise<Answer['body'] | undefined>;
  /** What has to be readable: a law would hold over nothing. @throws Unexpected where it isn't */
  sees(sub: string, path: string): Promise<Answer['body']>;
  /** Every page of a list, likewise. */
  all(sub: string, path: string): Promise<Answer['body'][]>;
}

/** Answers that don't say whether it was done. */
const UNSURE = new Set([500, 502, 503, 504, 429]);
const TRIES = 6;
/** Steps by which one that comes first is ahead. */
const AHEAD = 3000;
/** Once in so many commands somebody clicks twice. */
const TWICE = 40;

/** What kind of command goes to a path: the path without what it is about. */
export const kindOf = (path: string): string =>
  path
    .split('/')
    .filter(
      (part, i, all) =>
        part !== '' && !/^([a-z]{3}_.*|\d{4}-[\d-]+)$/.test(part) && !(part === 'sites' || all[i - 1] === 'sites'),
    )
    .join('/');

/** A round of letters tells of each what came of it. */
const ROUND = /\/letters\/handed-over$/;
/** What an answer says was done: of a round, which of its letters. */
const doneBy = (path: string, { status, body }: Answer): { part?: string }[] => {
  if (status >= 300) return [];
  if (!ROUND.test(path)) return [{}];
  const items = body.items as { letter: string; refused?: string }[];
  return items.flatMap(({ letter, refused }) => (refused === undefined ? [{ part: letter }] : []));
};

export class Unexpected extends Error {}

export const lifeOf = (
  cloud: MemoryCloud,
  ask: Ask,
  sites: readonly Site[],
  chance: Chance,
  published: ReadonlySet<string>,
) => {
  const agenda: { instant: number; order: number; deed: Deed; sharp: boolean }[] = [];
  const tally: Tally = { commands: 0, done: 0, refused: 0, kinds: {} };
  let order = 0;
  let keys = 0;

  /** A binary heap by time, and in order where that is the same. */
  const before = (a: number, b: number) => {
    const [x, y] = [agenda[a]!, agenda[b]!];
    return x.instant < y.instant || (x.instant === y.instant && x.order < y.order);
  };
  const swap = (a: number, b: number) => {
    [agenda[a], agenda[b]] = [agenda[b]!, agenda[a]!];
  };
  const push = (instant: number, deed: Deed, sharp = false) => {
    agenda.push({ instant, order: order++, deed, sharp });
    for (let i = agenda.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!before(i, parent)) break;
      swap(i, parent);
      i = parent;
    }
  };
  const pop = () => {
    const first = agenda[0];
    const last = agenda.pop();
    if (agenda.length > 0 && last) {
      agenda[0] = last;
      for (let i = 0; ; ) {
        let least = i;
        for (const child of [2 * i + 1, 2 * i + 2]) if (child < agenda.length && before(child, least)) least = child;
        if (least === i) break;
        swap(i, least);
        i = least;
      }
    }
    return first;
  };

  const sent = async (sub: string, path: string, body: unknown, key: string): Promise<Answer> => {
    for (let attempt = 0; ; attempt++) {
      const answer = await ask(sub, 'POST', path, body, key);
      if (!UNSURE.has(answer.status)) return answer;
      if (attempt === TRIES)
        throw new Unexpected(
          `${sub} POST ${path} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.body)}`,
        );
      await cloud.clock.settle();
    }
  };

  const life: Life = {
    cloud,
    published,
    sites,
    chance,
    tally,
    at: (instant, deed) => push(Math.max(instant, cloud.clock.now()), deed),
    done: [],
    wrongs: [],
    outages: [],
    deadLetters: [],
    after: (ms, deed) => push(cloud.clock.now() + ms, deed),
    sharply: (instant, deed) => push(Math.max(instant, cloud.clock.now()), deed, true),
    async does(sub, path, body) {
      tally.commands += 1;
      const key = `do-${++keys}`;
      const [answer, again] = await Promise.all([
        sent(sub, path, body, key),
        ...(chance.oneIn(TWICE) ? [sent(sub, path, body, key)] : []),
      ]);
      if (again && again.status < 300 && answer.status < 300 && again.body?.id !== answer.body?.id)
        throw new Unexpected(`${path}: done twice under one key, ${answer.body?.id} and ${again.body?.id}`);
      const parts = doneBy(path, answer);
      const what = parts.length > 0 ? 'done' : 'refused';
      tally[what] += 1;
      tally.kinds[kindOf(path)] ??= { done: 0, refused: 0 };
      tally.kinds[kindOf(path)]![what] += 1;
      life.done.push(...parts.map((part) => ({ key, path, ...part })));
      if (answer.status >= 500) throw new Unexpected(`${path}: ${answer.status}`);
      return parts.length > 0 ? answer.body : undefined;
    },
    async wrongly(sub, path, body) {
      if (await life.does(sub, path, body)) life.wrongs.push(`${sub} ${path} ${JSON.stringify(body)}`);
    },
    async reads(sub, path) {
      for (let attempt = 0; ; attempt++) {
        const { status, body } = await ask(sub, 'GET', path);
        if (status < 300) return body;
        if (!UNSURE.has(status)) return undefined;
        if (attempt === TRIES) throw new Unexpected(`${sub} GET ${path}: ${status} ${JSON.stringify(body)}`);
      }
    },
    async sees(sub, path) {
      const seen = await life.reads(sub, path);
      if (seen === undefined) throw new Unexpected(`${sub} can't read ${path}`);
      return seen;
    },
    async all(sub, path) {
      const items: Answer['body'][] = [];
      let next: string | undefined;
      do {
        const after: string = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
        const page = await life.sees(sub, `${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
        items.push(...(page?.items ?? []));
        next = page?.next;
      } while (next !== undefined);
      return items;
    },
  };
  const asked = new Set(cloud.deployment.apis.flatMap(({ routes }) => routes.map(({ functionArn }) => functionArn)));
  /** What nobody asked for is slow, so that what somebody asks at this moment comes first. */
  const first = async (instant: number, deed: Deed): Promise<void> => {
    const { now } = cloud.weather;
    cloud.weather.now = async (call) => {
      if (!asked.has(call.instance.fn.arn)) await waits(AHEAD);
      return now(call);
    };
    let failed: unknown;
    let doing = Promise.resolve();
    if (instant > cloud.clock.now() + 1) await cloud.clock.advance({ to: instant - 1 });
    cloud.clock.at(instant, 'somebody', () => {
      doing = deed().catch((error) => {
        failed = error;
      });
    });
    await cloud.clock.advance({ to: instant });
    await doing;
    await cloud.clock.settle();
    cloud.weather.now = now;
    if (failed) throw failed;
  };
  /** Lives until a moment. */
  const until = async (end: number): Promise<void> => {
    while (agenda[0] && agenda[0].instant <= end) {
      const { instant, deed, sharp } = pop()!;
      if (sharp) {
        await first(Math.max(instant, cloud.clock.now()), deed);
        continue;
      }
      if (instant > cloud.clock.now()) await cloud.clock.advance({ to: instant });
      await deed();
      await cloud.clock.settle();
    }
    await cloud.clock.advance({ to: Math.max(end, cloud.clock.now()) });
  };
  return { life, until };
};
