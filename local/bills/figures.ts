import { inParallel } from '../../shared/aws/many.ts';
import { addDays, type Day } from '../../shared/time/clock.ts';
import { sumFen } from '../../shared/values/money.ts';
import type { Answer, Caller } from '../client.ts';
import { callersOf, type Lived } from '../demo/group.ts';
import { all, type Billed } from './bills.ts';
import { siteIdOf } from './group.ts';
import type { UnitRow } from './rows.ts';

/** Requests under way together. */
const WIDTH = 8;
const RUNGS = ['friendly', 'reminder', 'second-notice', 'demand', 'review'] as const;
/** The days of the ladder as the policy has them by default. */
const DAYS = [1, 7, 15, 30, 60] as const;

interface Money {
  billedFen: number;
  collectedFen: number;
  openFen: number;
}

const added = (all: readonly Money[]): Money => ({
  billedFen: sumFen(all.map(({ billedFen }) => billedFen)),
  collectedFen: sumFen(all.map(({ collectedFen }) => collectedFen)),
  openFen: sumFen(all.map(({ openFen }) => openFen)),
});

/** An account's money by the lines of its ledger, and by how much its head differs from their sum. */
const moneyOf = async (from: Caller, site: string, account: string): Promise<Money & { differenceFen: number }> => {
  const path = `/sites/${site}/accounts/${account}`;
  const [lines, head] = [await all(from, `${path}/ledger`), await from.get(path)];
  const sum = (...kinds: string[]) =>
    sumFen(lines.flatMap(({ kind, owedFen }: Answer) => (kinds.includes(kind) ? [owedFen] : [])));
  const openFen = sumFen(lines.map(({ owedFen }: Answer) => owedFen));
  const creditFen = sumFen(lines.map(({ creditFen: fen }: Answer) => fen));
  const differenceFen = Math.abs(openFen - head.openFen) + Math.abs(creditFen - head.creditFen);
  return { billedFen: sum('charge', 'discount'), collectedFen: -sum('payment', 'offset'), openFen, differenceFen };
};

/** Money by site and building, under the names the file gives them. */
export const moneyBySite = async (cloud: Lived, billed: readonly Billed[]) => {
  const callers = callersOf(cloud);
  const money = await inParallel(billed, WIDTH, async (row) => ({
    row,
    money: await moneyOf(await callers('group-manager'), siteIdOf(row.site), row.account),
  }));
  const by = <T extends { row: UnitRow; money: Money }>(some: readonly T[], name: (row: UnitRow) => string) =>
    [...Map.groupBy(some, ({ row }) => name(row))].map(([key, ofKey]) => [key, ofKey] as const);
  const sites = by(money, ({ site }) => site).map(([site, ofSite]) => {
    const buildings = by(ofSite, ({ building }) => building).map(
      ([building, some]) => [building, added(some.map((one) => one.money))] as const,
    );
    return [site, { ...added(ofSite.map((one) => one.money)), buildings: Object.fromEntries(buildings) }] as const;
  });
  return {
    sites: Object.fromEntries(sites),
    group: added(money.map((one) => one.money)),
    ledgerDifferences: sumFen(money.map((one) => one.money.differenceFen)),
  };
};

/** Accounts to which a step was due on some day and that lack something of it, by name; through the proof of each day. */
export const gapsOf = async (cloud: Lived, sites: readonly string[], dueDay: Day, lastDay: Day) => {
  const manager = await callersOf(cloud)('group-manager');
  const days: { site: string; day: Day }[] = [];
  for (let day = addDays(dueDay, 1); day <= lastDay; day = addDays(day, 1)) {
    days.push(...sites.map((site) => ({ site, day })));
  }
  const found = await inParallel(days, WIDTH, async ({ site, day }) => {
    const items = await all(manager, `/sites/${siteIdOf(site)}/dunning/${day}?gaps=true`);
    return items.map(({ account, gaps }: Answer) => ({ site, day, account, gaps }));
  });
  return found.flat();
};

/** Q5 with its rungs and Q6, as the group's figures have them. */
export const ratesOf = async (cloud: Lived, from: Day, to: Day) => {
  const { total } = await (await callersOf(cloud)('group-manager')).get(`/figures?from=${from}&to=${to}&by=month`);
  const rate = ({ due, met, missed }: Answer) => ({ due, met, missed });
  const dunning = RUNGS.map((rung, i) => {
    const { due, met, missed, excluded } = total[`Q5-${rung}`];
    return [DAYS[i], { due, carriedOut: met, missed, held: excluded }] as const;
  });
  return { dunning: Object.fromEntries(dunning), Q5: rate(total.Q5), Q6: rate(total.Q6) };
};

/** What became of the notices of every site's run. */
export const noticesOf = async (cloud: Lived, sites: readonly string[], period: string) => {
  const manager = await callersOf(cloud)('group-manager');
  const counts = { payers: 0, email: 0, print: 0, bounced: 0 };
  for (const site of sites) {
    const path = `/sites/${siteIdOf(site)}/runs/run_${period}`;
    const [run, mail] = [await manager.get(path), await manager.get(`${path}/mail`)];
    counts.payers += run.notices;
    counts.email += mail.delivered;
    counts.print += mail.handedOver;
    counts.bounced += mail.bounced;
  }
  return counts;
};

/** Mails that went out to owners, by what they are; and how many of them said again what had been said. */
export const mailsOf = async (cloud: Lived, sites: readonly string[]) => {
  const agents = callersOf(cloud);
  const kinds = new Map<string, string>();
  for (const site of sites) {
    const agent = await agents(`${siteIdOf(site)}-agent-1`);
    for (const state of ['open', 'finished']) {
      for (const { id, kind } of await all(agent, `/sites/${siteIdOf(site)}/letters?state=${state}`))
        kinds.set(id, kind);
    }
  }
  const letters = (await cloud.mail()).flatMap(({ tags }) => tags.letter ?? []);
  const emails: Record<string, number> = { notice: 0 };
  for (const id of letters) {
    const kind = (kinds.get(id) ?? 'unknown').replace('fee-notice', 'notice');
    emails[kind] = (emails[kind] ?? 0) + 1;
  }
  return { emails, duplicates: letters.length - new Set(letters).size };
};
