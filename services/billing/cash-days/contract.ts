/** That money moved on a day. */

export { moneyMoved } from './moved.ts';
