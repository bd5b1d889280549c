/** Cash days as they are kept. */

export { cashDaysIn } from './store.ts';
