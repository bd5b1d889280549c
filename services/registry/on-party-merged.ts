import type { NewEvent } from '../../shared/domain/events.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { partyMerged, partyParted } from './events.ts';
import type { Registry } from './store.ts';
import { holdingKey, publishUnit, type UnitEvent } from './unit.ts';
import { cameWith } from './unit-merge.ts';

/** Units in a page. */
const PAGE = 50;

/**
 * In: a party became part of another, or that was a mistake. Out: its units are the other's, or its own again. Who is who by
 * now decides, whichever event is heard, however late. Unit by unit: what was moved is no longer in its hands, so that one that
 * died half-way goes on where it was; nothing is linked to a party that is merged any more (`goneKey`).
 */
export const onPartyMerged = consumerFor<{ registry: Registry }>()({
  name: 'registry-on-party-merged',
  events: [partyMerged, partyParted],
  async handle(event, { registry }) {
    const { site, aggregate: party, at: now, by } = event;
    const move = (unit: string) =>
      execute(registry.units, {
        site,
        id: unit,
        now,
        by,
        // Who stayed may have gone into another since.
        read: () => survivorOf(registry, site, party),
        decide: (state, into): NewEvent<UnitEvent>[] =>
          into !== party && state?.parties.some((link) => link.party === party)
            ? [{ name: 'unit.party-merged', data: { party, into } }]
            : [],
        publish: publishUnit,
      });
    if (event.name === 'party.merged') return each(registry, site, party, move);
    const { parties } = event.data;
    const giveBack = (from: string) => (unit: string) =>
      execute(registry.units, {
        site,
        id: unit,
        now,
        by,
        read: async () =>
          new Map(await Promise.all(parties.map(async (id) => [id, await survivorOf(registry, site, id)] as const))),
        decide: (state, into) => {
          const gone = cameWith(state, { from, parties }).filter((id) => into.get(id) !== from);
          return [...Map.groupBy(gone, (id) => into.get(id) ?? id)].flatMap(([to, ids]) => toWhom(from, ids, to));
        },
        publish: publishUnit,
      });
    // Who held them meanwhile may have gone into another, and the units may be on their way there.
    for (
      let from: string | undefined = event.data.from;
      from !== undefined;
      from = await mergedInto(registry, site, from)
    ) {
      await each(registry, site, from, giveBack(from));
    }
  },
});

/** Parties come back to one of them, or by way of the first of them to whom that was merged into since. */
const toWhom = (from: string, parties: string[], to: string): NewEvent<UnitEvent>[] => {
  const party = parties.includes(to) ? to : (parties[0] as string);
  const parted: NewEvent<UnitEvent> = { name: 'unit.party-parted', data: { party, from, parties } };
  return party === to ? [parted] : [parted, { name: 'unit.party-merged', data: { party, into: to } }];
};

/** Goes through the units of a party. */
const each = async (registry: Registry, site: string, party: string, move: (unit: string) => Promise<unknown>) => {
  for (let after: string | undefined, more = true; more; ) {
    const page = await registry.publishedPage(holdingKey(site, party, '').pk, PAGE, after);
    for (const { sk } of page.items) await move(sk);
    after = page.next;
    more = after !== undefined;
  }
};

const mergedInto = async (registry: Registry, site: string, party: string): Promise<string | undefined> =>
  (await registry.parties.head(site, party)).state?.mergedInto?.party;

const survivorOf = async (registry: Registry, site: string, party: string): Promise<string> => {
  const into = await mergedInto(registry, site, party);
  return into === undefined ? party : survivorOf(registry, site, into);
};
