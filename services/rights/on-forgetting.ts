import { evolve } from '../../shared/journal/execute.ts';
import { consumerFor } from '../../shared/lambda/consumer.ts';
import { hearAnswer } from './erasure.ts';
import { forgettingDone, forgettingErased } from './events.ts';
import type { ErasedList, Erasures } from './store.ts';

/** In: a service erased texts, or told what became of all it keeps. Out: the list of them, and the erasure's next step. */
export const onForgetting = consumerFor<{ erasures: Erasures; erased: ErasedList }>()({
  name: 'rights-on-forgetting',
  events: [forgettingErased, forgettingDone],
  async handle(event, { erasures, erased }) {
    const { site, at } = event;
    if (event.name === 'forgetting.erased') return erased.note(event.id, at, site, event.data.refs);
    const { erasure, ...answer } = event.data;
    await evolve(erasures, {
      site,
      id: erasure,
      now: at,
      by: event.by,
      decide: (state) => hearAnswer(state, { ...answer, toldAt: at }),
    });
  },
});
