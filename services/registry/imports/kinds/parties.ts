import { unitKey } from '../../../../shared/directory/units.ts';
import { newId } from '../../../../shared/domain/ids.ts';
import { localDay } from '../../../../shared/time/clock.ts';
import { CONTACTS_MAX, languageAt, publishParty, register } from '../../party.ts';
import { linkAll, publishUnit } from '../../unit.ts';
import { commit, step } from '../batch.ts';
import type { Importer } from '../importer.ts';
import { PLACE_FIELDS, placeFaults, saidOnce } from '../places.ts';
import { compare } from './party-compare.ts';
import { find, likeliestPlace } from './party-find.ts';
import { factsOf, type PartyRow, partyColumns, thingsOf, unitedRows } from './party-row.ts';

const nameOf = (row: PartyRow) => unitKey('', likeliestPlace(row)).sk;

/** Owners and tenants (业户), each in a unit that is there. */
export const parties: Importer<PartyRow> = {
  columns: partyColumns,
  beside: (rows) => unitedRows(saidOnce(rows)),
  checks: [
    { reads: PLACE_FIELDS, wrong: placeFaults },
    {
      reads: ['phone', 'email'],
      wrong: ({ line, value }) =>
        factsOf(value).contacts.length > CONTACTS_MAX
          ? [{ line, field: 'phone', rule: 'import.too-many', details: { max: CONTACTS_MAX } }]
          : [],
    },
  ],
  key: (row) => [nameOf(row), row.name, ...factsOf(row).contacts.map(({ value }) => value)].join('\n'),
  keyed: [...PLACE_FIELDS, 'name', 'phone', 'email'],
  about: (row) => {
    const things = thingsOf(row);
    const says = { language: row.language, consent: row.consent };
    return { things: things.length > 0 ? things : [[row.name, nameOf(row)].join('\n')], says };
  },
  compare,

  async write(rows, context) {
    const { registry, site, now, random } = context;
    const found = await find(rows, context);
    const ids = new Map(found.flatMap(({ who, party }) => (party ? [[who, party.party] as const] : [])));
    const strangers = [...new Map(found.filter(({ party }) => !party).map((row) => [row.who, row])).values()];
    const entered = strangers.map(({ value, who, entry }) => {
      const facts = { ...factsOf(value), language: value.language ?? languageAt(context.zone) };
      const current = { site, id: newId('party', now, random), version: 0, state: undefined };
      ids.set(who, current.id);
      return step(registry.parties, context, current, register(undefined, facts, undefined, now, random), (next) =>
        publishParty(next, facts, entry ? { unit: entry.unit } : {}),
      );
    });
    await commit(context, entered);

    const added = new Set(strangers.map(({ who }) => ids.get(who)));
    const byUnit = Map.groupBy(found, ({ entry }) => entry?.unit ?? '');
    const heads = await registry.units.heads(site, [...byUnit.keys()]);
    const linked = heads.map((current) => {
      const wanted = (byUnit.get(current.id) ?? []).map(({ value, who }) => ({
        party: ids.get(who) as string,
        relation: value.relation,
        payer: value.payer,
        since: value.since,
      }));
      return step(
        registry.units,
        context,
        current,
        linkAll(current.state, wanted, localDay(now, context.zone)),
        (next, before) => {
          const { absent = [], ...published } = publishUnit(next, before);
          // Whom this file has just entered nobody has withdrawn.
          return { ...published, absent: absent.filter(({ sk }) => !added.has(sk)) };
        },
      );
    });
    await commit(context, linked);
  },
};
