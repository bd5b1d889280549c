/** Accounts as they are kept. */

export type { Accounts } from './aggregate.ts';
export { accountsOfPayer } from './payer-store.ts';
export { partsOfPayment } from './payment-store.ts';
export { accountsIn, proposedKey, proposedTo, readLedger } from './store.ts';
export { accountsOfUnit } from './unit-store.ts';
