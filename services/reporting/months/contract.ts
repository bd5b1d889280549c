/** What others need of closed months. */

export { monthId } from './month.ts';
