/** What reporting publishes: the only file of it that another service may import. Each part declares its own. */
export * from './alerts/events.ts';
export * from './months/events.ts';
export * from './reports/events.ts';
export * from './reports/improvements/events.ts';
