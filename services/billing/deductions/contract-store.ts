/** Deduction batches as they are kept. */

export { deductionsIn } from './store.ts';
