import { type Desk, SITE } from './group.ts';
import { measuring, times } from './measuring.ts';
import { FIRST, SECOND, UNTIL_MAILED, unitsWithPayers, withFees } from './run.ts';

/** Units of the billed site; on so many everything of billing is measured. */
const UNITS = 100;
const PAYERS = 25;
/** Payments before those that are measured, so that no cold start is in them. */
const WARM = 5;
/** Rungs as near to one another as they can be with no timer of one still waiting at the next (see HORIZON). */
const LADDER = { dueDay: 2, dunFriendlyDays: 1, dunReminderDays: 5, dunSecondNoticeDays: 9, dunDemandDays: 13 };

/** What a month of fees is, for each payer. */
export const measureFees = async (assembly: string) => {
  const { cloud, desk, measure } = await measuring(assembly, Date.UTC(2026, 10, 1, 1, 1));
  const { clock } = cloud;
  const bill = (period: string) => async () => {
    await desk.director.post(`/sites/${SITE}/runs`, { period }, `bill-${period}`);
    await clock.advance({ by: UNTIL_MAILED });
  };
  /** One by one, as people come: what one causes is done before the next. */
  const settled = async (command: Promise<unknown>) => {
    await command;
    await clock.settle();
  };
  /** From just before 09:00 at the site until eleven. */
  const rung = async (day: number) => {
    await clock.advance({ to: Date.UTC(2026, 10, day, 0, 58) });
    return measure(UNITS, () => clock.advance({ to: Date.UTC(2026, 10, day, 2, 59) }));
  };
  try {
    await withFees(desk);
    await desk.admin.post(`/sites/${SITE}/policies`, { overrides: LADDER }, 'ladder');
    const unit = await measure(UNITS, () => unitsWithPayers(desk, UNITS));
    await bill(FIRST ?? '')();
    const notice = await measure(UNITS, bill(SECOND ?? ''));
    const friendly = await rung(3);
    const reminder = await rung(7);
    const accounts = await allAccounts(desk);
    const call = await measure(accounts.length, () =>
      times(accounts.length, (n) =>
        settled(desk.agent.post(`${pathOf(accounts[n])}/calls`, { outcome: 'reached' }, `call-${n}`)),
      ),
    );
    const second = await rung(11);
    const pay = (n: number) => {
      const body = { fen: 17_100 + n, method: 'online' };
      return settled(desk.agent.post(`${pathOf(accounts[n])}/payments`, body, `pay-${n}`));
    };
    await times(WARM, (n) => pay(PAYERS + n));
    const payment = await measure(PAYERS, () => times(PAYERS, pay));
    const demand = await rung(15);
    return { unit, notice, friendly, reminder, call, 'second notice': second, payment, demand };
  } finally {
    await cloud.stop();
  }
};

const pathOf = (account: string | undefined) => `/sites/${SITE}/accounts/${account}`;
const allAccounts = async ({ agent }: Desk): Promise<string[]> => {
  const found: string[] = [];
  let after = '';
  do {
    const { items, next } = await agent.get(`/sites/${SITE}/accounts?limit=100${after}`);
    found.push(...items.map(({ id }: { id: string }) => id));
    after = next === undefined ? '' : `&after=${next}`;
  } while (after !== '');
  return found;
};
