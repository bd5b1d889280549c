import { consumerFor } from '../../shared/lambda/bus.ts';
import { partyChanged, staffChanged } from '../registry/events.ts';
import type { ErasedList } from './store.ts';

/** In: a name, a number or an address was corrected. Out: what it was stands in the list of what was erased. */
export const onChanged = consumerFor<{ erased: ErasedList }>()({
  name: 'rights-on-changed',
  events: [partyChanged, staffChanged],
  having: { 'party.changed': 'gone', 'staff.changed': 'gone' },
  async handle({ id, at, site, data }, { erased }) {
    if (data.gone) await erased.note(id, at, site, data.gone);
  },
});
