import type { Day, Instant } from '../../../../shared/time/clock.ts';
import type { Account, Allocation, DunningStep, OpenBill } from '../account.ts';

/** A bill is one fee item for one period; its name says which, and is unique in its account. */
export const billName = (item: string, period: string): string => `${item}/${period}`;
export const itemOf = (bill: string): string => bill.slice(0, bill.indexOf('/'));
export const periodOf = (bill: string): string => bill.slice(bill.indexOf('/') + 1);
export const stepName = ({ dueDay, rung, on }: Pick<DunningStep, 'dueDay' | 'rung' | 'on'>): string =>
  `${dueDay}/${rung}/${on}`;
/** Whether a call at a moment is about a step: one from before the step was due is about something else. */
export const isAbout =
  ({ owed }: Pick<Account, 'owed'>, calledAt: Instant) =>
  (step: DunningStep): boolean =>
    step.channels.includes('phone') &&
    owed.some(({ duty, of, since }) => duty === 'step' && of === stepName(step) && since <= calledAt);
/** Whether it is the step of this name. */
export const isStep =
  ({ dueDay, rung, on }: Pick<DunningStep, 'dueDay' | 'rung' | 'on'>) =>
  (step: DunningStep) =>
    step.dueDay === dueDay && step.rung === rung && step.on === on;

const open = ({ openFen, lateFen }: OpenBill) => openFen > 0 || lateFen > 0;
/** Oldest due first. */
export const inOrder = (a: OpenBill, b: OpenBill) =>
  a.dueDay === b.dueDay ? (a.bill < b.bill ? -1 : 1) : a.dueDay < b.dueDay ? -1 : 1;

/** Debts after amounts were taken off (or, negative, put back on); what is settled leaves. */
export const settled = (debts: readonly OpenBill[], allocations: readonly Allocation[]): OpenBill[] =>
  debts
    .map((debt) => {
      const of = (part: Allocation['part']) =>
        allocations.reduce((sum, one) => (one.bill === debt.bill && one.part === part ? sum + one.fen : sum), 0);
      return { ...debt, openFen: debt.openFen - of('principal'), lateFen: debt.lateFen - of('late') };
    })
    .filter(open);

/** From which days the limitation of debts runs, oldest first: when they fell due, or the last demand that provably arrived. */
export const claims = (debts: readonly OpenBill[]): Day[] =>
  [...new Set(debts.map(({ dueDay, clock = dueDay }) => clock))].sort();

export const openFenOf = ({ debts }: Pick<Account, 'debts'>): number =>
  debts.reduce((sum, { openFen, lateFen }) => sum + openFen + lateFen, 0);

/** What is overdue on a day: due before it, and open. */
export const overdue = ({ debts }: Pick<Account, 'debts'>, day: Day): OpenBill[] =>
  debts.filter(({ dueDay }) => dueDay < day);
