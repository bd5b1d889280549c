/** What billing publishes: the only file of it that another service may import. Each part declares its own. */
export { type DunningRung, RUNGS } from './accounts/contract.ts';
export * from './accounts/events.ts';
export * from './cash-days/events.ts';
export * from './deductions/events.ts';
export * from './letters/events.ts';
export * from './receipts/events.ts';
export * from './runs/events.ts';
export * from './slips/events.ts';
export * from './statements/events.ts';
export * from './tariffs/events.ts';
