/** What others need of a paid-service slip. */

export { slipType } from './slip.ts';
