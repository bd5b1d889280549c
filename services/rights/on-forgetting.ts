import { refsDeep } from '../../shared/forgetting/theirs.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { hearAnswer } from './erasure.ts';
import { erasureFinished, forgettingDone, forgettingErased } from './events.ts';
import type { ErasedList, Erasures } from './store.ts';

/**
 * In: a service erased texts, or told what became of all it keeps. Out: the list of them, and the erasure's next step. Once it
 * is finished the words in which it was asked for, about the same person, go as well.
 */
export const onForgetting = consumerFor<{
  erasures: Erasures;
  erased: ErasedList;
  forget: (site: string, ref: string) => Promise<void>;
}>()({
  name: 'rights-on-forgetting',
  events: [forgettingErased, forgettingDone],
  async handle(event, { erasures, erased, forget }) {
    const { site, at } = event;
    if (event.name === 'forgetting.erased') return erased.note(event.id, at, site, event.data.refs);
    const { erasure, ...answer } = event.data;
    const { current } = await execute(erasures, {
      site,
      id: erasure,
      now: at,
      by: event.by,
      decide: (state) => hearAnswer(state, { ...answer, toldAt: at }),
    });
    if (current.state?.status !== 'finished') return;
    const events = await erasures.whole(site, erasure);
    // It may be asked for again by now: those words are for who decides.
    const until = events.findLastIndex(({ name }) => name === erasureFinished.name) + 1;
    const said = refsDeep(events.slice(0, until).map(({ data }) => data)).map(({ ref }) => ref);
    await erased.note(event.id, at, site, said);
    for (const ref of said) await forget(site, ref);
  },
});
