import { endOfDay, HOUR, type Instant } from '../../../shared/clock.ts';
import type { Situation } from '../../../shared/command.ts';
import type { Happening, PersonalRef, Recorded } from '../../../shared/events.ts';
import { derivedId } from '../../../shared/ids.ts';
import type { AggregateType } from '../../../shared/journal/aggregate.ts';
import { type Obligation, open, tookRung, without } from '../../../shared/obligation.ts';
import type { Ground } from '../../../shared/policy.ts';
import { notFound, type Refusal, refuse } from '../../../shared/refusal.ts';
import { type PayerEvent, payerEvents } from './events.ts';

/** What mail taught about the addresses of a payer; a payer whose mail always arrives has no such record. */
export interface Payer {
  party: string;
  /** References of addresses known to be bad; newest last. */
  failed: string[];
  /** References of addresses at which mail is unwanted. */
  unwanted: string[];
  policy: number;
  owed: Obligation[];
}

/** More addresses than somebody has; the oldest are forgotten. */
const REMEMBERED = 20;
const also = (refs: readonly string[], { ref }: PersonalRef) => [...new Set([...refs, ref])].slice(-REMEMBERED);

const fold = (state: Payer | undefined, event: Recorded<PayerEvent>): Payer => {
  switch (event.name) {
    case 'payer.address-failed': {
      const { party, address, policy, opens } = event.data;
      const known = state ?? { party, failed: [], unwanted: [], policy, owed: [] };
      return { ...known, failed: also(known.failed, address), owed: [...without(known.owed, 'new-address'), ...opens] };
    }
    case 'payer.complained': {
      const { party, address, policy } = event.data;
      const known = state ?? { party, failed: [], unwanted: [], policy, owed: [] };
      return { ...known, unwanted: also(known.unwanted, address) };
    }
  }
  if (!state) throw new Error(`${event.id} stands before anything was known`);
  switch (event.name) {
    case 'payer.address-renewed':
    case 'payer.no-address':
      return { ...state, owed: without(state.owed, 'new-address') };
    default:
      return { ...state, owed: tookRung(state.owed, event.data) };
  }
};

export const payerType: AggregateType<Payer, PayerEvent> = {
  type: 'payer',
  ids: 'payer',
  events: payerEvents,
  fold,
  finished: ({ owed }) => owed.length === 0,
};

export const payerIdOf = (party: string): string => derivedId('payer', party);

/** Asked for once, until it is given or refused; another address that fails meanwhile moves no deadline. */
const askForAddress = (state: Payer | undefined, now: Instant, { zone, policy }: Ground): Obligation[] =>
  state?.owed.some(({ duty }) => duty === 'new-address')
    ? state.owed.filter(({ duty }) => duty === 'new-address')
    : [
        open({
          duty: 'new-address',
          post: { role: 'agent' },
          since: now,
          due: endOfDay(now, zone, policy.newAddressDays),
          ladder: [
            [0, 'supervisor'],
            [policy.escalateManagerHours * HOUR, 'centre-manager'],
          ],
        }),
      ];

interface Told {
  party: string;
  address: PersonalRef;
  letter: string;
}

/** A letter came back for good: nothing more goes to that address, and an agent asks for another. */
export const addressFailed = (
  state: Payer | undefined,
  { party, address, letter }: Told,
  now: Instant,
  ground: Ground,
): Happening<PayerEvent>[] => {
  if (state?.failed.includes(address.ref)) return [];
  const opens = askForAddress(state, now, ground);
  return [{ name: 'payer.address-failed', data: { party, address, letter, policy: ground.version, opens } }];
};

/** A letter was marked as unwanted: what has to be mailed still is. */
export const mailUnwanted = (
  state: Payer | undefined,
  { party, address, letter }: Told,
  { version }: Ground,
): Happening<PayerEvent>[] =>
  state?.unwanted.includes(address.ref)
    ? []
    : [{ name: 'payer.complained', data: { party, address, letter, policy: version } }];

/** The party's addresses changed; one that isn't known to be bad is what was asked for. */
export const addressesChanged = (
  state: Payer | undefined,
  addresses: readonly PersonalRef[],
): Happening<PayerEvent>[] => {
  const address = addresses.find(({ ref }) => !state?.failed.includes(ref));
  return state && address && state.owed.some(({ duty }) => duty === 'new-address')
    ? [{ name: 'payer.address-renewed', data: { address } }]
    : [];
};

/** The payer was asked and gives no other address. */
export const noAddress = ({ state }: Situation<Payer>, words: PersonalRef): Happening<PayerEvent>[] | Refusal => {
  if (!state) return notFound('payer');
  return state.owed.some(({ duty }) => duty === 'new-address')
    ? [{ name: 'payer.no-address', data: { words } }]
    : refuse('letter.nothing-asked');
};

/**
 * Where a letter to a payer may be mailed: the first of the addresses (fees first) that isn't known to be bad, nor one at
 * which mail is unwanted unless it has to be. `undefined`: on paper.
 */
export const mailableAt = <A extends { value: PersonalRef }>(
  emails: readonly A[],
  payer: Pick<Payer, 'failed' | 'unwanted'> | undefined,
  mandatory: boolean,
): { address?: PersonalRef; why?: 'no-address' | 'complained' } => {
  const good = emails.map(({ value }) => value).filter(({ ref }) => !payer?.failed.includes(ref));
  const address = good.find(({ ref }) => mandatory || !payer?.unwanted.includes(ref));
  return address ? { address } : { why: good.length > 0 ? 'complained' : 'no-address' };
};
