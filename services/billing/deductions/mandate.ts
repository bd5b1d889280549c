import type { NewEvent } from '../../../shared/domain/events.ts';
import { Refusal, refuse } from '../../../shared/domain/refusal.ts';
import type { Current, Published } from '../../../shared/journal/aggregate.ts';
import { decision } from '../../../shared/journal/decision.ts';
import { type Account, existing, type NewEvents, type Situation } from '../accounts/contract.ts';
import type { AccountEvent } from '../accounts/events.ts';

/** What the bank calls a mandate. */
export const TOKEN = /^[A-Za-z0-9_-]{8,64}$/;
/** Bank account and card numbers have 12 to 19 digits, however they are grouped. */
const ACCOUNT_NUMBER = /^\d{12,19}$/;
/** A number of somebody's bank account is never kept, only what stands for the mandate. */
export const isAccountNumber = (token: string): boolean => ACCOUNT_NUMBER.test(token.replaceAll(/[_-]/g, ''));

const stillPaying = (on: Situation): Account | Refusal => {
  const state = existing(on);
  if (state instanceof Refusal) return state;
  return state.closedOn === undefined ? state : refuse('deduction.closed', { on: state.closedOn });
};

/** The payer lets the bank deduct; another mandate takes the place of the one before. */
export const mandate = decision(stillPaying, (_, state, given: { token: string; bank: string }): NewEvents => {
  if (isAccountNumber(given.token)) return refuse('deduction.account-number');
  const same = state.mandate?.token === given.token && state.mandate.bank === given.bank;
  const { token, bank } = given;
  return same ? [] : [{ name: 'account.mandated', data: { token, bank } }];
});

export const endMandate = decision(existing, (_, state): NewEvents => {
  const ended: NewEvent<AccountEvent>[] = [{ name: 'account.mandate-ended', data: {} }];
  return state.mandate ? ended : [];
});

/** Under which accounts with a mandate are found, in order of their ids. */
export const mandateKey = (site: string, account: string) => ({ pk: `${site}#mandate`, sk: account });

/** What is published with a mandate: that there is one. */
export const mandatePublished = ({ site, id, state }: Current<Account>): Published => {
  const key = mandateKey(site, id);
  return state?.mandate ? { put: [key], remove: [] } : { put: [], remove: [key] };
};
