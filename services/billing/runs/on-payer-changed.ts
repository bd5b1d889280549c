import { unitById } from '../../../shared/directory/units.ts';
import { consumerFor } from '../../../shared/lambda/bus.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { unitPartyLinked, unitPartyUnlinked } from '../../registry/events.ts';
import { type AlignDeps, alignPayers } from './align-work.ts';

/**
 * In: who pays for a unit changed, maybe from a day long past. Out: its bills shared anew, the account of who left closed.
 * A sale in days to come changes nothing yet; the run of its month sees it.
 */
export const onPayerChanged = consumerFor<AlignDeps>()({
  name: 'runs-on-payer-changed',
  events: [unitPartyLinked, unitPartyUnlinked],
  async handle({ site, aggregate, at: now }, deps) {
    const unit = await unitById(deps.directory, site, aggregate);
    if (unit) await alignPayers(deps, { site, now, context: await contextAt(deps.policies, site, now) }, unit);
  },
});
