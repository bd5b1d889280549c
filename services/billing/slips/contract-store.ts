/** Slips as they are kept. */

export { slipsIn } from './store.ts';
