/** What reporting publishes. */

export { improvementEvents, improvementPlanned } from './improvements/events.ts';
export { monthEvents } from './months/events.ts';
export { reportEvents, reportIssued } from './reports/events.ts';
