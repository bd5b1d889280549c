import { beforeEach, describe, expect, test } from 'vitest';
import { payerKey } from '../../../shared/directory/payer.ts';
import { unitIdKey } from '../../../shared/directory/units.ts';
import type { Recorded } from '../../../shared/domain/events.ts';
import { wakeUp } from '../../../shared/journal/execute.ts';
import { apiCaller } from '../../../shared/testing/api-caller.ts';
import { cardsOf } from '../../../shared/testing/merged.ts';
import { SITE, siteInMemory } from '../../../shared/testing/site.ts';
import { iso, SECOND } from '../../../shared/time/clock.ts';
import { accountId } from '../accounts/account.ts';
import { accountsIn } from '../accounts/store.ts';
import { at } from '../accounts/testing.ts';
import { billingTable } from '../store.ts';
import { type Deps, routes } from './api.ts';
import type { slipSigned } from './events.ts';
import { onSlipSigned } from './on-slip-signed.ts';
import { slipsIn } from './store.ts';

const STAFF = {
  li: { role: 'agent' },
  chen: { role: 'department-head', department: 'engineering' },
  qian: { role: 'department-head', department: 'finance' },
} as const;
const WORD = { how: 'word', words: 'Mr. Zhang agreed on the phone.' };
const PHOTO = { how: 'signature', photo: 'a'.repeat(64) };

const world = async () => {
  const site = await siteInMemory(billingTable, STAFF, at('2026-11-20', '09:00'));
  await site.publish({
    ...unitIdKey(SITE, 'unt_1'),
    unit: 'unt_1',
    building: 'A',
    number: '1',
    payers: [{ party: 'pty_1' }],
  });
  await site.publish({
    ...payerKey(SITE, 'pty_2'),
    party: 'pty_2',
    name: { ref: 'txt_gone', hash: '' },
    emails: [],
    phones: [],
  });
  const slips = slipsIn(site.tables);
  const accounts = accountsIn(site.tables, site.deps);
  const call = apiCaller<Deps>(routes, { ...site.deps, slips });
  const opens = async (appointed = at('2026-11-23', '14:00')) =>
    (
      await call('li', `POST /sites/${SITE}/slips`, {
        unit: 'unt_1',
        service: 'pipe-repair',
        department: 'engineering',
        appointedAt: iso(appointed),
        words: 'The kitchen tap drips.',
      })
    ).body.id as string;
  return {
    site,
    call,
    slips,
    opens,
    does: (who: string, slip: string, command: string, body: unknown) =>
      call(who, `POST /sites/${SITE}/slips/${slip}/${command}`, body),
    wakesUp: (id: string) => wakeUp(slips, { site: SITE, id, now: site.now }),
    account: (party = 'pty_1') => accounts.head(SITE, accountId('unt_1', party)),
    /** Hands what the owner signed to the consumer, as often as it is delivered. */
    charges: async (slip: string, times = 1) => {
      const events = await slips.history(SITE, slip);
      const signed = events.find(({ name }) => name === 'slip.signed') as unknown as Recorded<typeof slipSigned>;
      const deps = { slips, accounts, policies: site.deps.policies };
      for (let i = 0; i < times; i++) await onSlipSigned.handle(signed, deps);
    },
  };
};

let w: Awaited<ReturnType<typeof world>>;
beforeEach(async () => {
  w = await world();
});

test('slips have numbers that people say, and are found by them and by department, late ones and what is due first', async () => {
  const [first, second] = [await w.opens(), await w.opens(at('2026-11-24', '09:00'))];
  const found = async (query: string) =>
    (await w.call('li', `GET /sites/${SITE}/slips?${query}`)).body.items.map(({ id }: { id: string }) => id);
  const { body } = await w.call('li', `GET /sites/${SITE}/slips/${second}`);
  expect(body.number).toMatch(/^YC\d{4}-002$/);
  expect(await found(`number=${body.number}`)).toEqual([second]);
  expect(await found('number=yc1')).toEqual([first]);
  expect(await found('department=engineering&sort=due')).toEqual([first, second]);
  expect(await found('department=finance')).toEqual([]);
  expect(await found('status=priced,done')).toEqual([]);
});

/** A slip with the price agreed to, whose work is done on the appointed day at 15:00. */
const done = async (day: string, fen = 12_000) => {
  const slip = await w.opens(at(day, '14:00'));
  await w.does('li', slip, 'price', { fen, ...WORD });
  w.site.now = at(day, '15:00');
  const { body } = await w.does('chen', slip, 'done', {});
  return { slip, amountDue: body.amountDue };
};

describe('a paid service', () => {
  test('goes from the wish to a bill on the account, charged once however often it is told', async () => {
    const { slip } = await done('2026-11-23');
    await w.does('chen', slip, 'amount', { fen: 11_500 });
    expect((await w.does('li', slip, 'sign', PHOTO)).body).toMatchObject({ status: 'signed', fen: 11_500 });
    await w.charges(slip, 2);
    expect((await w.account()).state).toMatchObject({
      debts: [{ bill: `service/2026-11-23.${slip}`, fen: 11_500, dueDay: '2026-11-23' }],
    });
    const { body } = await w.call('li', `GET /sites/${SITE}/slips/${slip}`);
    expect(body).toMatchObject({ status: 'charged', owed: [], account: accountId('unt_1', 'pty_1') });
    expect(body.history.filter(({ event }: { event: string }) => event === 'slip.charged')).toHaveLength(1);
  });

  test('signed on a day off falls due on the next working day', async () => {
    const { slip } = await done('2026-11-21');
    await w.does('chen', slip, 'amount', { fen: 100 });
    await w.does('li', slip, 'sign', PHOTO);
    await w.charges(slip);
    expect((await w.account()).state?.debts).toMatchObject([{ dueDay: '2026-11-23' }]);
  });

  test('ordered by somebody whom the payer was merged into, it is on the account there is', async () => {
    for (const card of cardsOf(SITE, ['pty_2', 'pty_1'])) await w.site.publish(card);
    const { body } = await w.call('li', `POST /sites/${SITE}/slips`, {
      unit: 'unt_1',
      party: 'pty_2',
      service: 'cleaning',
      department: 'engineering',
      appointedAt: iso(at('2026-11-23')),
    });
    expect(body).toMatchObject({ party: 'pty_1' });
  });

  test('is charged to whoever ordered it', async () => {
    const { body } = await w.call('li', `POST /sites/${SITE}/slips`, {
      unit: 'unt_1',
      party: 'pty_2',
      service: 'cleaning',
      department: 'engineering',
      appointedAt: iso(at('2026-11-23')),
    });
    expect(body.party).toBe('pty_2');
  });
});

describe('the amount', () => {
  test.each([
    ['2026-11-23', at('2026-11-25', '00:00')],
    // The deduction's cut-off is at 24:00 of the 25th: earlier than the day after completion.
    ['2026-11-25', at('2026-11-26', '00:00')],
    ['2026-11-26', at('2026-11-28', '00:00')],
  ])('of work done on %s is due at 24:00 of the day after, or at the cut-off', async (day, due) => {
    expect((await done(day)).amountDue).toBe(iso(due));
  });

  test('is at most what the owner agreed to, unless the owner agrees anew', async () => {
    const { slip } = await done('2026-11-23', 10_000);
    expect((await w.does('chen', slip, 'amount', { fen: 10_001 })).body.code).toBe('slip.above-price');
    await w.does('li', slip, 'price', { fen: 12_000, ...PHOTO });
    expect((await w.does('chen', slip, 'amount', { fen: 10_001 })).body).toMatchObject({ status: 'entered' });
    expect((await w.does('chen', slip, 'correct', { fen: 12_001 })).body.code).toBe('slip.above-price');
    expect((await w.does('chen', slip, 'correct', { fen: 9_999 })).body).toMatchObject({ fen: 9_999 });
  });

  test('not entered in time is missed, a second after 24:00', async () => {
    const { slip } = await done('2026-11-23');
    w.site.now = at('2026-11-25', '00:00') + SECOND;
    await w.wakesUp(slip);
    const events = await w.slips.history(SITE, slip);
    expect(events.at(-1)).toMatchObject({
      name: 'slip.missed',
      data: { duty: 'amount', due: at('2026-11-25', '00:00'), to: { role: 'supervisor' } },
    });
  });
});

describe('what is refused', () => {
  test('work without a price, an amount without work', async () => {
    const slip = await w.opens();
    expect((await w.does('chen', slip, 'done', {})).body).toMatchObject({
      code: 'slip.not-now',
      details: { status: 'opened', allowedFrom: 'priced' },
    });
    await w.does('li', slip, 'price', { fen: 100, ...WORD });
    expect((await w.does('chen', slip, 'amount', { fen: 100 })).body.code).toBe('slip.not-now');
  });

  test('anything that another department does on it: price, work, amount, signature, calling off', async () => {
    const slip = await w.opens();
    const refused = async (command: string, body: object) =>
      expect((await w.does('qian', slip, command, body)).body.code, command).toBe('slip.other-department');
    await refused('price', { fen: 100, ...WORD });
    await refused('cancel', { reason: 'owner', words: 'No longer.' });
    await w.does('chen', slip, 'price', { fen: 100, ...WORD });
    await refused('done', {});
    await w.does('chen', slip, 'done', {});
    await refused('amount', { fen: 100 });
    await w.does('chen', slip, 'amount', { fen: 100 });
    await refused('correct', { fen: 90 });
    await refused('sign', PHOTO);
    expect((await w.does('li', slip, 'sign', PHOTO)).body.status).toBe('signed');
  });

  test('calling off what is done', async () => {
    const slip = await w.opens();
    await w.does('li', slip, 'price', { fen: 100, ...WORD });
    await w.does('chen', slip, 'done', {});
    expect((await w.does('li', slip, 'cancel', { reason: 'owner', words: 'No longer.' })).body.code).toBe(
      'slip.not-now',
    );
  });

  test.each([
    [{ fen: 100, how: 'word' }, 'body.words'],
    [{ fen: 100, how: 'signature' }, 'body.photo'],
    [{ fen: 0, ...WORD }, 'body.fen'],
    [{ fen: 1.5, ...WORD }, 'body.fen'],
  ])('a price agreed to as %j', async (body, field) => {
    const slip = await w.opens();
    const { status, body: problem } = await w.does('li', slip, 'price', body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });

  test.each([
    [{ appointedAt: '2026-11-19T10:00:00+08:00' }, 400, 'body.appointedAt'],
    [{ department: 'nowhere' }, 400, 'body.department'],
    [{ unit: 'unt_9' }, 404, undefined],
    [{ party: 'pty_9' }, 404, undefined],
  ])('a slip with %j', async (wrong, status, field) => {
    const good = { unit: 'unt_1', service: 'x', department: 'engineering', appointedAt: '2026-11-23T10:00:00+08:00' };
    const { status: said, body } = await w.call('li', `POST /sites/${SITE}/slips`, { ...good, ...wrong });
    expect([said, body.errors?.[0].field]).toEqual([status, field]);
  });
});
