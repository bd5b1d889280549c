/** Bill runs as they are kept. */

export { beingBilledIn, runsIn } from './store.ts';
