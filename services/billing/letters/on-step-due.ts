import { consumerFor } from '../../../shared/consumer.ts';
import { accountStepDue, accountStepSent } from '../accounts/events.ts';
import type { Accounts } from '../accounts/store.ts';
import { may } from './decide.ts';
import type { Wanted } from './join.ts';
import { type OpenDeps, openLetters } from './open.ts';
import { LETTER_KINDS, type LetterPart } from './terms.ts';
import { withdrawSettled } from './withdraw-store.ts';

/**
 * In: a dunning step fell due, or a person who was asked first decided that its letter goes out. Out: the letter that
 * carries its email or letter part, one for all steps of the payer of that day, dated by when it was decided. What a step asks of people besides is theirs.
 */
export const onStepDue = consumerFor<OpenDeps & { accounts: Accounts }>()({
  name: 'billing-on-step-due',
  events: [accountStepDue, accountStepSent],
  async handle({ site, aggregate: account, at, by, data }, deps) {
    const { dueDay, rung, on, message, channels, party, unit, debts } = data;
    const kind = LETTER_KINDS.find((one) => one === message);
    const parts = channels.filter((one): one is LetterPart => one === 'email' || one === 'letter');
    if (!kind) return;
    const accounts = [{ account, unit, steps: [{ dueDay, rung, on }], debts }];
    const wanted = parts.map((part): Wanted => ({ kind, party, part, accounts }));
    const opened = await openLetters(deps, { site, at, by }, wanted);
    // What was paid before it was opened tells no more.
    for (const { id, state } of opened) {
      if (may(state, 'withdraw')) await withdrawSettled(deps, { site, now: at, by }, id);
    }
  },
});
