/** What others need of alerts. */

export { alertCountsOut } from './view.ts';
