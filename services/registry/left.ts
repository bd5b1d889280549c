import { DAY } from '../../shared/clock.ts';
import type { Party } from './party.ts';

/** However long a mail waits: by then an address has been told, or never will be (ms). */
export const TOLD_WITHIN = 30 * DAY;

/** Whoever took a consent back isn't written to there about anything that need not be. */
export const unwilling = (before: Party, contacts: Party['contacts']): Pick<Party, 'unwilling'> => {
  const known = before.unwilling ?? [];
  const was = before.contacts.flatMap(({ value, consentedAt }) => (consentedAt === undefined ? [] : [value.ref]));
  const without = contacts.filter(({ consentedAt }) => consentedAt === undefined).map(({ value }) => value.ref);
  const refs = without.filter((ref) => known.includes(ref) || was.includes(ref));
  return refs.length > 0 || known.length > 0 ? { unwilling: refs } : {};
};

/** What contact ways say, by reference. */
export type Texts = ReadonlyMap<string, { value: string }>;

/**
 * Email addresses that are the party's no more since it gave another: whoever reads mail there learns of it, where that isn't
 * the party. One that is only removed, or whose consent was withdrawn, is left in peace.
 */
export const leftBehind = (before: Party, contacts: Party['contacts'], texts: Texts) => {
  const emails = (of: Party['contacts']) => of.flatMap(({ way, value }) => (way === 'email' ? [value.ref] : []));
  const [was, is] = [emails(before.contacts), emails(contacts)];
  if (is.every((ref) => was.includes(ref))) return [];
  const gone = was.filter((ref) => !is.includes(ref) && !before.unwilling?.includes(ref));
  return gone.flatMap((ref) => {
    const text = texts.get(ref);
    return text === undefined ? [] : [{ ref, value: text.value }];
  });
};
