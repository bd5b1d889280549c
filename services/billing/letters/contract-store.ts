/** Letters as they are kept. */

export { accountsOf, letterByNumber } from './number-store.ts';
export { namesFrom } from './read-store.ts';
export { type Letters, lettersIn, payersIn, runMailsIn } from './store.ts';
