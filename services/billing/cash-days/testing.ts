import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { SITE } from '../../../shared/testing/site.ts';
import { onRemittance } from '../statements/on-remittance.ts';
import { office } from '../statements/testing.ts';
import { type Deps, routes } from './api.ts';
import { cashDayId } from './cash-day.ts';
import { figuresOfDay } from './rows-store.ts';

export const DAY_1 = '2026-11-01';
export const DAY_2 = '2026-11-02';

/** The finance office of a site, on the morning of 2 November: what it takes, what its statements say, how it closes a day. */
export const till = async () => {
  const o = await office({ zhou: { role: 'site-director' } });
  const { w, hearing } = o;
  const call = apiCaller<Deps>(routes, { ...w.deps, ...hearing });
  const at = (day: string) => `/sites/${SITE}/cash-days/${day}`;
  let keys = 0;
  const post = (who: string, day: string, name: string, body: object, key = `sign-${++keys}`) =>
    call(who, `POST ${at(day)}/${name}`, body, key);
  const day = async (on: string, who = 'li') => (await call(who, `GET ${at(on)}`)).body;
  const heads = (state: 'open' | 'final') => call('li', `GET /sites/${SITE}/cash-days?state=${state}`);
  /** Everything so far is told to whoever writes receipts, and to whoever hears of money without a name; often. */
  const settles = async () => {
    await w.tells(1, 2);
    for (const state of ['unclaimed', 'finished']) {
      const { items } = (await o.call('qian', `GET /sites/${SITE}/remittances?state=${state}&limit=100`)).body;
      for (const { id } of items) {
        for (const event of await o.remittances.whole(SITE, id)) await onRemittance.handle(event as never, hearing);
      }
    }
  };
  return {
    ...o,
    post,
    day,
    settles,
    list: async (state: 'open' | 'final') => (await heads(state)).body.items,
    rows: async (on: string, query: string) => (await call('li', `GET ${at(on)}/rows?${query}`)).body,
    get: (on: string, rest: string) => call('li', `GET ${at(on)}${rest}`),
    takes: async (fen: number, method: string, more: object = {}): Promise<string> => {
      const { body } = await w.pays({ party: 'pty_1', fen, method, ...more });
      await w.tells(1, 2);
      return body.payment;
    },
    reverses: async (payment: string) => {
      const body = { account: w.idOf(1), reason: 'It did not come.' };
      const done = await w.call('sun', `POST /sites/${SITE}/payments/${payment}/reversals`, body);
      await w.tells(1, 2);
      return done;
    },
    /** The first signature, of the day as it is now. */
    closes: async (on: string, body: object = {}, who = 'li', key?: string) =>
      post(who, on, 'close', { seal: (await day(on)).seal, countedFen: (await day(on)).tillFen, ...body }, key),
    seconds: async (on: string, who = 'sun', key?: string) =>
      post(who, on, 'countersign', { seal: (await day(on)).signed?.seal ?? (await day(on)).seal }, key),
    state: async (on: string) => (await hearing.cashDays.head(SITE, cashDayId(on))).state,
    events: async (on: string) => (await hearing.cashDays.whole(SITE, cashDayId(on))).map(({ name }) => name),
    figures: (on: string) => figuresOfDay(hearing, SITE, on),
  };
};
