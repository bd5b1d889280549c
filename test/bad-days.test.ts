import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, work } from '../local/bills/bills.ts';
import type { Answer } from '../local/client.ts';
import { atLocal, type Day, MINUTE } from '../shared/time/clock.ts';
import { expectCountedByHand } from './support/figures.ts';
import { chargesByArea, entersHome, entersParty, type Home, links } from './support/homes.ts';
import { fresh } from './support/keys.ts';
import { type Lasting, startLasting } from './support/lasting.ts';
import { tellsAllAgain } from './support/retold.ts';
import { expectSound } from './support/sound.ts';
import { everything, itemsIn } from './support/tables.ts';

const ZONE = 'Asia/Shanghai';
/** Homes of 100 m² at 2.85 yuan. */
const FEN = 28_500;
const OWNERS = ['pays', 'pays-late', 'pays-between', 'never-pays', 'paper', 'sells'] as const;
type Owner = (typeof OWNERS)[number];

/** A rung a day, so that a ladder fits into a week. */
const WEEK_POLICY = { dunReminderDays: 2, dunSecondNoticeDays: 3, dunDemandDays: 4, dunReviewDays: 5 };

/**
 * One estate through bad days, one after the other: a sale in the middle of the month, payments that had come and then
 * had not, forty days in which nothing ran while another ladder came into force, and everything ever told told again.
 */
describe('fees on bad days', () => {
  let lasting: Lasting;
  const homes = {} as Record<Owner | 'buyer', Home>;
  const S = '/sites/lakeside';
  const at = (day: Day, time: string) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return atLocal(day, hour * 60 + minute, ZONE);
  };
  const as = (position: string) => lasting.world.as(`lakeside-${position}`);
  const until = (day: Day, time: string) => lasting.world.cloud.clock.advance({ to: at(day, time) });
  const accountOf = ({ unit, party }: Home) => `acc_${unit.slice(4)}-${party.slice(4)}`;
  const account = async (who: Owner | 'buyer') => (await as('agent-1')).get(`${S}/accounts/${accountOf(homes[who])}`);
  const onAccount = async (who: Owner | 'buyer', command: string, body: object) =>
    (await as('director')).post(`${S}/accounts/${accountOf(homes[who])}/${command}`, body, fresh());
  const pays = async (who: Owner | 'buyer') => {
    const { openFen: fen } = await account(who);
    const path = `${S}/accounts/${accountOf(homes[who])}/payments`;
    await (await as('agent-1')).post(path, { fen, method: 'transfer' }, fresh());
    await lasting.world.settle();
  };
  const isReversed = async (who: Owner) => {
    const { items } = await (await as('agent-1')).get(`${S}/accounts/${accountOf(homes[who])}/payments`);
    await onAccount(who, 'reversals', { payment: items[0].payment, reason: '银行退回。' });
    await lasting.world.settle();
  };
  /** A rung's day: decided at 09:00, and what it asks of people done soon after. */
  const lives = async (day: Day) => {
    await until(day, '09:10');
    await work('lakeside', day, await as('agent-1'), await as('director'));
    await lasting.world.settle();
  };
  const steps = async (who: Owner | 'buyer') =>
    (await account(who)).history
      .filter(({ event }: Answer) => /^account\.step-(due|superseded|held)$/.test(event))
      .map(({ event, data }: Answer) => `${event.slice('account.step-'.length)} ${data.rung} ${data.on}`);
  const proof = async (day: Day, gaps = false): Promise<Answer[]> => {
    const items = await all(await as('manager'), `${S}/dunning/${day}?gaps=${gaps}`);
    return items.sort((a, b) => (a.account < b.account ? -1 : 1));
  };
  const proofOf = async (who: Owner, day: Day) =>
    (await proof(day)).find((one) => one.account === accountOf(homes[who]));
  const q5 = (day: Day) => lasting.world.lakeside.figure('Q5', day);
  /** Every mail to an owner so far, by what it is about and to whom. */
  const ownersMail = async () =>
    (await lasting.world.cloud.mail()).flatMap(({ to, subject }) =>
      to.some((one) => one.includes('@owners.')) ? [`${to[0]?.split('@')[0]}: ${subject}`] : [],
    );
  const letters = async (who: Owner) => {
    const items = await itemsIn(lasting.world.cloud, 'billing');
    const opened = items.filter(
      ({ name, data }) => name === 'letter.opened' && (data as Answer).party === homes[who].party,
    );
    return opened.map(({ data }) => (data as Answer).kind as string);
  };
  /** Every account's head is the sum of its ledger. */
  const ledgersAddUp = async () => {
    for (const who of [...OWNERS, 'buyer'] as const) {
      const lines = (await (await as('agent-1')).get(`${S}/accounts/${accountOf(homes[who])}/ledger?limit=100`)).items;
      const { openFen, creditFen } = await account(who);
      expect(lines.at(-1)?.balanceFen, who).toBe(openFen - creditFen);
    }
  };

  beforeAll(async () => {
    lasting = await startLasting(at('2026-03-16', '10:00'));
    const { world } = lasting;
    await world.tightens('lakeside', WEEK_POLICY);
    // From then on there is somebody at the site who takes complaints.
    const first = await world.lakeside.resolvedComplaint({ kind: 'other' });
    await world.lakeside.callsBack(first);
    await world.lakeside.signs(first);
    for (const [i, name] of OWNERS.entries()) {
      const email = name === 'paper' ? {} : { email: `${name}@owners.example` };
      homes[name] = await entersHome(world, { number: `${101 + i}`, area: 100, name, ...email });
    }
    homes.buyer = { unit: homes.sells.unit, party: await entersParty(world, 'buyer', 'buyer@owners.example') };
    await chargesByArea(world, { dueDay: 17 });
    await (await as('manager')).post(`${S}/runs`, { period: '2026-03' }, fresh());
    await world.settle();
    await pays('pays');
    await lives('2026-03-18');
    await lives('2026-03-19');
  });
  afterAll(() => lasting?.stop());

  it('an owner who sold in the middle of the month keeps the days until then, the buyer begins at zero', async () => {
    await links(lasting.world, homes.buyer, '2026-03-16');
    await until('2026-03-19', '09:20');
    const [seller, buyer] = [await account('sells'), await account('buyer')];
    // 15 of 31 days, and 16.
    expect([seller.openFen, buyer.openFen]).toEqual([13_790, 14_710]);
    expect(seller.openFen + buyer.openFen).toBe(FEN);
    expect([seller.closedOn, buyer.closedOn]).toEqual(['2026-03-16', undefined]);
    expect(await steps('sells')).toEqual(['due friendly 2026-03-18', 'due reminder 2026-03-19']);
    expect(await steps('buyer')).toEqual([]);
    // As long after it was made as the 17th is after the 1st: a holiday (清明), which is over on the 7th.
    expect(buyer.debts).toMatchObject([{ bill: 'management/2026-03', dueDay: '2026-04-07', from: '2026-03-16' }]);
    const told = (await ownersMail()).filter((one) => one.startsWith('buyer'));
    expect(told).toEqual([expect.stringContaining('缴费通知单')]);
    await pays('buyer');
    expect((await account('buyer')).owed).toEqual([]);
    await ledgersAddUp();
  });

  it('a payment reversed after the last reminder: the debt is open again, and nobody is asked twice', async () => {
    await lives('2026-03-20');
    await pays('pays-between');
    await lives('2026-03-21');
    await lives('2026-03-22');
    const ladder = ['friendly 2026-03-18', 'reminder 2026-03-19', 'second-notice 2026-03-20'];
    const rest = ['demand 2026-03-21', 'review 2026-03-22'];
    const due = (of: string[]) => of.map((one) => `due ${one}`);
    expect(await steps('pays-late')).toEqual(due([...ladder, ...rest]));
    await pays('pays-late');
    const days: Day[] = ['2026-03-18', '2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22'];
    const before = { mail: await ownersMail(), q5: await Promise.all(days.map(q5)), proof: [] as Answer[] };
    for (const day of days) before.proof.push(await proof(day));

    await until('2026-03-24', '08:50');
    await isReversed('pays-late');
    await isReversed('pays-between');
    expect([(await account('pays-late')).openFen, (await account('pays-between')).openFen]).toEqual([FEN, FEN]);
    await until('2026-03-24', '09:10');
    // All rungs of that day's debts lie behind one; of the other, those that came while it seemed to be paid do not.
    expect(await steps('pays-late')).toEqual(due([...ladder, ...rest]));
    expect(await steps('pays-between')).toEqual(due([...ladder, 'review 2026-03-24']));
    expect(await ownersMail()).toEqual(before.mail);
    expect(await letters('pays-between')).toEqual(['fee-notice', 'friendly', 'reminder', 'second-notice']);
    await work('lakeside', '2026-03-24', await as('agent-1'), await as('director'));
    await lasting.world.settle();

    expect(await Promise.all(days.map(q5))).toEqual(before.q5);
    for (const [i, day] of days.entries()) expect(await proof(day), day).toEqual(before.proof[i]);
    expect((await proofOf('pays-late', '2026-03-22'))?.steps).toMatchObject([{ rung: 'review', state: 'carried-out' }]);
    expect((await proofOf('pays-between', '2026-03-24'))?.gaps).toEqual([]);
    expect(await q5('2026-03-24')).toMatchObject({ due: 1, met: 1 });
    await ledgersAddUp();
  });

  it('its receipt is void and keeps its number', async () => {
    const { items } = await (await as('agent-1')).get(`${S}/receipts?limit=100`);
    expect(items.reverse().map(({ serial, reversedOn }: Answer) => [serial, reversedOn])).toEqual([
      ['2026-000001', undefined],
      ['2026-000002', undefined],
      ['2026-000003', '2026-03-24'],
      ['2026-000004', '2026-03-24'],
    ]);
  });

  it('every execution gone and forty days in which nothing ran: one step at the age of the debt, the others missed', async () => {
    const manager = await as('manager');
    await manager.post(`${S}/runs`, { period: '2026-04' }, fresh());
    await until('2026-03-24', '09:30');
    expect((await account('never-pays')).debts.at(-1)).toMatchObject({ dueDay: '2026-04-17' });
    // While nothing runs, the ladder of the field comes into force: days 1, 7, 15, 30 and 60.
    const version = { effective: '2026-04-01T00:00:00+08:00', overrides: {} };
    await (await lasting.world.as('admin')).post(`${S}/policies`, version, fresh());
    await lasting.world.settle();
    expect(lasting.world.cloud.executions().some(({ status }) => status === 'RUNNING')).toBe(true);
    const before = await ownersMail();
    await lasting.offUntil(at('2026-05-03', '10:00'));
    await until('2026-05-03', '10:20');

    const owing = ['pays', 'pays-late', 'pays-between', 'never-pays', 'paper', 'buyer'] as const;
    const missed = ['friendly 2026-04-18', 'reminder 2026-04-24'];
    const caughtUp = [...missed.map((one) => `superseded ${one}`), 'due second-notice 2026-05-02'];
    for (const who of owing) expect((await steps(who)).slice(-3), who).toEqual(caughtUp);
    // One mail to everybody who has an address, and not one for each that was missed.
    const mailed = (await ownersMail()).slice(before.length);
    expect(mailed.map((one) => one.split(':')[0]).sort()).toEqual(owing.filter((who) => who !== 'paper').sort());
    expect((await letters('paper')).slice(-1)).toEqual(['second-notice']);
    const gapsOf = async (day: Day) =>
      (await proof(day, true)).map(({ account: id, gaps }) => [id, ...gaps.map(({ why }: Answer) => why)]);
    const all = (why: string) => owing.map((who) => [accountOf(homes[who]), why]).sort();
    for (const [day, why] of [
      ['2026-04-18', 'superseded'],
      ['2026-04-24', 'superseded'],
      ['2026-05-02', 'not-carried-out'],
    ] as const) {
      expect(await q5(day), day).toMatchObject({ due: owing.length, met: 0, missed: owing.length });
      expect(await gapsOf(day), day).toEqual(all(why));
    }
    await ledgersAddUp();
  });

  it('everything ever told, told again from the start, changes nothing: no second bill, mail, letter, receipt or figure', async () => {
    const { cloud } = lasting.world;
    await work('lakeside', '2026-05-03', await as('agent-1'), await as('director'));
    await until('2026-05-04', '09:30');
    const before = { lies: await everything(cloud), mails: (await cloud.mail()).length };
    for (const table of ['registry', 'billing']) expect(await tellsAllAgain(cloud, table)).toBeGreaterThan(20);
    await lasting.world.passes(5 * MINUTE);
    expect(await everything(cloud)).toEqual(before.lies);
    expect((await cloud.mail()).length).toBe(before.mails);
  });

  it('a month is signed (结账) and reprints as it was; one that is not over cannot be', async () => {
    const director = await as('director');
    await expect(director.post(`${S}/months/2026-05`, {}, fresh())).rejects.toThrow(/month\.not-over/);
    const signed = await director.post(`${S}/months/2026-03`, {}, fresh());
    const { figures, collection, corrections, ...head } = await director.get(`${S}/months/2026-03`);
    expect(head).toEqual(signed);
    expect(corrections).toEqual([]);
    const { total, closing } = await director.get(`${S}/figures?from=2026-03-01&to=2026-03-31&by=month`);
    const item = { site: 'lakeside', month: '2026-03', closedAt: signed.closedAt, hash: signed.hash, corrected: false };
    expect(closing).toEqual({ months: 1, closed: 1, corrected: 0, items: [item] });
    const { change: _, previous: __, ...q6 } = total.Q6;
    expect(figures.Q6).toEqual(q6);
    const money = await director.get(`${S}/collection?month=2026-03`);
    expect(collection.total).toEqual(money.total);
    expect(money.closing).toEqual(closing);
    expect((await director.get(`${S}/months/2026-03/buildings`)).items.length).toBeGreaterThan(0);
  });

  it('five complaints of a kind in a day, after weeks without one, are an unusual rise: the manager hears by mail', async () => {
    const { world } = lasting;
    for (let n = 0; n < 5; n++) await world.lakeside.takesComplaint();
    const alert = 'alr_2026-05-04-rise-kind-maintenance';
    const letters = (await world.mailTo('lakeside-manager')).filter(({ subject }) => subject.includes('unusual'));
    expect(letters.map(({ subject }) => subject)).toEqual([
      `[翠湖花园] Alert: an unusual rise of complaints (maintenance)`,
    ]);
    expect(await world.inbox('lakeside-supervisor', alert)).toMatchObject([{ kind: 'handed', mail: 'none' }]);
    expect(await world.lakeside.get(`alerts/${alert}`)).toMatchObject({
      count: 5,
      before: { complaints: 0, days: 28 },
    });
  });

  it('leaves everything sound, and counted as by hand', async () => {
    await expectSound(lasting.world);
    await expectCountedByHand(lasting.world);
  });
});
