/** The references of payments that are known. */

export { knownByHash, knownReferences, referenceHash } from './reference-store.ts';
