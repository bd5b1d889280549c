import type { Recorded } from '../../../shared/domain/events.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import { accountStepDue, accountStepSent } from '../accounts/events.ts';
import { may } from './decide.ts';
import { letterWithdrawn } from './events.ts';
import type { LetterRequest } from './join.ts';
import { type OpenDeps, openLetters } from './open.ts';
import { accountsOf } from './store.ts';
import { LETTER_KINDS, type LetterPart } from './terms.ts';
import { wantedApart } from './withdrawn/parted.ts';
import { withdrawSettled } from './withdrawn/withdraw-store.ts';

/**
 * In: a dunning step fell due, or a person who was asked first decided that its letter goes out. Out: the letter that
 * carries its email or letter part, one for all steps of the payer of that day, dated by when it was decided. What a step asks of people besides is theirs.
 * In: a letter was withdrawn since its payer is two. Out: a letter to each of them.
 */
export const onStepDue = consumerFor<OpenDeps & { accounts: Accounts }>()({
  name: 'billing-on-step-due',
  events: [accountStepDue, accountStepSent, letterWithdrawn],
  having: { 'letter.withdrawn': 'parted' },
  async handle(event, deps) {
    const { site, at, by } = event;
    const wanted = event.name === 'letter.withdrawn' ? await apart(event, deps) : wantedBy(event);
    const opened = await openLetters(deps, { site, at, by }, wanted);
    // What was paid before it was opened tells no more.
    for (const { id, state } of opened) {
      if (may(state, 'withdraw')) await withdrawSettled(deps, { site, now: at, by }, id);
    }
  },
});

const apart = async (
  { site, aggregate, data }: Recorded<typeof letterWithdrawn>,
  { letters }: OpenDeps,
): Promise<LetterRequest[]> => {
  const { state } = await letters.head(site, aggregate);
  if (!state || !data.parted) return [];
  return wantedApart(state, await accountsOf(letters, site, aggregate));
};

const wantedBy = ({
  aggregate: account,
  data,
}: Recorded<typeof accountStepDue | typeof accountStepSent>): LetterRequest[] => {
  const { dueDay, rung, on, message, channels, party, unit, debts } = data;
  const kind = LETTER_KINDS.find((one) => one === message);
  if (!kind) return [];
  const parts = channels.filter((one): one is LetterPart => one === 'email' || one === 'letter');
  const accounts = [{ account, unit, steps: [{ dueDay, rung, on }], debts }];
  return parts.map((part): LetterRequest => ({ kind, party, part, accounts }));
};
