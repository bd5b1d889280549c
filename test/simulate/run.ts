import { createHash } from 'node:crypto';
import type { MailOutcome } from '../../local/front/mail.ts';
import type { DecideOutcome } from '../../local/front/post.ts';
import { inMemory, type MemoryCloud } from '../../local/in-memory/cloud.ts';
import type { Entry } from '../../local/in-memory/instances.ts';
import { readHead } from '../../local/in-memory/messages.ts';
import { type Chance, chanceOf } from '../../local/in-memory/random.ts';
import { calm } from '../../local/in-memory/weather.ts';
import type { Deployment, FunctionModel } from '../../local/model.ts';
import { addDays, atLocal, DAY, type Day, HOUR, localDay } from '../../shared/time/clock.ts';
import { type Case, everything } from '../support/tables.ts';
import { apiOf } from './api.ts';
import { LOOKED_AT, redrive } from './dead-letters.ts';
import { contact } from './desk.ts';
import { type Counted, clocks, count, outages, storm, twins } from './faults.ts';
import { deliversPaper, issues, moneyMoves, paysAtNine } from './fees.ts';
import {
  closesCash,
  deducts,
  exempts,
  givesBack,
  invoices,
  mandates,
  mostPay,
  paidService,
  readsStatement,
  settlesLetters,
} from './finance.ts';
import { enterGroup, type Site } from './group.ts';
import type { Subject } from './laws/law.ts';
import { casesOf, LAWS } from './laws.ts';
import { type Life, lifeOf, type Tally, Unexpected } from './life.ts';
import { changesPolicy, erases, sells, staffMoves } from './office.ts';
import { doesWrong } from './wrongdoer.ts';

export interface Broken {
  law: string;
  what: string;
  /** When it was seen, in the cloud's own time. */
  at: string;
}

export interface Lived {
  siteDays: number;
  days: number;
  tally: Tally;
  events: number;
  faults: Counted;
  broken: Broken[];
  /** Of everything in every table: the same seed ends in the same. */
  state(): Promise<string>;
  /** The journals of what the broken laws name. */
  histories: string[];
}

/** One call in so many goes wrong. */
const ONE_IN = 400;
/** How much goes on on a day of the week, Monday first; and what a day of rain brings. */
const WEEK = [1.8, 1.1, 1, 1, 1.1, 0.5, 0.4];
const RAIN = 3;
const MOST_EXAMPLES = 5;

/** Days after which the cheap laws are asked. */
const LOOKED_AT_EVERY = 45;

/** Contacts of a site a year. */
const CONTACTS = 37;

/** What a day brings to a site. */
const plan = (life: Life, site: Site, day: Day, chance: Chance, faults: Counted): void => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const much = (WEEK[(weekday + 6) % 7] ?? 1) * (chance.oneIn(25) ? RAIN : 1);
  const at = (minute: number, deed: () => Promise<unknown>) =>
    life.at(atLocal(day, minute, site.zone), async () => void (await deed()));
  const workTime = () => 8 * 60 + chance.below(10 * 60);
  /** So many times a year, at work unless it is said when. */
  const yearly = (times: number, deed: () => Promise<unknown>, minute = workTime) => {
    for (let n = Math.floor(times / 365 + chance.next()); n > 0; n--) at(minute(), deed);
  };
  const mostlyAtWork = () => (chance.oneIn(10) ? chance.below(24 * 60) : workTime());
  yearly(CONTACTS * much, () => contact(life, site), mostlyAtWork);
  yearly(27, () => moneyMoves(life, site, 1 + chance.below(2)));
  if (chance.oneIn(12)) life.sharply(atLocal(day, 9 * 60, site.zone), () => paysAtNine(life, site));
  if (day.endsWith('-01')) at(9 * 60 + chance.below(120), () => issues(life, site));
  if (chance.oneIn(4)) at(16 * 60 + chance.below(60), () => deliversPaper(life, site));
  yearly(6, () => changesPolicy(life, site));
  yearly(3, () => staffMoves(life, site));
  yearly(4, () => sells(life, site, addDays(day, chance.below(20) - 10)));
  yearly(15, () => closesCash(life, site));
  if (/-(06|07|25)$/.test(day)) at(workTime(), () => mostPay(life, site));
  yearly(8, () => readsStatement(life, site));
  yearly(15, () => mandates(life, site));
  yearly(8, () => deducts(life, site));
  yearly(8, () => paidService(life, site));
  yearly(5, () => exempts(life, site));
  yearly(5, () => givesBack(life, site));
  yearly(6, () => invoices(life, site));
  yearly(12, () => settlesLetters(life, site));
  yearly(2, () => erases(life, site));
  yearly(20, () => doesWrong(life, site));
  // Executions are lost now and then: the sweep alone keeps what they would have kept.
  yearly(1, async () => {
    life.cloud.stopExecutions();
    count(faults, 'executions-lost');
  });
};

/** How everything stands. */
export const subjectOf = async (life: Life, since: number): Promise<Subject> => ({
  life,
  since,
  ...(await casesOf(life)),
});

const check = async (life: Life, since: number, often: boolean): Promise<Broken[]> => {
  const subject = await subjectOf(life, since);
  const found: Broken[] = [];
  for (const law of LAWS) {
    if (often && !law.often) continue;
    const lines = await Promise.resolve(law.broken(subject)).catch((error: Error) => [
      `can't be told: ${error.message}`,
    ]);
    const at = new Date(life.cloud.clock.now()).toISOString();
    for (const what of lines.slice(0, MOST_EXAMPLES)) found.push({ law: law.name, what, at });
    if (lines.length > MOST_EXAMPLES)
      found.push({ law: law.name, what: `and ${lines.length - MOST_EXAMPLES} more`, at });
  }
  return found;
};

/** What lies in every table, and what was mailed. */
const stateOf = async (cloud: MemoryCloud): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify([await cloud.mail(), await everything(cloud)]))
    .digest('hex');

/** Of one letter in so many that is mailed something else than its arrival becomes, and of more of the first: each has few. */
const ODD = 25;
const ODD_FIRST = 3;
const FATES: MailOutcome[] = ['bounced', 'soft-bounced', 'complained', 'auto-replied', 'answered', 'unheard'];
const fatesOf = (chance: Chance): DecideOutcome => {
  let letters = 0;
  // Of what is mailed to staff nothing is ever told.
  return ({ tags }) =>
    tags.letter !== undefined && chance.oneIn(Math.min(ODD, ODD_FIRST + letters++ / 10))
      ? chance.pick(FATES)
      : undefined;
};

/** Journals shown of one failure. */
const MOST_HISTORIES = 3;

/** What happened to the cases that broken laws name. */
const historiesOf = (cases: readonly Case[], broken: readonly Broken[]): string[] => {
  const named = new Set(broken.flatMap(({ what }) => what.match(/\b[a-z]{3}_[\w-]+/g) ?? []));
  return cases
    .filter(({ id }) => named.has(id))
    .slice(0, MOST_HISTORIES)
    .map(({ id, events }) =>
      [
        id,
        ...events.map(
          ({ version, at, name, by, data }) =>
            `  ${version} ${new Date(at).toISOString()} ${name} ${by} ${JSON.stringify(data)}`,
        ),
      ].join('\n'),
    );
};

const CALM = { now: calm, twice: () => false, dies: () => undefined };

/** A group of so many sites lives so many days in a cloud of its own, under faults; ends with the first law that is broken. */
export const live = async (
  { deployment, entryOf }: { deployment: Deployment; entryOf(fn: FunctionModel): Entry },
  { seed, sites: many, days }: { seed: string; sites: number; days: number },
  /** Called at the end, where no law was broken. */
  then: (subject: Subject) => Promise<void> = async () => undefined,
): Promise<Lived> => {
  const chance = chanceOf(seed);
  // Any day of the year, so that every month's end, a leap day and both changes of the hour are met sooner or later.
  const start = Date.UTC(2027, chance.below(12), 1 + chance.below(28), chance.below(24));
  const published = new Set<string>();
  const onPut = (detail: string) => void published.add((JSON.parse(detail) as { id: string }).id);
  const cloud = inMemory({ deployment, entryOf, start, chance, readRaw: readHead, onPut });
  cloud.weather.now = calm;
  const ask = apiOf(cloud);
  const faults: Counted = {};
  const broken: Broken[] = [];
  let lived = 0;
  let sites: Site[] = [];
  const { life, until } = await (async () => {
    sites = await enterGroup(cloud, ask, many, chance.of('group'));
    return lifeOf(cloud, ask, sites, chance.of('life'), published);
  })();
  cloud.redeliver({ duplicate: 0.02, reorder: 0.02, seed: chance.of('order').below(2 ** 31) });
  cloud.mailOutcome(fatesOf(chance.of('mail')));
  cloud.weather.now = storm(chance.of('weather'), ONE_IN, cloud, faults);
  cloud.weather.twice = twins(chance.of('twins'), faults);
  cloud.weather.dies = outages(chance.of('outages'), cloud, faults, (outage, noticedAfter) => {
    life.outages.push(outage);
    life.after(noticedAfter, redrives);
    // Its last letters come a while after its end.
    life.at(outage.until + Math.max(HOUR, noticedAfter), redrives);
  });
  cloud.weather.ahead = clocks(chance.of('clocks'));
  const redrives = async () => {
    const { taken, failedAgain } = await redrive(cloud);
    life.deadLetters.push(...taken);
    count(faults, 'dead-letter', taken.length);
    // Whoever redrives looks again until it is done: what is passed on days late may be older than what is read again.
    if (failedAgain) life.after(HOUR, redrives);
  };
  const since = cloud.clock.now();
  const calmly = async (often: boolean) => {
    const weather = { ...cloud.weather };
    Object.assign(cloud.weather, CALM);
    // What somebody looked at a moment ago isn't seen by whoever looks now.
    await cloud.clock.advance({ by: 2 * LOOKED_AT });
    await redrives();
    // What a fault delayed is made up for by the next sweeps.
    await cloud.clock.advance({ by: HOUR });
    broken.push(...(await check(life, since, often)));
    Object.assign(cloud.weather, weather);
  };
  try {
    while (lived < days && broken.length === 0) {
      const now = cloud.clock.now();
      for (const site of sites) plan(life, site, localDay(now, site.zone), chance.of(`${site.id}/${lived}`), faults);
      lived += 1;
      await until(now + DAY);
      if (lived < days && lived % LOOKED_AT_EVERY === 0) await calmly(true);
    }
    if (broken.length === 0) await calmly(false);
    Object.assign(cloud.weather, CALM);
    if (broken.length === 0) await then(await subjectOf(life, since));
  } catch (error) {
    const what = error instanceof Unexpected ? error.message : (error as Error).stack?.slice(0, 800);
    broken.push({ law: 'every call is answered', what: what ?? '', at: new Date(cloud.clock.now()).toISOString() });
  } finally {
    await cloud.stop();
  }
  return {
    ...{ siteDays: lived * many, days: lived, tally: life.tally, events: published.size, faults, broken },
    state: () => stateOf(cloud),
    histories: broken.length === 0 ? [] : historiesOf((await casesOf(life)).cases, broken),
  };
};
