import { getAll, queryAll } from '../../../shared/aws/many.ts';
import { payerIds, payersOf } from '../../../shared/directory/payer.ts';
import { type Directory, payerOn, type UnitEntry, unitKey } from '../../../shared/directory/units.ts';
import { LIST_INDEX, listPartition } from '../../../shared/journal/layout.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import { parsePlace, placesIn } from '../../../shared/values/place.ts';
import { accountId, openFenOf } from '../accounts/contract.ts';
import { type Accounts, accountsOfPayer } from '../accounts/contract-store.ts';
import type { Letters } from '../letters/contract-store.ts';
import { lettersSaid, withoutNumbers } from './letters-said.ts';
import { isNoFee, nameKey, namesSaid } from './name.ts';
import type { StatementLine } from './reading.ts';
import type { Proposal } from './remittance.ts';
import type { Sign } from './terms.ts';

export interface FindDeps {
  accounts: Accounts;
  letters: Letters;
  directory: Directory;
  personal: PersonalReader;
}

/** What is open at a site, by its sum; and who owes it, by their names, which are read once somebody asks. */
export interface OpenSums {
  accounts: Map<number, { account: string; party: string }[]>;
  names(): Promise<ReadonlyMap<string, string>>;
}
export const NO_SUMS: OpenSums = { accounts: new Map(), names: async () => new Map() };
/** Payers who owe the same to the fen; more of them say nothing. */
const ALIKE = 5;
const PROPOSALS = 5;
/** Payers who owe at a site whose names are gone through for one statement: what is read and held while a person waits. */
const NAMED = 20_000;

/** Read once for a whole statement. */
export const openSums = async (deps: FindDeps, site: string): Promise<OpenSums> => {
  const { accounts } = deps;
  const { doc, own, type } = accounts;
  const keys = await queryAll(
    { doc, table: own },
    {
      IndexName: LIST_INDEX,
      KeyConditionExpression: '#list = :list',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': listPartition(site, type.type, false) },
    },
  );
  const heads = await accounts.heads(
    site,
    keys.map(({ id }) => id as string),
  );
  const owing = heads.flatMap(({ id, state }) =>
    state ? [{ account: id, party: state.party, fen: openFenOf(state) }] : [],
  );
  let names: Promise<Map<string, string>> | undefined;
  return {
    accounts: Map.groupBy(owing, ({ fen }) => fen),
    names: () => (names ??= namesOf(deps, site, [...new Set(owing.map(({ party }) => party))])),
  };
};

/** Payers who owe by their names, those whose name no other of them has. Who owes nothing isn't compared with: they may be meant. */
const namesOf = async (
  { directory, personal }: FindDeps,
  site: string,
  parties: readonly string[],
): Promise<Map<string, string>> => {
  if (parties.length > NAMED) return new Map();
  const cards = [...(await payersOf(directory, site, parties)).values()].filter(({ withdrawn }) => !withdrawn);
  const texts = await personal.read(
    site,
    cards.map(({ name }) => name),
  );
  const all = cards.flatMap(({ party, name }) => {
    const text = texts.get(name.ref);
    return text === undefined ? [] : [{ party, name: nameKey(text) }];
  });
  return new Map(
    [...Map.groupBy(all, ({ name }) => name)].flatMap(([name, some]) => {
      const [only, other] = new Set(some.map(({ party }) => party));
      return only !== undefined && other === undefined ? [[name, only] as const] : [];
    }),
  );
};

/** The units that a text may name. */
const unitsIn = async ({ doc, registry }: Directory, site: string, text: string): Promise<UnitEntry[]> => {
  const readings = [text, ...placesIn(text)]
    .flatMap(parsePlace)
    .flatMap((one) => (one.building === undefined ? [] : [{ ...one, building: one.building }]));
  const items = await getAll(
    { doc, table: registry },
    readings.map((place) => unitKey(site, place)),
  );
  return items as unknown as UnitEntry[];
};

/** Who a line may be of, the surest first; and what leaves no doubt of it, but for what was booked meanwhile. */
export interface LineProposals {
  proposals: Proposal[];
  /** All that it names, of one payer, whose every room is that it names. */
  letters: string[];
  /** The one room it names, whose sum it is. */
  room?: Proposal;
}

export const findPayer = async (
  deps: FindDeps,
  site: string,
  { fen, paidOn, remark, name }: StatementLine,
  sums: OpenSums,
): Promise<LineProposals> => {
  const { directory, personal } = deps;
  const says = namesSaid({ name, remark });
  const said = await lettersSaid(deps, site, `${remark} ${name}`);
  const units = await unitsIn(directory, site, withoutNumbers(remark));
  const rooms = await Promise.all(
    units.flatMap(({ unit, payers }) => {
      const party = payerOn(payers, paidOn);
      return party === undefined ? [] : [roomOf(deps, site, { party, account: accountId(unit, party) }, fen)];
    }),
  );
  const alike = sums.accounts.get(fen) ?? [];
  const known = alike.length > ALIKE ? [] : alike;
  const cards = await payersOf(directory, site, [...new Set(known.map(({ party }) => party))]);
  const names = await personal.read(
    site,
    [...cards.values()].map((card) => card.name),
  );
  const bySum = known.map(({ account, party: of }): Proposal => {
    const card = cards.get(of);
    const party = card?.party ?? of;
    const same = card !== undefined && says.has(nameKey(names.get(card.name.ref) ?? ''));
    return { party, account, signs: same ? ['sum', 'name'] : ['sum'] };
  });
  const sure = said.letters.length > 0 || rooms.some(({ signs }) => signs.includes('sum'));
  const payers = sure || says.size === 0 ? new Map<string, string>() : await sums.names();
  const named = new Set([...says].flatMap((one) => payers.get(one) ?? []));
  const seen = new Set([...rooms, ...bySum.filter(({ signs }) => signs.includes('name'))].map(({ party }) => party));
  const byName = [...named].filter((party) => !seen.has(party)).map((party): Proposal => ({ party, signs: ['name'] }));
  const proposals: Proposal[] = [
    ...said.parties.map((party) => ({ party, signs: ['number' as Sign] })),
    ...rooms.sort((a, b) => b.signs.length - a.signs.length),
    ...bySum.filter(({ signs }) => signs.includes('name')),
    // A name alone is a guess of a person, among those who owe; a sum alone of nobody: neither is booked alone.
    ...byName,
    ...bySum.filter(({ signs }) => !signs.includes('name')),
  ];
  const [only, second] = rooms;
  const one = new Set([...said.parties, ...rooms.map(({ party }) => party)]).size === 1;
  const clear = one && !isNoFee(remark);
  return {
    proposals: distinct(proposals).slice(0, PROPOSALS),
    letters: clear && said.all ? said.letters : [],
    ...(clear && only && !second && only.signs.includes('sum') ? { room: only } : {}),
  };
};

/** A room with whether the sum is what is open there, or what its payer owes in all. */
const roomOf = async (
  { accounts, directory }: FindDeps,
  site: string,
  { party: named, account }: { party: string; account: string },
  fen: number,
): Promise<Proposal> => {
  const payer = await payerIds(directory, site, named);
  const [party = named] = payer;
  const heads = await accounts.heads(site, [...new Set([account, ...(await accountsOfPayer(accounts, site, payer))])]);
  const open = heads.map(({ id, state }) => ({ id, fen: state ? openFenOf(state) : 0 }));
  if (open.find(({ id }) => id === account)?.fen === fen) return { party, account, signs: ['room', 'sum'] };
  const all = open.reduce((sum, one) => sum + one.fen, 0);
  return all === fen ? { party, signs: ['room', 'sum'] } : { party, account, signs: ['room'] };
};

const distinct = (all: readonly Proposal[]): Proposal[] =>
  [...Map.groupBy(all, ({ party, account }) => `${party} ${account ?? ''}`).values()].map(([first, ...others]) => {
    const { signs, ...rest } = first as Proposal;
    return { ...rest, signs: [...new Set([...signs, ...others.flatMap((one) => one.signs)])] };
  });
