import { inParallel } from '../../shared/aws/many.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor, idempotencyKeyFor } from '../../shared/lambda/bus.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { groupPolicyChanged, siteOpened } from './events.ts';
import { publishSite, raiseFloor } from './site.ts';
import type { Registry } from './store.ts';

/** Sites in a page, and worked on at once. */
const PAGE = 100;
const WIDTH = 8;

/**
 * In: the group's policy changed, or a site was opened (perhaps over a policy that changed in that moment). Out: each
 * site's versions worked out anew over the group's present policy. A site that has them already is left alone.
 */
export const onPolicyFloor = consumerFor<{ registry: Registry; policies: Policies }>()({
  name: 'registry-on-policy-floor',
  events: [groupPolicyChanged, siteOpened],
  async handle(event, { registry, policies }) {
    const floor = await registry.floor();
    const raise = (site: string) =>
      execute(registry.sites, {
        site,
        id: site,
        now: event.at,
        by: 'system:policy',
        idempotencyKey: idempotencyKeyFor(this.name, event.id),
        decide: (state) => raiseFloor(state, floor, event.at),
        publish: publishSite,
      });
    if (event.name === 'site.opened') {
      await raise(event.site);
      return;
    }
    for (let after: string | undefined = ' '; after !== undefined; ) {
      const { items, more } = await policies.list(PAGE, after);
      await inParallel(items, WIDTH, ({ site }) => raise(site));
      after = more ? items.at(-1)?.site : undefined;
    }
  },
});
