/** Alerts as they are kept. */

export { type AlertCounts, alertCounts, totalOf } from './store.ts';
