import { consumerFor } from '../../../shared/lambda/bus.ts';
import { runCharged, runStarted } from './events.ts';
import type { Runs } from './store.ts';
import { type EnqueueWork, toDo } from './wake.ts';

export interface Deps extends Runs {
  enqueueWork: EnqueueWork;
}

/**
 * In: a run that was started, or in which everything is charged. Out: its workers are told what there is to do by the
 * run as it now stands. Told twice, late or not at all: the run's own wake tells again.
 */
export const onRunMoved = consumerFor<Deps>()({
  name: 'runs-on-run-moved',
  events: [runStarted, runCharged],
  async handle({ site, aggregate }, { runs, enqueueWork }) {
    const { state } = await runs.head(site, aggregate);
    if (state) await enqueueWork(toDo(site, state));
  },
});
