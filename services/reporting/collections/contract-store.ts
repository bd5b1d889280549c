/** Sums and the accounts behind them as they are kept. */

export { type Collection, collectionIn } from './store.ts';
