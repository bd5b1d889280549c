import { inParallel } from '../../../../shared/aws/many.ts';
import { consumerFor } from '../../../../shared/lambda/bus.ts';
import { partyReleased } from '../../../registry/events.ts';
import { accountsOfPayer } from '../../accounts/contract-store.ts';
import { accountAdjusted, accountOffset, accountPaid, accountWaived } from '../../accounts/events.ts';
import { letterMovedToPaper } from '../events.ts';
import { lettersOnPaper } from '../store.ts';
import { type WithdrawDeps, withdrawSettled } from './withdraw-store.ts';

/** Accounts looked up side by side. */
const WIDTH = 8;

/**
 * In: something of an account was settled, a letter went on paper, or a merge was taken back. Out: letters on paper that ask for
 * nothing open any more, or tell one what another owes, are withdrawn.
 */
export const onSettled = consumerFor<WithdrawDeps>()({
  name: 'billing-on-settled',
  events: [accountPaid, accountOffset, accountWaived, accountAdjusted, letterMovedToPaper, partyReleased],
  async handle(event, deps) {
    const { site, at: now, by } = event;
    for (const letter of await lettersOf(event, deps)) await withdrawSettled(deps, { site, now, by }, letter);
  },
});

const lettersOf = async (
  event: Parameters<typeof onSettled.handle>[0],
  { letters, accounts }: WithdrawDeps,
): Promise<Iterable<string>> => {
  const { site, aggregate } = event;
  if (event.name === 'letter.moved-to-paper') return [aggregate];
  if (event.name !== 'party.released') return lettersOnPaper(letters, site, aggregate);
  const theirs = await accountsOfPayer(accounts, site, event.data.parties);
  return new Set((await inParallel(theirs, WIDTH, (account) => lettersOnPaper(letters, site, account))).flat());
};
