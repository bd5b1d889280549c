import { DAY } from '../../shared/time/clock.ts';
import type { Party } from './party.ts';

/** However long a mail waits: by then an address has been told, or never will be (ms). */
export const TOLD_WITHIN = 30 * DAY;

/** What contact ways say, by reference. */
export type Texts = ReadonlyMap<string, { value: string }>;

/**
 * Email addresses that are the party's no more, whether another took their place or not: whoever reads mail there learns of it, where
 * that isn't the party. A change made in steps, or after a consent was taken back, is no way around it.
 */
export const leftBehind = (before: Party, contacts: Party['contacts'], texts: Texts) => {
  const emails = (of: Party['contacts']) => of.flatMap(({ way, value }) => (way === 'email' ? [value.ref] : []));
  const is = emails(contacts);
  const gone = emails(before.contacts).filter((ref) => !is.includes(ref));
  return gone.flatMap((ref) => {
    const text = texts.get(ref);
    return text === undefined ? [] : [{ ref, value: text.value }];
  });
};
