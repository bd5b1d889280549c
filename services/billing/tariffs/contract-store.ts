/** Schedules, readings, pools and discounts as they are kept. */

export {
  allReadings,
  discountsBetween,
  discountsOf,
  type Fees,
  feesIn,
  itemNames,
  poolsOf,
  readingsOf,
  scheduleBetween,
} from './store.ts';
