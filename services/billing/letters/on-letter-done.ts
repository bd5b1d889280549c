import { inParallel } from '../../../shared/aws/many.ts';
import type { PersonalRef } from '../../../shared/domain/events.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import { execute } from '../../../shared/journal/execute.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { letterDone, liesBehind, type StepEvidence } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { letterAttempted, letterDelivered, letterHandedOver } from './events.ts';
import type { Letter } from './letter.ts';
import { type OpenDeps, openLetters } from './open.ts';
import { accountsOf } from './store.ts';
import type { Receiver } from './terms.ts';
import { foreignIn, wantedApart } from './withdrawn/parted.ts';

/** Accounts of one letter dealt with side by side. */
const WIDTH = 8;

/** What proves that a letter was sent or delivered, and whether it provably arrived. */
const evidenceOf = (
  { acceptedAt, contentHash, address, onPaper }: Letter,
  letter: string,
  done: { at: number; what: string; receivedBy?: Receiver | undefined; words?: PersonalRef | undefined },
): StepEvidence => {
  const { at, what, receivedBy, words } = done;
  const delivered = what === 'letter.delivered';
  // A relative may sign for the payer; what somebody else took, or nobody, is not known to have arrived.
  const arrived = delivered || receivedBy === 'payer' || receivedBy === 'relative';
  return {
    // An email was carried out when it was sent; that it arrived is what makes it count.
    at: delivered ? (acceptedAt ?? at) : at,
    letter,
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(address === undefined || onPaper ? {} : { address: address.hash }),
    arrived,
    ...(receivedBy === undefined ? {} : { receivedBy }),
    ...(words === undefined ? {} : { words }),
  };
};

/**
 * In: a letter arrived, was handed over, or tried to. Out: that part of the dunning steps it carries is done, or proven
 * where they lie behind.
 */
export const onLetterDone = consumerFor<OpenDeps & { accounts: Accounts }>()({
  name: 'billing-on-letter-done',
  events: [letterDelivered, letterHandedOver, letterAttempted],
  async handle(event, deps) {
    const { letters, accounts, policies, directory } = deps;
    const { site, aggregate: letter, at, by } = event;
    const { state } = await letters.head(site, letter);
    if (!state) throw new Error(`${letter} has no state`);
    const receivedBy = event.name === 'letter.handed-over' ? event.data.receivedBy : undefined;
    const words = event.name === 'letter.attempted' ? event.data.words : undefined;
    const proof = evidenceOf(state, letter, { at, what: event.name, receivedBy, words });
    const context = await contextAt(policies, site, at);
    const actor = { staff: by, roles: [], departments: [] };
    const foreign = new Set((await foreignIn(directory, site, state)).map(({ account }) => account));
    // It told somebody else what they owe: to them nothing arrived, and it goes out anew.
    if (foreign.size > 0 && !state.parted) {
      const said = await accountsOf(letters, site, letter);
      const wanted = wantedApart(
        state,
        said.filter(({ account }) => foreign.has(account)),
      );
      await openLetters(deps, { site, at, by }, wanted);
    }
    await inParallel(
      state.accounts.filter(({ account, steps }) => steps.length > 0 && !foreign.has(account)),
      WIDTH,
      ({ account, steps }) =>
        execute(accounts, {
          site,
          id: account,
          now: at,
          by,
          read: async (known) => (known && liesBehind(known, steps, state.part) ? accounts.whole(site, account) : []),
          // Done before, it stays as it was.
          decide: (known, entered) => {
            const newEvents = letterDone({ state: known, actor, now: at, context }, steps, state.part, proof, entered);
            if (newEvents instanceof Refusal) throw newEvents;
            return newEvents;
          },
        }),
    );
  },
});
