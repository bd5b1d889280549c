import { createHash } from 'node:crypto';
import { addDays, HOUR, localDay } from '../../shared/time/clock.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const WORDS = { reason: 'So it was.' };
/** What a signed sheet or a photo is kept by. */
export const PROOF = createHash('sha256').update('a photo').digest('hex');
const METHODS = ['cash', 'transfer', 'wechat', 'alipay', 'pos'];

/** Somebody of the back office does something about an account. */
const onAccount = async (
  life: Life,
  site: Site,
  account: { id: string; openFen: number; creditFen: number; debts: { bill: string }[] },
) => {
  const { chance } = life;
  const { staff } = site;
  const today = localDay(life.cloud.clock.now(), site.zone);
  const on = (by: keyof Site['staff'], command: string, body: object) =>
    life.does(staff[by], `/sites/${site.id}/accounts/${account.id}/${command}`, body);
  const bill = account.debts[0]?.bill;
  const pays = (fen: number, more: object = {}) =>
    on(chance.pick(['agent', 'agent2']), 'payments', { fen, method: chance.pick(METHODS), ...more });
  switch (chance.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return account.openFen > 0 ? pays(account.openFen) : undefined;
    case 5:
      return pays(1 + chance.below(20_000));
    case 6:
      return pays(Math.max(1, account.openFen), { paidOn: addDays(today, -chance.below(40)) });
    case 7: {
      const payments = await life.reads(staff.finance, `/sites/${site.id}/accounts/${account.id}/payments?limit=20`);
      const payment = payments?.items?.length ? chance.pick<{ payment: string }>(payments.items).payment : undefined;
      return payment && on('director', 'reversals', { payment, ...WORDS });
    }
    case 8:
      return (
        bill &&
        on('manager', 'adjustments', {
          bill,
          fen: chance.oneIn(3) ? 1 + chance.below(900) : -1 - chance.below(3_000),
          ...WORDS,
        })
      );
    case 9: {
      const asked = bill && (await on('agent', 'waivers', { bill, fen: 1 + chance.below(500), ...WORDS }));
      const waiver = asked?.asked?.filter((one: { duty: string }) => one.duty === 'waiver').at(-1)?.id;
      return (
        waiver &&
        on(chance.oneIn(5) ? 'agent' : 'manager', 'waivers/decide', { waiver, agree: chance.oneIn(2), words: 'So.' })
      );
    }
    case 10: {
      const asked = await on('agent', 'holds', {
        kind: chance.pick(['promise', 'dispute', 'hardship']),
        until: addDays(today, 2 + chance.below(20)),
        ...WORDS,
      });
      const hold = asked?.asked?.filter((one: { duty: string }) => one.duty === 'hold').at(-1)?.id;
      return (
        hold &&
        life.after(
          HOUR * chance.below(30),
          async () => void (await on('supervisor', 'holds/decide', { hold, agree: !chance.oneIn(4), words: 'So.' })),
        )
      );
    }
    case 11:
      return on('agent2', 'calls', { outcome: chance.pick(['reached', 'no-answer', 'refused']) });
    case 12:
      return on('agent', 'visits', { outcome: chance.pick(['met', 'not-met', 'refused']), words: 'There.' });
    case 13:
      return on('director', 'review', { decision: chance.pick(['lawyer-letter', 'agreement', 'wait']), words: 'So.' });
    case 14:
      return account.creditFen > 0
        ? on('manager', 'refunds', {
            fen: Math.min(account.creditFen, 1 + chance.below(3_000)),
            method: 'transfer',
            ...WORDS,
          })
        : undefined;
    default:
      return pays(Math.max(1, account.openFen), { paidOn: addDays(today, 3) });
  }
};

/** Some of the site's accounts are dealt with. */
export const moneyMoves = async (life: Life, site: Site, times: number): Promise<void> => {
  const { chance } = life;
  const state = chance.oneIn(5) ? 'finished' : 'open';
  const page = await life.reads(site.staff.finance, `/sites/${site.id}/accounts?state=${state}&limit=100`);
  const accounts = page?.items ?? [];
  for (let n = 0; n < times && accounts.length > 0; n++) await onAccount(life, site, chance.pick(accounts));
};

/** Somebody pays at the very moment at which it is decided who is dunned today. */
export const paysAtNine = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const page = await life.reads(site.staff.finance, `/sites/${site.id}/accounts?state=open&limit=100`);
  const owing = (page?.items ?? []).filter(({ openFen }: { openFen: number }) => openFen > 0);
  if (owing.length === 0) return;
  const { id, openFen } = chance.pick<{ id: string; openFen: number }>(owing);
  const body = { fen: chance.oneIn(3) ? Math.ceil(openFen / 2) : openFen, method: chance.pick(METHODS) };
  await life.does(site.staff.agent, `/sites/${site.id}/accounts/${id}/payments`, body);
};

/** The month's run is issued; now and then twice, or that of another month. */
export const issues = async (life: Life, site: Site): Promise<void> => {
  const today = localDay(life.cloud.clock.now(), site.zone);
  await life.does(site.staff.manager, `/sites/${site.id}/runs`, { period: today.slice(0, 7) });
  if (life.chance.oneIn(10))
    await life.does(site.staff.manager, `/sites/${site.id}/runs`, { period: addDays(today, -20).slice(0, 7) });
};

/** What lies to be printed is printed and handed over, most of it: one by one, or in a round. */
export const deliversPaper = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const path = `/sites/${site.id}/letters`;
  const page = await life.reads(site.staff.agent, `${path}?state=to-print&limit=100`);
  const some = ((page?.items ?? []) as { id: string }[]).filter(() => !chance.oneIn(6)).map(({ id }) => id);
  const alone = chance.below(4);
  for (const id of some.slice(0, alone)) {
    await life.does(site.staff.agent, `${path}/${id}/printed`, {});
    if (!chance.oneIn(6)) await life.does(site.staff.agent, `${path}/${id}/handed-over`, { receivedBy: 'payer' });
  }
  const round = { letters: some.slice(alone), receivedBy: 'payer', proof: PROOF };
  if (round.letters.length > 0) await life.does(site.staff.agent2, `${path}/handed-over`, round);
};
