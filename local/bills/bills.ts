import { inParallel } from '../../shared/aws/many.ts';
import { addDays, atLocal, type Day, localDay, startOfDay } from '../../shared/time/clock.ts';
import type { Answer, Caller } from '../client.ts';
import { callersOf, type Lived } from '../demo/group.ts';
import { siteIdOf, ZONE } from './group.ts';
import { payingOf, type UnitRow } from './rows.ts';

/** What people do, and when: site-local minutes of a day. */
const ISSUE = 9 * 60;
const WORK = 17 * 60;
const PAY = 18 * 60;
/** The clock runs to the end of this day after the due date. */
export const LAST_DAY = 75;
/** Requests under way together. */
const WIDTH = 8;

/** A row as the system has it. */
export interface Billed extends UnitRow {
  account: string;
  billedFen: number;
}

/** Every page of a list. */
export async function* pages(from: Caller, path: string): AsyncGenerator<Answer[]> {
  const joint = path.includes('?') ? '&' : '?';
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const after: string = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
    const page: Answer = await from.get(`${path}${joint}limit=100${after}`);
    yield page.items;
    next = page.next;
  }
}
export const all = async (from: Caller, path: string): Promise<Answer[]> => {
  const items: Answer[] = [];
  for await (const page of pages(from, path)) items.push(...page);
  return items;
};

/** What is asked of people on a day, done at 17:00: letters printed and handed over, payers called, accounts reviewed. */
export const work = async (site: string, day: Day, agent: Caller, director: Caller) => {
  const letters = await all(agent, `/sites/${site}/letters?state=to-print`);
  await inParallel(letters, WIDTH, async ({ id }) => {
    await agent.post(`/sites/${site}/letters/${id}/printed`, {}, `${id}-printed`);
    await agent.post(`/sites/${site}/letters/${id}/handed-over`, { receivedBy: 'payer' }, `${id}-handed-over`);
  });
  const accounts = await all(agent, `/sites/${site}/accounts?state=open`);
  const asks = (channel: string) =>
    accounts.filter(({ steps }) =>
      steps.some((step: Answer) => step.channels.includes(channel) && !step.done.includes(channel)),
    );
  await inParallel(asks('phone'), WIDTH, ({ id }) =>
    agent.post(`/sites/${site}/accounts/${id}/calls`, { outcome: 'reached' }, `${id}-call-${day}`),
  );
  await inParallel(asks('review'), WIDTH, ({ id }) =>
    director.post(
      `/sites/${site}/accounts/${id}/review`,
      { decision: 'lawyer-letter', words: '已逾期六十日，转律师函。' },
      `${id}-review-${day}`,
    ),
  );
};

/** Joins rows with the accounts that the run opened. */
const joined = async (rows: readonly UnitRow[], callers: (sub: string) => Promise<Caller>): Promise<Billed[]> => {
  const found: Billed[] = [];
  for (const [name, some] of Map.groupBy(rows, ({ site }) => site)) {
    const site = siteIdOf(name);
    const agent = await callers(`${site}-agent-1`);
    const numbers = new Map((await all(agent, `/sites/${site}/units`)).map(({ id, number }) => [id, number]));
    const accounts = new Map(
      (await all(agent, `/sites/${site}/accounts?state=open`)).map((account) => [numbers.get(account.unit), account]),
    );
    for (const row of some) {
      const account = accounts.get(String(row.r));
      if (account) found.push({ ...row, account: account.id, billedFen: account.openFen });
    }
  }
  return found;
};

/**
 * Issues the run at 09:00 of the period's first day, and lets people and payers do what they do.
 * @param days how long after the due date the clock runs on, to the end of that day
 */
export const liveThrough = async (
  cloud: Lived,
  rows: readonly UnitRow[],
  { period, days }: { period: string; days: number },
  progress: (line: string) => void,
): Promise<{ billed: Billed[]; dueDay: Day; lastDay: Day }> => {
  const callers = callersOf(cloud);
  const sites = [...new Set(rows.map(({ site }) => siteIdOf(site)))];
  const at = (day: Day, minute: number) => cloud.clock.advance({ to: atLocal(day, minute, ZONE) });
  const issued: Day = `${period}-01`;
  await at(issued, ISSUE);
  for (const site of sites) {
    await (await callers(`${site}-manager`)).post(`/sites/${site}/runs`, { period }, `issue-${site}`);
  }
  await cloud.clock.settle();
  const billed = await joined(rows, callers);
  const [first] = billed;
  if (!first) throw new Error('nothing was billed');
  const sample = await (await callers(`${sites[0]}-manager`)).get(`/sites/${sites[0]}/accounts/${first.account}`);
  const dueDay: Day = sample.debts[0].dueDay;
  const lastDay = addDays(dueDay, days);
  progress(`${issued}: ${billed.length} units billed, due ${dueDay}`);

  for (let day = issued; day <= lastDay; day = addDays(day, 1)) {
    await at(day, WORK);
    for (const site of sites) {
      await work(site, day, await callers(`${site}-agent-1`), await callers(`${site}-director`));
    }
    await at(day, PAY);
    const paying = billed.filter((row) => {
      const pays = payingOf(row);
      return pays !== undefined && addDays(dueDay, pays.day) === day;
    });
    await inParallel(paying, WIDTH, async (row) => {
      const site = siteIdOf(row.site);
      const fen = payingOf(row)?.half ? Math.floor(row.billedFen / 2) : row.billedFen;
      const body = { fen, method: 'transfer' };
      if (fen > 0)
        await (await callers(`${site}-agent-2`)).post(
          `/sites/${site}/accounts/${row.account}/payments`,
          body,
          `pay-${row.r}`,
        );
    });
    if (paying.length > 0) progress(`${day}: ${paying.length} payers paid`);
  }
  await cloud.clock.advance({ to: startOfDay(addDays(lastDay, 1), ZONE) });
  return { billed, dueDay, lastDay: localDay(cloud.clock.now() - 1, ZONE) };
};
