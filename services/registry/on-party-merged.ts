import { consumerFor } from '../../shared/consumer.ts';
import type { Happening } from '../../shared/events.ts';
import { evolve } from '../../shared/journal/execute.ts';
import { partyMerged } from './events.ts';
import type { Registry } from './store.ts';
import { holdingKey, publishUnit, type UnitEvent } from './unit.ts';

/** Units in a page. */
const PAGE = 50;

/**
 * In: a party became part of another. Out: its units are the other's. Unit by unit: what was moved is no longer in its
 * hands, so that one that died half-way goes on where it was; nothing is linked to it any more (`goneKey`).
 */
export const onPartyMerged = consumerFor<{ registry: Registry }>()({
  name: 'registry-on-party-merged',
  events: [partyMerged],
  async handle({ site, aggregate: party, at: now, by }, { registry }) {
    const move = (unit: string) =>
      evolve(registry.units, {
        site,
        id: unit,
        now,
        by,
        // Who stayed may have gone into another since.
        read: () => survivorOf(registry, site, party),
        decide: (state, into): Happening<UnitEvent>[] =>
          state?.parties.some((link) => link.party === party)
            ? [{ name: 'unit.party-merged', data: { party, into } }]
            : [],
        publish: publishUnit,
      });
    for (let after: string | undefined, more = true; more; ) {
      const page = await registry.publishedPage(holdingKey(site, party, '').pk, PAGE, after);
      for (const { sk } of page.items) await move(sk);
      after = page.next;
      more = after !== undefined;
    }
  },
});

const survivorOf = async (registry: Registry, site: string, party: string): Promise<string> => {
  const into = (await registry.parties.head(site, party)).state?.mergedInto?.party;
  return into === undefined ? party : survivorOf(registry, site, into);
};
