import type { PersonalRef } from '../../shared/domain/events.ts';
import { DAY } from '../../shared/time/clock.ts';

/** However long a mail waits: by then an address has been told, or never will be (ms). */
export const TOLD_WITHIN = 30 * DAY;

type Contacts = readonly { way: string; value: PersonalRef }[];

/** What contact ways say, by reference. */
export type WayTexts = ReadonlyMap<string, { value: string }>;

/**
 * Email addresses that are the party's no more, whether another took their place or not: whoever reads mail there learns of it, where
 * that isn't the party. A change made in steps, or after a consent was taken back, is no way around it.
 */
export const leftBehind = (before: { contacts: Contacts }, contacts: Contacts, texts: WayTexts) => {
  const emails = (of: Contacts) => of.flatMap(({ way, value }) => (way === 'email' ? [value.ref] : []));
  const is = emails(contacts);
  const gone = emails(before.contacts).filter((ref) => !is.includes(ref));
  return gone.flatMap((ref) => {
    const text = texts.get(ref);
    return text === undefined ? [] : [{ ref, value: text.value }];
  });
};
