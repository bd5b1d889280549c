import type { Answer } from '../../local/client.ts';
import type { Site } from './site.ts';
import { siteOf } from './site.ts';
import { allCases } from './tables.ts';
import { HOUR, insisting, MINUTE, type World } from './world.ts';

/** Long enough for anything that died to be tried again, twice. */
const RETRIES = 5 * MINUTE;
const DAY = 24 * HOUR;

/** Callbacks are due after 6 hours and go up 1 and 2 hours later, so that a ladder fits into a day. */
export const DAY_POLICY = { callbackHours: 6, escalateManagerHours: 1, escalateDirectorHours: 2 };

/**
 * An ordinary day of a site, from now on: settled, late and missed calls, a matter nobody accepts, a promise broken,
 * complaints closed, reopened, important, about attitude, and one whose callback is missed. Callers ask again where they
 * got no answer; between two steps there is time for what died to be tried again.
 */
export const liveADay = async (world: World): Promise<void> => {
  const patient = { cloud: world.cloud, as: async (sub: string) => insisting(await world.as(sub)) };
  const site: Site = siteOf(patient, 'lakeside');
  const began = world.cloud.clock.now();
  const then = () => world.passes(RETRIES);
  const each = async (ids: string[], step: (id: string) => Promise<unknown>) => {
    await Promise.all(ids.map(step));
    await then();
  };

  await site.takesCall({ outcome: { settled: true } });
  await site.takesCall({ rings: 5, outcome: { settled: true } });
  await site.takesCall({ answered: false });
  const promise = { replyBy: new Date(began + HOUR).toISOString() };
  await site.takesCall({ outcome: { as: 'repair', department: 'security', words: 'The lamp is dark.' }, promise });
  const rude = await site.takesCall({ outcome: { settled: true } });
  const about = { staff: world.staff('lakeside-agent-1'), contact: rude.id };
  const outcome = { as: 'complaint', kind: 'attitude', department: 'engineering', words: 'Was shouted at.', about };
  const { complaint: attitude } = await site.takesCall({ outcome }, { by: 'agent-2' });
  const [closed, reopened, missed] = [
    await site.takesComplaint(),
    await site.takesComplaint(),
    await site.takesComplaint(),
  ];
  await then();
  const all = [attitude, closed, reopened, missed];
  await each(all, (id) => site.judges(id));
  await site.onComplaint(closed, 'important', { reason: 'A child fell.' }, 'supervisor');
  await each(all, (id) => site.accepts(id));
  await each(all, (id) => site.investigates(id, id === attitude ? { upheld: true } : {}));
  await each(all, (id) => site.resolves(id));
  await site.callsBack(closed, { rating: 4, opinions: ['It took long.'] });
  await site.callsBack(reopened, { rating: 1 });
  await site.callsBack(attitude, { rating: 3 });
  await site.onCallback(closed, 'opinions/answer', { item: 0, answer: 'A second team.' }, 'engineering');
  await site.onCallback(closed, 'opinions/sign', { item: 0 }, 'engineering');
  await then();
  await each([closed, attitude], (id) => site.signs(id));
  await each([reopened], (id) => site.investigates(id));
  await each([reopened], (id) => site.resolves(id));
  await site.callsBack(reopened, { ordinal: 2, rating: 5 });
  await then();
  await site.signs(reopened);
  await world.passes(began + 9 * HOUR - world.cloud.clock.now());
  await site.callsBack(missed, { rating: 5 });
  await then();
  await site.signs(missed);
  await world.passes(began + DAY - world.cloud.clock.now());
};

const counted = (all: string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(all.sort(), (one) => one)].map(([one, { length }]) => [one, length]));

/** What came of a day, without ids and dates: figures, what happened, who was told of what, by mail and in the inbox. */
export const whatCameOf = async (world: World, began: number) => {
  const within = (at: number) => at >= began && at < began + DAY;
  const day = new Date(began).toISOString().slice(0, 10);
  const total = (await world.lakeside.get(`figures?from=${day}&to=${day}&by=day`)).total as Answer;
  const cases = (await allCases(world.cloud)).filter(({ site }) => site === 'lakeside');
  const events = cases.flatMap((one) => one.events).filter(({ at }) => within(at));
  const mails = (await world.mail()).filter(({ at }) => within(at));
  const nameless = (text: string) => text.replace(/[A-Z]{2}\d{4}-\d{3}|\d{4}-\d{2}-\d{2}/g, '…');
  const positions = ['agent-1', 'agent-2', 'supervisor', 'manager', 'director', 'engineering', 'security'];
  const heard = await Promise.all(
    positions.map(async (position) => {
      const { items } = await (await world.lakeside.callerAt(position)).get('/inbox?limit=100');
      return items
        .filter(({ at }: Answer) => within(Date.parse(at)))
        .map(({ kind, type, duty }: Answer) => `${position}: ${kind} ${type} ${duty ?? ''}`);
    }),
  );
  return {
    // The day before is another day's business.
    figures: Object.fromEntries(
      Object.entries<Answer>(total).map(([id, { change: _, previous: __, ...figure }]) => [id, figure]),
    ),
    events: counted(events.map(({ name, data }) => `${name} ${(data as { duty?: string }).duty ?? ''}`.trim())),
    mails: counted(mails.map(({ to, subject }) => `${to}: ${nameless(subject)}`)),
    heard: counted(heard.flat()),
  };
};
