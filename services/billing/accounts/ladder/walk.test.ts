import { beforeEach, describe, expect, test } from 'vitest';
import { at } from '../testing.ts';
import { dunningDesk } from './testing.ts';
import { allAccounts } from './walk.ts';

let w: Awaited<ReturnType<typeof dunningDesk>>;
beforeEach(async () => {
  w = await dunningDesk();
  await w.comes('2026-11-11');
});
const pays = (i: number) => w.does('li', i, 'payments', { fen: 25_399, method: 'cash' });
const unitsOf = ({ items }: { items: { unit: string }[] }) => items.map(({ unit }) => unit);

describe('the proof of a day', () => {
  test('has on its first page who has paid since, and says next only where there is more', async () => {
    w.site.now = at('2026-11-12', '10:00');
    for (const i of [0, 1, 2]) await pays(i);
    const { body } = await w.get('2026-11-11');
    expect(body.items[0]).toMatchObject({ building: 'A', number: '103' });
    expect(unitsOf(body)).toEqual(['unt_3', 'unt_2', 'unt_1']);
    expect(body).not.toHaveProperty('next');
    expect((await w.get('2026-11-10')).body).toEqual({ items: [] });
  });

  test('has everybody once whoever pays, or owes again, while one pages', async () => {
    w.site.now = at('2026-11-12', '10:00');
    await pays(0);
    const first = (await w.get('2026-11-11?limit=1')).body;
    await pays(2);
    await pays(1);
    const second = (await w.get(`2026-11-11?limit=1&after=${first.next}`)).body;
    const { items } = (await w.call('li', `GET /sites/lakeside/accounts/${w.ids[0]}/payments`)).body;
    const reversed = { payment: items[0].payment, reason: 'It did not come.' };
    expect((await w.does('ding', 0, 'reversals', reversed)).status).toBe(200);
    const third = (await w.get(`2026-11-11?limit=1&after=${second.next}`)).body;
    expect([first, second, third].map(unitsOf)).toEqual([['unt_3'], ['unt_2'], ['unt_1']]);
    expect(third).not.toHaveProperty('next');
  });

  test('says what held a step, and until when', async () => {
    const hold = await w.promises(0, '2026-11-20');
    await w.comes('2026-11-17');
    const { items } = (await w.get('2026-11-17')).body;
    expect(items[2].steps).toMatchObject([
      { rung: 'reminder', state: 'held', hold: { hold, kind: 'promise', until: '2026-11-20' } },
    ]);
    expect(items[0].steps[0]).not.toHaveProperty('hold');
  });
});

test('an account that is opened again while a page is read is on it', async () => {
  w.site.now = at('2026-11-12', '10:00');
  await pays(0);
  let asked = 0;
  const walk: typeof w.accounts.walk = async (...of) => {
    asked += 1;
    if (asked === 2) {
      const { items } = (await w.call('li', `GET /sites/lakeside/accounts/${w.ids[0]}/payments`)).body;
      await w.does('ding', 0, 'reversals', { payment: items[0].payment, reason: 'It did not come.' });
    }
    return w.accounts.walk(...of);
  };
  const page = await allAccounts({ walk }, 'lakeside', 50, undefined);
  expect(page.items.map(({ id }) => id).sort()).toEqual([...w.ids].sort());
});
