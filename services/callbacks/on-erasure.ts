import { type ForgetDeps, forget } from '../../shared/forgetting/forget.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { erasureConfirmed, erasureReplayed, erasureResumed } from '../rights/events.ts';
import type { Callbacks } from './store.ts';

/** In: a person is to be erased. Out: their callbacks have no words any more, but for those that aren't finished. */
export const onErasure = consumerFor<ForgetDeps & { callbacks: Callbacks }>()({
  name: 'callbacks-on-erasure',
  events: [erasureConfirmed, erasureResumed, erasureReplayed],
  handle: (event, deps) => forget({ ...deps, journals: [deps.callbacks] }, 'callbacks', event),
});
