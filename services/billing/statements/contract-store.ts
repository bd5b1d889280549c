/** Lines of statements as they are kept. */

export { dayOfLine, linePages, linesOf } from './lines-store.ts';
export { type Remittances, remittancesIn } from './store.ts';
