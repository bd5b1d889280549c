import { type ForgetDeps, forget } from '../../shared/forgetting/forget.ts';
import type { AnyJournal } from '../../shared/forgetting/theirs.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { erasureConfirmed, erasureReplayed, erasureResumed } from '../rights/events.ts';
import type { Account } from './accounts/contract.ts';

/** Money that is the payer's is paid back first. */
const waits = (type: string, state: never): boolean => type === 'account' && (state as Account).creditFen > 0;

/**
 * In: a person is to be erased. Out: what the books and the evidence of demands need is restricted to storage, the rest has
 * no words any more; as long as something is owed, it waits.
 */
export const onErasure = consumerFor<ForgetDeps & { journals: readonly AnyJournal[] }>()({
  name: 'billing-on-erasure',
  events: [erasureConfirmed, erasureResumed, erasureReplayed],
  handle: (event, deps) => forget({ ...deps, waits }, 'billing', event),
});
