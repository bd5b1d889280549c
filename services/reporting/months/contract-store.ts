/** Closed months as they are kept. */

export { type Months, monthsIn } from './store.ts';
