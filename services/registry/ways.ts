import type { PURPOSES, WAYS } from './events.ts';

export interface ContactWay<Value> {
  way: (typeof WAYS)[number];
  value: Value;
  purposes: (typeof PURPOSES)[number][];
}
/** A contact way as it is kept and compared (a number as `phone.ts` says), and how people write it where that differs. */
export interface ContactWayFacts extends ContactWay<string> {
  shown?: string | undefined;
  consent: boolean;
}

/** One contact way that a party gave: a new one, or another in the place of one that no longer reaches them. */
export interface GivenContact extends Omit<ContactWayFacts, 'purposes' | 'consent'> {
  replaces?: string | undefined;
  /** Absent: as of the one it replaces, or was before. */
  purposes?: ContactWay<string>['purposes'] | undefined;
  consent?: boolean | undefined;
}

/** The contact ways with one more, or one replaced (pure); everything else stays. `undefined`: nothing to replace. */
export const withContact = (
  contacts: ContactWayFacts[],
  { way, value, shown, replaces, ...given }: GivenContact,
): ContactWayFacts[] | undefined => {
  const is = (wanted: string) => (one: ContactWay<string>) => one.way === way && one.value === wanted;
  const known = contacts.find(is(value));
  const old = replaces === undefined ? undefined : contacts.find(is(replaces));
  if (replaces !== undefined && !old) return undefined;
  const { purposes = known?.purposes ?? old?.purposes ?? ['service'], consent = known?.consent ?? false } = given;
  const next = { way, value, shown, purposes, consent };
  const place = old ?? known;
  if (!place) return [...contacts, next];
  return contacts.filter((one) => one === place || one !== known).map((one) => (one === place ? next : one));
};
