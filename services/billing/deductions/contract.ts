/** When a bank deducts, and whose mandate it has. */

export { endOf, nextCutOff } from './cut-off.ts';
export { mandatePublished } from './mandate.ts';
