import { pay } from '../../billing/accounts/decide.ts';
import { type accountInHand, at } from '../../billing/accounts/testing.ts';
import type { Seen } from '../figures/measures/measure.ts';
import { SITE } from '../testing/site.ts';
import { record, type World, world } from '../testing/world.ts';

type Hand = ReturnType<typeof accountInHand>;

/** What happened to an account, as a site's stream tells it; the building's name is one that has to be escaped. */
export const told = (hand: Hand, account = 'acc_1-1', building = '#1幢', site = SITE): Seen[] =>
  hand.events.map((event) => ({
    ...event,
    site,
    aggregate: account,
    id: `${account}.${event.version}`,
    data: event.name === 'account.opened' ? { ...(event.data as object), building } : event.data,
  })) as unknown as Seen[];

export const pays = (hand: Hand, day: string, fen: number, payment = `pay_${day}`) =>
  hand.does(at(day), (on) => pay(on, { payment, method: 'cash', fen }));

/** A reporting world in which ledgers are told of, and collection rates asked for. */
export const ledgerWorld = async () => {
  const w = await world();
  w.now = at('2028-01-01');
  const get = (path: string, query: object) => w.call('GET', path, { params: { site: SITE }, query });
  const collection = async (month: string, by = 'total'): Promise<Awaited<ReturnType<World['call']>>['body']> =>
    (await get('/sites/{site}/collection', { month, by })).body;
  return Object.assign(w, {
    get,
    collection,
    total: async (month: string) => (await collection(month)).total,
    /** Written, and told by the stream. */
    happen: async (...events: Seen[]) => {
      await w.write(events);
      return w.count({ Records: events.map(record) });
    },
  });
};
export type LedgerWorld = Awaited<ReturnType<typeof ledgerWorld>>;
