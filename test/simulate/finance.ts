import { addDays, DAY, HOUR, iso, localDay } from '../../shared/time/clock.ts';
import { PROOF } from './fees.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const SAID = { words: 'So it was.' };
const REASON = { reason: 'So it was.' };
const base64 = (rows: readonly string[]): string => Buffer.from(rows.join('\n')).toString('base64');
const todayOf = (life: Life, site: Site) => localDay(life.cloud.clock.now(), site.zone);

const COLUMNS = '交易时间,收入金额,对方户名,附言,交易流水号';

interface OfAccount {
  id: string;
  unit: string;
  party: string;
  openFen: number;
  creditFen: number;
  mandate?: object;
}

const accountsOf = async (life: Life, site: Site): Promise<OfAccount[]> =>
  (await life.reads(site.staff.finance, `/sites/${site.id}/accounts?state=open&limit=100`))?.items ?? [];

/** A cash day is closed, countersigned where it is short, and now and then opened again. */
export const closesCash = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const { staff } = site;
  const path = `/sites/${site.id}/cash-days/${addDays(todayOf(life, site), -1 - chance.below(3))}`;
  const seen = await life.reads(staff.agent, path);
  if (!seen) return;
  const countedFen = Math.max(0, seen.tillFen + (chance.oneIn(4) ? 100 + chance.below(80_000) : 0));
  const explanations = ['cash', 'transfer', 'wechat', 'alipay', 'pos', 'deduction', 'online'].map((method) => ({
    method,
    ...SAID,
  }));
  await life.does(staff.agent, `${path}/close`, { seal: seen.seal, countedFen, explanations });
  if (chance.oneIn(2)) await life.does(staff.manager, `${path}/countersign`, { seal: seen.seal });
  if (!chance.oneIn(3)) return;
  const asked = await life.does(staff.finance, `${path}/reopen`, SAID);
  if (asked?.owed.some(({ duty }: { duty: string }) => duty === 'reopen'))
    await life.does(staff.director, `${path}/reopen/decide`, { agree: !chance.oneIn(3), ...SAID });
};

/** A bank's statement is read; what nobody booked is claimed, divided, or set aside. */
export const readsStatement = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const { finance } = site.staff;
  const owing = (await accountsOf(life, site)).filter(({ openFen }) => openFen > 0);
  const paidOn = addDays(todayOf(life, site), -chance.below(3));
  const rows = Array.from({ length: 1 + chance.below(8) }, (_, i) => {
    const fen = owing.length > 0 && chance.oneIn(2) ? chance.pick(owing).openFen : 100 + chance.below(60_000);
    return `${paidOn},${(fen / 100).toFixed(2)},示例业主 ${chance.below(60)},物业费,${life.cloud.clock.now()}${i}`;
  });
  const content = base64([COLUMNS, ...rows]);
  await life.does(finance, `/sites/${site.id}/statements`, { content, channel: chance.pick(['transfer', 'wechat']) });
  const page = await life.reads(finance, `/sites/${site.id}/remittances?limit=20`);
  for (const { id, fen, proposals, part } of page?.items ?? []) {
    const path = `/sites/${site.id}/remittances/${id}`;
    const party = proposals?.[0]?.party ?? (owing.length > 0 ? chance.pick(owing).party : undefined);
    const acts: [string, object][] = [
      ['claim', { party }],
      ['claim', { party }],
      ['split', { parts: [{ fen: 1 }, { fen: fen - 1 }] }],
      ['set-aside', SAID],
    ];
    if (part && chance.oneIn(2)) await life.does(finance, `/sites/${site.id}/remittances/${part}/join`, {});
    const [command, body] = chance.pick(acts);
    if (party !== undefined) await life.does(finance, `${path}/${command}`, body);
  }
};

/** Most of what is owed comes over the bank, with the flat it is for; whoever lets the bank collect it doesn't pay besides. */
export const mostPay = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const paying = (await accountsOf(life, site)).filter(
    ({ openFen, mandate }) => openFen > 0 && !mandate && !chance.oneIn(5),
  );
  if (paying.length === 0) return;
  const paidOn = todayOf(life, site);
  const rows = paying.map(({ unit, openFen }, i) =>
    [paidOn, (openFen / 100).toFixed(2), '示例业主', site.homes.get(unit), `${life.cloud.clock.now()}m${i}`].join(','),
  );
  const content = base64([COLUMNS, ...rows]);
  await life.does(site.staff.finance, `/sites/${site.id}/statements`, { content, channel: 'transfer' });
};

/** Somebody lets the bank collect what they owe, or no more. */
export const mandates = async (life: Life, site: Site): Promise<void> => {
  const accounts = await accountsOf(life, site);
  if (accounts.length === 0) return;
  const path = `/sites/${site.id}/accounts/${life.chance.pick(accounts).id}/mandate`;
  const token = `tok-${String(life.chance.below(10 ** 8)).padStart(8, '0')}`;
  if (life.chance.oneIn(5)) await life.does(site.staff.agent, `${path}/end`, {});
  else await life.does(site.staff.agent, path, { token, bank: 'icbc' });
};

/** The bank is asked to collect, and answers: most of it, some of it wrongly, or not at all. */
export const deducts = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const { finance } = site.staff;
  const made = await life.does(finance, `/sites/${site.id}/deductions`, {});
  for (const { id } of made?.items ?? []) {
    const path = `/sites/${site.id}/deductions/${id}`;
    life.after(HOUR * (2 + chance.below(40)), async () => {
      const lines = await life.reads(finance, `${path}/lines?limit=100`);
      const file = await life.reads(finance, `${path}/file`);
      const tokens = new Map<number, string>();
      for (const row of String(file ?? '').split('\n')) {
        const [line = '', token = ''] = row.replace(/^\uFEFF/, '').split(',');
        if (/^\d+$/.test(line)) tokens.set(Number(line), token);
      }
      const rows = ((lines?.items ?? []) as { line: number; fen: number }[])
        .filter(() => !chance.oneIn(8))
        .map(({ line, fen }) => `${line},${tokens.get(line)},${fen},${chance.oneIn(4) ? '失败,余额不足' : '成功,'}`);
      const content = base64(rows);
      if (rows.length > 0) await life.does(finance, `${path}/result`, { content });
      if (rows.length > 0 && chance.oneIn(4)) await life.does(finance, `${path}/result`, { content });
      if (chance.oneIn(2)) await life.does(site.staff.supervisor, `${path}/give-up`, SAID);
      if (chance.oneIn(2)) await life.does(site.staff.agent, `${path}/follow-up`, SAID);
    });
  }
};

/** Work that is paid for: opened, its price agreed, done, its amount entered and signed; now and then something is left out. */
export const paidService = async (life: Life, site: Site): Promise<void> => {
  const { chance, cloud } = life;
  const { staff } = site;
  const units = (await life.reads(staff.agent, `/sites/${site.id}/units?limit=100`))?.items ?? [];
  if (units.length === 0) return;
  const slip = await life.does(staff.agent, `/sites/${site.id}/slips`, {
    unit: chance.pick<{ id: string }>(units).id,
    service: 'pipe-repair',
    department: 'engineering',
    appointedAt: iso(cloud.clock.now() + HOUR * (2 + chance.below(48))),
  });
  if (!slip) return;
  const fen = 500 + chance.below(20_000);
  const steps: [keyof Site['staff'], string, object, number][] = [
    ['agent', 'price', { fen, how: 'word', ...SAID }, HOUR],
    ['engineering', 'done', {}, 2 * DAY],
    ['engineering', 'amount', { fen: chance.oneIn(4) ? fen + 100 : fen }, HOUR],
    ['engineering', 'correct', { fen }, HOUR],
    ['agent', 'sign', { how: 'word', ...SAID }, HOUR],
    ['agent', 'cancel', { reason: 'owner', ...SAID }, HOUR],
  ];
  let at = 0;
  for (const [by, command, body, usual] of steps) {
    if (chance.oneIn(command === 'cancel' ? 1.2 : command === 'correct' ? 2 : 12)) continue;
    at += usual * (0.3 + chance.next());
    life.after(
      at,
      async () => void (await life.does(staff[by], `/sites/${site.id}/slips/${slip.id}/${command}`, body)),
    );
  }
};

/** A discount is asked for, decided by another, ended before its time. */
export const exempts = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const accounts = await accountsOf(life, site);
  if (accounts.length === 0) return;
  const month = todayOf(life, site).slice(0, 7);
  const next = addDays(`${month}-28`, 5).slice(0, 7);
  const made = await life.does(site.staff.agent, `/sites/${site.id}/exemptions`, {
    ...{ unit: chance.pick(accounts).unit, item: 'management', percent: 10 + chance.below(60) },
    ...{ from: `${next}-01`, to: addDays(`${next}-01`, 90), ...REASON },
  });
  if (!made) return;
  const path = `/sites/${site.id}/exemptions/${made.id}`;
  life.after(HOUR * chance.below(30), async () => {
    await life.does(site.staff.manager, `${path}/decide`, { agree: !chance.oneIn(4), ...SAID });
    if (chance.oneIn(3)) await life.does(site.staff.finance, `${path}/end`, { to: addDays(`${next}-01`, 40), ...SAID });
  });
};

/** Too much is paid, and given back: more than one person may. */
export const givesBack = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  const { staff } = site;
  const accounts = await accountsOf(life, site);
  if (accounts.length === 0) return;
  const { id, openFen } = chance.pick(accounts);
  const path = `/sites/${site.id}/accounts/${id}`;
  await life.does(staff.agent, `${path}/payments`, { fen: openFen + 150_000, method: 'transfer' });
  const fen = chance.oneIn(3) ? 20_000 : 120_000;
  const asked = await life.does(staff.finance, `${path}/refunds`, { fen, method: 'transfer', ...REASON });
  const refund = asked?.asked?.findLast((one: { duty: string }) => one.duty === 'refund')?.id;
  if (refund) await life.does(staff.director, `${path}/refunds/decide`, { refund, agree: !chance.oneIn(3), ...SAID });
};

/** An invoice is asked for, and issued. */
export const invoices = async (life: Life, site: Site): Promise<void> => {
  const page = await life.reads(site.staff.finance, `/sites/${site.id}/receipts?limit=20`);
  if (!page?.items?.length) return;
  const path = `/sites/${site.id}/receipts/${life.chance.pick<{ serial: string }>(page.items).serial}/invoice`;
  await life.does(site.staff.agent, path, { state: 'asked' });
  const number = `FP${String(life.chance.below(10 ** 10)).padStart(10, '0')}`;
  if (life.chance.oneIn(2)) await life.does(site.staff.finance, path, { state: 'issued', number });
  if (life.chance.oneIn(4)) await life.does(site.staff.finance, path, { state: 'red-flushed', number: `${number}R` });
};

/** What became of a mail is settled by a person; paper that nobody took is tried again, or given up. */
export const settlesLetters = async (life: Life, site: Site): Promise<void> => {
  const { chance } = life;
  for (const state of ['unknown', 'to-print']) {
    const page = await life.reads(site.staff.agent, `/sites/${site.id}/letters?state=${state}&limit=20`);
    for (const { id } of page?.items ?? []) {
      const path = `/sites/${site.id}/letters/${id}`;
      if (state === 'unknown')
        await life.does(site.staff.agent, `${path}/settle`, { how: chance.pick(['print', 'send-again']) });
      else if (chance.oneIn(10)) {
        await life.does(site.staff.agent, `${path}/attempted`, { proof: PROOF, ...SAID });
        if (chance.oneIn(2)) await life.does(site.staff.supervisor, `${path}/give-up`, SAID);
      }
    }
  }
};
