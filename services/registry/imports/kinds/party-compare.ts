import { type PayerCard, payerKey } from '../../../../shared/directory/payer.ts';
import { localDay } from '../../../../shared/time/clock.ts';
import { writePlace } from '../../../../shared/values/place.ts';
import type { RowFault } from '../../events.ts';
import { contactsDigest, knownKeys } from '../../party.ts';
import { holdingKey, PARTIES_MAX, sayable, sayableDays } from '../../unit.ts';
import type { UnitLink } from '../../unit-state.ts';
import { doubtsIn } from '../doubts.ts';
import type { ImportContext, ReadRow, RowOutcome } from '../importer.ts';
import { type FoundParty, find, likeliestPlace } from './party-find.ts';
import { factsOf, type PartyRow } from './party-row.ts';

/** What is there of a party differs from what a row says of how to reach it. */
const reachedOtherwise = (
  { line, value, party, matched, known, several }: FoundParty,
  card: PayerCard | undefined,
  site: string,
): RowFault[] => {
  if (several) return [{ line, field: value.phone.length > 0 ? 'phone' : 'email', rule: 'import.exists-as-several' }];
  const facts = factsOf(value);
  if (!party || party.digest === contactsDigest(facts)) return [];
  const strange = facts.contacts.find((one) =>
    knownKeys(site, { ...facts, contacts: [one] }).every(({ sk }) => !matched.has(sk)),
  );
  if (strange) {
    const all = { phone: value.phone.map((one) => one.value), email: value.email }[strange.way];
    const nth = all.indexOf(strange.value) + 1;
    return [{ line, field: strange.way, rule: 'import.way-not-there', details: { nth } }];
  }
  const field = value.phone.length > 0 || value.email.length === 0 ? 'phone' : 'email';
  if (matched.size < known.length) return [{ line, field, rule: 'import.way-not-there' }];
  const [phones, emails] = [card?.phones.length ?? 0, card?.emails.length ?? 0];
  if (phones + emails > known.length) return [{ line, field, rule: 'import.ways-more', details: { phones, emails } }];
  // Nothing said of consent is no other consent than the one that is there.
  return value.consent === undefined ? [] : [{ line, field: 'consent', rule: 'import.consent-differs' }];
};

/** Where a row says otherwise what a party that holds the unit is to it. */
const heldOtherwise = ({ line, value }: ReadRow<PartyRow>, now: UnitLink): RowFault[] => [
  ...(now.relation === value.relation
    ? []
    : [{ line, field: 'relation', rule: 'import.exists-as', details: { there: `relation.${now.relation}` } }]),
  ...(now.payer === value.payer
    ? []
    : [{ line, field: 'payer', rule: 'import.exists-as', details: { there: now.payer ? 'word.yes' : 'word.no' } }]),
  ...(value.since === undefined || now.since === value.since
    ? []
    : [
        now.since === undefined
          ? { line, field: 'since', rule: 'import.exists-unsaid' }
          : { line, field: 'since', rule: 'import.exists-as', details: { there: now.since } },
      ]),
];

/** Rows with what is there: who is known, what they hold, and who pays. */
export const compare = async (rows: readonly ReadRow<PartyRow>[], context: ImportContext): Promise<RowOutcome[]> => {
  const { registry, site, placeFormat } = context;
  const found = await find(rows, context);
  const held = await registry.publishedAll(
    found.flatMap(({ entry, party }) => (entry && party ? [holdingKey(site, party.party, entry.unit)] : [])),
  );
  const looked = found.filter(
    ({ value, party }) => party && (value.language || party.digest !== contactsDigest(factsOf(value))),
  );
  const cards = await registry.publishedAll(
    looked.flatMap(({ party }) => (party ? [payerKey(site, party.party)] : [])),
  );
  const cardOf = new Map(cards.map((card) => [card.party, card as unknown as PayerCard]));
  const links = new Map(held.map((item) => [`${item.pk}\n${item.sk}`, item as unknown as UnitLink]));
  const strangers = found.flatMap(({ line, value, entry }) => (entry ? [] : [{ line, place: likeliestPlace(value) }]));
  const doubts = await doubtsIn(strangers, context);
  const payers = new Map<string, number>();
  const added = new Map<string, number>();
  const today = localDay(context.now, context.zone);

  return found.map((row): RowOutcome => {
    const { line, value, entry, party } = row;
    if (!entry) {
      const doubt = doubts.get(line);
      const place = writePlace(likeliestPlace(value), placeFormat);
      const unknown = { line, field: 'number', rule: 'import.unknown-unit', details: { place } };
      return [doubt && doubt.rule !== 'import.entrance-needed' ? doubt : unknown];
    }
    const card = party && cardOf.get(party.party);
    const key = party && holdingKey(site, party.party, entry.unit);
    const now = key && links.get(`${key.pk}\n${key.sk}`);
    const faults = [...reachedOtherwise(row, card, site), ...(now ? heldOtherwise(row, now) : [])];
    if (card && value.language && value.language !== card.language) {
      faults.push({
        line,
        field: 'language',
        rule: 'import.exists-as',
        details: { there: `language.${card.language}` },
      });
    }
    if (value.since !== undefined && !sayable(value.since, today)) {
      faults.push({ line, field: 'since', rule: 'import.day-too-far', details: sayableDays(today) });
    }
    if (value.payer) {
      const other = payers.get(entry.unit);
      if (other !== undefined)
        faults.push({ line, field: 'payer', rule: 'import.second-payer', details: { line: other } });
      else if (entry.payer !== undefined && entry.payer !== party?.party) {
        faults.push({ line, field: 'payer', rule: 'import.other-payer' });
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
};
