/** What a unit is charged for a period, and what that follows from. */

export { type Discount, exemptionType } from './exemption.ts';
export type { Pool } from './metering.ts';
export { periodDays, wholeMonths } from './months.ts';
export type { Spell } from './pieces.ts';
export { type BillingPlan, type DueItem, planOf, planSpan } from './plan.ts';
export { byBuilding, byUnit, sharedArea } from './pools.ts';
export { type LeftOut, type Priced, price } from './price.ts';
export { periodOfRun, runId } from './run-id.ts';
export { type Share, shareAnew } from './sharing.ts';
export { FEE_MANAGERS, LEFT_OUT } from './terms.ts';
export { checkPeriod, periodIn } from './view.ts';
