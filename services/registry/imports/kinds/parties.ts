import { type Day, localDay } from '../../../../shared/clock.ts';
import { newId } from '../../../../shared/ids.ts';
import { payerKey } from '../../../../shared/payer.ts';
import type { Shown } from '../../../../shared/personal.ts';
import { keptPhone } from '../../../../shared/phone.ts';
import type { Place } from '../../../../shared/place.ts';
import type { Language } from '../../../../shared/text/catalogue.ts';
import { type UnitEntry, unitKey } from '../../../../shared/units.ts';
import type { RELATIONS, RowFault } from '../../events.ts';
import { CONTACTS_MAX } from '../../merge.ts';
import { contactsDigest, knownKeys, languageAt, type PartyFacts, publishParty, register } from '../../party.ts';
import { email } from '../../routes/party-parts.ts';
import { holdingKey, type Link, linkAll, PARTIES_MAX, publishUnit, sayable, sayableDays } from '../../unit.ts';
import { commit, step } from '../batch.ts';
import { as, day, fault, language, oneOf, several, text, yesNo } from '../columns.ts';
import type { Ground, Importer, Line, Verdict } from '../importer.ts';
import { type PlaceCells, placeColumns, placesOf, saidOnce, unplaced } from '../places.ts';

interface PartyRow extends PlaceCells {
  name: string;
  phone: Shown[];
  email: string[];
  relation: (typeof RELATIONS)[number];
  payer: boolean;
  since: Day | undefined;
  language: Language | undefined;
  consent: boolean;
}

/** What the desk keeps of people is for the service and its fees. */
const purposes: PartyFacts['contacts'][number]['purposes'] = ['service', 'fees'];

/** Each once, in one order: two columns may hold one number. */
const each = <T>(all: readonly T[], nameOf: (one: T) => string): T[] =>
  [...new Map(all.map((one) => [nameOf(one), one])).values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));

const factsOf = ({ name, phone, email: addresses, language, consent }: PartyRow): PartyFacts => ({
  name,
  language,
  contacts: [
    ...each(phone, ({ value }) => value).map((number) => ({ way: 'phone' as const, ...number, purposes, consent })),
    ...each(addresses, (value) => value).map((value) => ({ way: 'email' as const, value, purposes, consent })),
  ],
});

/** What is published of who is known. */
interface Known {
  party: string;
  digest: string;
}

/** A row with the unit it names and, where they are known already, the party. */
interface Found extends Line<PartyRow> {
  entry: UnitEntry | undefined;
  known: { pk: string; sk: string }[];
  /** Rows of one person have the same. */
  who: string;
  party: Known | undefined;
  /** The contact ways are known as those of more than one. */
  several: boolean;
}

const find = async (rows: readonly Line<PartyRow>[], { registry, site }: Ground): Promise<Found[]> => {
  const keys = rows.map(({ value }) => placesOf(value).map((place) => unitKey(site, place)));
  const units = await registry.publishedAll([...new Map(keys.flat().map((key) => [key.sk, key])).values()]);
  const entries = new Map(units.map((item) => [item.sk, item as unknown as UnitEntry]));
  const located = rows.map((row, i) => {
    const [entry] = (keys[i] ?? []).flatMap(({ sk }) => entries.get(sk) ?? []);
    return { ...row, entry, known: knownKeys(site, factsOf(row.value), entry?.unit) };
  });
  const people = await registry.publishedAll(located.flatMap(({ known }) => known));
  const parties = new Map(people.map((item) => [item.sk, item as unknown as Known]));
  return located.map((row) => {
    const all = row.known.flatMap(({ sk }) => parties.get(sk) ?? []);
    return {
      ...row,
      who: row.known[0]?.sk ?? '',
      party: all[0],
      several: new Set(all.map(({ party }) => party)).size > 1,
    };
  });
};

const placeOf = (row: PartyRow) => unitKey('', placesOf(row)[0] as Place).sk;

/** Any of them, or several side by side; numbered, too (电话1, 电话2). */
const PHONES = [
  '电话',
  '手机',
  '手机号',
  '手机号码',
  '联系电话',
  '联系方式',
  '固定电话',
  '座机',
  '备用电话',
  '电话号码',
  'mobile',
];

/** Owners and tenants (业户), each in a unit that is there. */
export const parties: Importer<PartyRow> = {
  columns: {
    ...placeColumns,
    name: {
      titles: ['姓名', '业主', '业主姓名', '业主名称', '住户', '住户姓名', '户主', '户主姓名', '客户名称'],
      read: text(100),
    },
    phone: {
      titles: ['', '1', '2', '3'].flatMap((n) => PHONES.map((title) => title + n)),
      read: several((text, _, region) => keptPhone(text, region) ?? fault('import.phone')),
      empty: { value: [] },
      together: (all) => all.flat(),
    },
    email: {
      titles: ['邮箱', '电子邮箱', '电子邮件', '邮箱地址'],
      read: several(as(email, 'import.email')),
      empty: { value: [] },
      together: (all) => all.flat(),
    },
    relation: {
      titles: ['关系', '身份', '业户类型', '客户类型', '与业主关系'],
      read: oneOf([
        ['owner', '业主', 'owner', '产权人', '户主', '房主'],
        ['tenant', '租户', 'tenant', '租客', '承租人', '使用人'],
      ]),
      empty: { value: 'owner' },
    },
    payer: {
      titles: ['缴费人', '是否缴费', '是否缴费人', '交费人', '是否交费人', '付款人', '是否付款人'],
      read: yesNo,
      empty: { value: false },
    },
    since: {
      titles: [
        '起始日期',
        '起始日',
        '缴费起始日',
        '接房日期',
        '收房日期',
        '交房日期',
        '交付日期',
        '入住日期',
        '开始日期',
        '起租日期',
        '过户日期',
      ],
      read: day,
      empty: { value: undefined },
    },
    language: { titles: ['语言'], read: language, empty: { value: undefined } },
    consent: { titles: ['同意', '是否同意'], read: yesNo, empty: { value: false } },
  },
  beside: saidOnce,
  check: (row) => [
    ...unplaced(row),
    ...(factsOf(row.value).contacts.length > CONTACTS_MAX
      ? [{ line: row.line, field: 'phone', rule: 'import.too-many', details: { max: CONTACTS_MAX } }]
      : []),
  ],
  key: (row) => [placeOf(row), row.name, ...factsOf(row).contacts.map(({ value }) => value)].join('\n'),
  about: (row) => {
    const facts = factsOf(row);
    const things = facts.contacts.map(({ way, value }) => [row.name, way, value]);
    return {
      things: (things.length > 0 ? things : [[row.name, placeOf(row)]]).map((thing) => thing.join('\n')),
      says: contactsDigest(facts) + (row.language ?? ''),
    };
  },

  async compare(rows, ground) {
    const { registry, site } = ground;
    const found = await find(rows, ground);
    const held = await registry.publishedAll(
      found.flatMap(({ entry, party }) => (entry && party ? [holdingKey(site, party.party, entry.unit)] : [])),
    );
    const cards = await registry.publishedAll(
      found.flatMap(({ value, party }) => (party && value.language ? [payerKey(site, party.party)] : [])),
    );
    const written = new Map(cards.map((card) => [card.party, card.language]));
    const links = new Map(held.map((item) => [`${item.pk}\n${item.sk}`, item as unknown as Link]));
    const payers = new Map<string, number>();
    const added = new Map<string, number>();
    const today = localDay(ground.now, ground.zone);

    return found.map(({ line, value, entry, party, several }): Verdict => {
      if (!entry) return [{ line, field: 'number', rule: 'import.unknown-unit' }];
      const faults: RowFault[] = [];
      if (several || (party && party.digest !== contactsDigest(factsOf(value))))
        faults.push({ line, field: 'name', rule: 'import.exists' });
      if (party && value.language && value.language !== written.get(party.party)) {
        faults.push({ line, field: 'language', rule: 'import.exists' });
      }
      const key = party && holdingKey(site, party.party, entry.unit);
      const now = key && links.get(`${key.pk}\n${key.sk}`);
      if (now && (now.relation !== value.relation || now.payer !== value.payer)) {
        faults.push({ line, field: 'relation', rule: 'import.exists' });
      }
      if (now && value.since !== undefined && now.since !== value.since) {
        faults.push({ line, field: 'since', rule: 'import.exists' });
      }
      if (value.since !== undefined && !sayable(value.since, today)) {
        faults.push({ line, field: 'since', rule: 'import.day-too-far', details: sayableDays(today) });
      }
      if (value.payer) {
        const other = payers.get(entry.unit);
        if (other !== undefined)
          faults.push({ line, field: 'payer', rule: 'import.duplicate', details: { line: other } });
        else if (entry.payer !== undefined && entry.payer !== party?.party) {
          faults.push({ line, field: 'payer', rule: 'import.exists' });
        }
        payers.set(entry.unit, other ?? line);
      }
      if (faults.length > 0) return faults;
      if (now) return 'same';
      const count = (added.get(entry.unit) ?? 0) + 1;
      if (entry.holders + count > PARTIES_MAX) {
        return [{ line, field: 'number', rule: 'import.too-many', details: { max: PARTIES_MAX } }];
      }
      added.set(entry.unit, count);
      return 'new';
    });
  },

  async write(rows, ground) {
    const { registry, site, now, chance } = ground;
    const found = await find(rows, ground);
    const ids = new Map(found.flatMap(({ who, party }) => (party ? [[who, party.party] as const] : [])));
    const strangers = [...new Map(found.filter(({ party }) => !party).map((row) => [row.who, row])).values()];
    const entered = strangers.map(({ value, who, entry }) => {
      const facts = { ...factsOf(value), language: value.language ?? languageAt(ground.zone) };
      const current = { site, id: newId('party', now, chance), version: 0, state: undefined };
      ids.set(who, current.id);
      return step(registry.parties, ground, current, register(undefined, facts, undefined, now, chance), (next) =>
        publishParty(next, facts, entry ? { unit: entry.unit } : {}),
      );
    });
    await commit(ground, entered);

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
        ground,
        current,
        linkAll(current.state, wanted, localDay(now, ground.zone)),
        publishUnit,
      );
    });
    await commit(ground, linked);
  },
};
