import type { NewEvent, PersonalRef, Recorded } from '../../../../shared/domain/events.ts';
import { derivedId } from '../../../../shared/domain/ids.ts';
import { type Obligation, open, tookRung, without } from '../../../../shared/domain/obligation.ts';
import { notFound, refuse } from '../../../../shared/domain/refusal.ts';
import type { AggregateType } from '../../../../shared/journal/aggregate.ts';
import type { Situation } from '../../../../shared/journal/command.ts';
import { decision } from '../../../../shared/journal/decision.ts';
import type { PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { endOfDay, HOUR, type Instant } from '../../../../shared/time/clock.ts';
import { type PayerEvent, payerEvents } from '../events.ts';

/** What mail taught about the addresses of a payer; a payer whose mail always arrives has no such record. */
export interface PayerAddresses {
  party: string;
  /** References of addresses known to be bad; newest last. */
  failed: string[];
  /** References of addresses at which mail is unwanted. */
  unwanted: string[];
  /** Letters that came back for now since mail last arrived there, by the address's reference. */
  returned: Record<string, { letter: string; at: Instant }[]>;
  policy: number;
  owed: Obligation[];
}

/** More addresses than somebody has; the oldest are forgotten. */
const REMEMBERED = 20;
const also = (refs: readonly string[], { ref }: PersonalRef) => [...new Set([...refs, ref])].slice(-REMEMBERED);

const begun = (party: string, policy: number): PayerAddresses => ({
  party,
  failed: [],
  unwanted: [],
  returned: {},
  policy,
  owed: [],
});

const withReturned = (
  state: PayerAddresses,
  { ref }: PersonalRef,
  letters: PayerAddresses['returned'][string],
): PayerAddresses => {
  const { [ref]: _, ...others } = state.returned;
  const kept = Object.entries(others).slice(1 - REMEMBERED);
  return { ...state, returned: Object.fromEntries(letters.length > 0 ? [...kept, [ref, letters]] : kept) };
};

const since = (letters: PayerAddresses['returned'][string], arrived: { letter: string; at: Instant }) =>
  letters.filter(({ letter, at }) => letter !== arrived.letter && at > arrived.at);

const fold = (state: PayerAddresses | undefined, event: Recorded<PayerEvent>): PayerAddresses => {
  switch (event.name) {
    case 'payer.address-failed': {
      const { party, address, policy, opens } = event.data;
      const { returned, ...known } = state ?? begun(party, policy);
      const { [address.ref]: _, ...others } = returned;
      const owed = [...without(known.owed, 'new-address'), ...opens];
      return { ...known, returned: others, failed: also(known.failed, address), owed };
    }
    case 'payer.complained': {
      const { party, address, policy } = event.data;
      const known = state ?? begun(party, policy);
      return { ...known, unwanted: also(known.unwanted, address) };
    }
    case 'payer.mail-returned': {
      const { party, address, letter, bouncedAt: at, policy } = event.data;
      const known = state ?? begun(party, policy);
      return withReturned(known, address, [...(known.returned[address.ref] ?? []), { letter, at }]);
    }
  }
  if (!state) throw new Error(`${event.id} stands before anything was known`);
  switch (event.name) {
    case 'payer.mail-arrived': {
      const { address, letter, deliveredAt: at } = event.data;
      return withReturned(state, address, since(state.returned[address.ref] ?? [], { letter, at }));
    }
    case 'payer.address-renewed':
    case 'payer.no-address':
      return { ...state, owed: without(state.owed, 'new-address') };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const payerType: AggregateType<PayerAddresses, PayerEvent> = {
  type: 'payer',
  keeps: 'evidence',
  ids: 'payer',
  events: payerEvents,
  most: { failed: REMEMBERED, unwanted: REMEMBERED, returned: REMEMBERED },
  fold,
  finished: ({ owed }) => owed.length === 0,
};

export const payerIdOf = (party: string): string => derivedId('payer', party);

/** Asked for once, until it is given or refused; another address that fails meanwhile moves no deadline. */
const askForAddress = (
  state: PayerAddresses | undefined,
  now: Instant,
  { zone, policy }: PolicyContext,
): Obligation[] =>
  state?.owed.some(({ duty }) => duty === 'new-address')
    ? state.owed.filter(({ duty }) => duty === 'new-address')
    : [
        open({
          duty: 'new-address',
          position: { role: 'agent' },
          since: now,
          due: endOfDay(now, zone, policy.newAddressDays),
          ladder: [
            [0, 'supervisor'],
            [policy.escalateManagerHours * HOUR, 'centre-manager'],
          ],
        }),
      ];

interface FailedAddress {
  party: string;
  address: PersonalRef;
  letter: string;
}

/** A letter came back for good: nothing more goes to that address, and an agent asks for another. */
export const addressFailed = (
  state: PayerAddresses | undefined,
  { party, address, letter }: FailedAddress,
  now: Instant,
  context: PolicyContext,
): NewEvent<PayerEvent>[] => {
  if (state?.failed.includes(address.ref)) return [];
  const opens = askForAddress(state, now, context);
  return [{ name: 'payer.address-failed', data: { party, address, letter, policy: context.version, opens } }];
};

/** A letter came back for now; so many in a row say that nobody reads mail there. */
export const mailReturned = (
  state: PayerAddresses | undefined,
  told: FailedAddress & { at: Instant },
  now: Instant,
  context: PolicyContext,
): NewEvent<PayerEvent>[] => {
  const { party, address, letter, at: bouncedAt } = told;
  const before = state?.returned[address.ref] ?? [];
  if (state?.failed.includes(address.ref) || before.some((one) => one.letter === letter)) return [];
  const { version, policy } = context;
  const data = { party, address, letter, bouncedAt, policy: version };
  const isBad = before.length + 1 >= policy.badAddressFrom;
  return [{ name: 'payer.mail-returned', data }, ...(isBad ? addressFailed(state, told, now, context) : [])];
};

/** A letter arrived: what came back before counts no more. */
export const mailArrived = (
  state: PayerAddresses | undefined,
  { address, letter, at }: Omit<FailedAddress, 'party'> & { at: Instant },
): NewEvent<PayerEvent>[] => {
  const before = state?.returned[address.ref] ?? [];
  return since(before, { letter, at }).length < before.length
    ? [{ name: 'payer.mail-arrived', data: { address, letter, deliveredAt: at } }]
    : [];
};

/** A letter was marked as unwanted: what has to be mailed still is. */
export const mailUnwanted = (
  state: PayerAddresses | undefined,
  { party, address, letter }: FailedAddress,
  { version }: PolicyContext,
): NewEvent<PayerEvent>[] =>
  state?.unwanted.includes(address.ref)
    ? []
    : [{ name: 'payer.complained', data: { party, address, letter, policy: version } }];

/** The party's addresses changed; one that isn't known to be bad is what was asked for. */
export const addressesChanged = (
  state: PayerAddresses | undefined,
  addresses: readonly PersonalRef[],
): NewEvent<PayerEvent>[] => {
  const address = addresses.find(({ ref }) => !state?.failed.includes(ref));
  return state && address && state.owed.some(({ duty }) => duty === 'new-address')
    ? [{ name: 'payer.address-renewed', data: { address } }]
    : [];
};

/** The payer was asked and gives no other address. */
export const noAddress = decision(
  ({ state }: Situation<PayerAddresses>) => {
    if (!state) return notFound('payer');
    return state.owed.some(({ duty }) => duty === 'new-address') ? state : refuse('letter.nothing-asked');
  },
  (_, __, words: PersonalRef): NewEvent<PayerEvent>[] => [{ name: 'payer.no-address', data: { words } }],
);

/**
 * Where a letter to a payer may be mailed: the first of the addresses (fees first) that isn't known to be bad, nor one at
 * which mail is unwanted unless it has to be. `undefined`: on paper.
 * @param known what mail taught under each id that the payer goes by
 */
export const mailableAt = <A extends { value: PersonalRef }>(
  emails: readonly A[],
  known: readonly (Pick<PayerAddresses, 'failed' | 'unwanted'> | undefined)[],
  mandatory: boolean,
): { address?: PersonalRef; why?: 'no-address' | 'complained' } => {
  const among = (of: 'failed' | 'unwanted', ref: string) => known.some((payer) => payer?.[of].includes(ref));
  const good = emails.map(({ value }) => value).filter(({ ref }) => !among('failed', ref));
  const address = good.find(({ ref }) => mandatory || !among('unwanted', ref));
  return address ? { address } : { why: good.length > 0 ? 'complained' : 'no-address' };
};
