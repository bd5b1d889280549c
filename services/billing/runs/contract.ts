/** What others need of a bill run. */

export { runWake } from './wake.ts';
