/** Money of a payer, over all their accounts. */

export { askedFor, type PayerDeps, payForSeveral } from './pay-several.ts';
