import { DeleteCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { AnyCloud } from '../../local/in-memory/any-cloud.ts';
import { accountType } from '../../services/billing/accounts/aggregate.ts';
import { cashDayType } from '../../services/billing/cash-days/cash-day.ts';
import { deductionType } from '../../services/billing/deductions/deduction.ts';
import { payerType } from '../../services/billing/letters/addresses/payer.ts';
import { letterType } from '../../services/billing/letters/aggregate.ts';
import { runMailType } from '../../services/billing/letters/mail/run-mail.ts';
import { invoiceType } from '../../services/billing/receipts/invoice.ts';
import { runType } from '../../services/billing/runs/run.ts';
import { slipType } from '../../services/billing/slips/slip.ts';
import { remittanceType } from '../../services/billing/statements/remittance.ts';
import { exemptionType } from '../../services/billing/tariffs/exemption.ts';
import { callbackType } from '../../services/callbacks/callback.ts';
import { complaintType } from '../../services/complaints/complaint.ts';
import { contactType } from '../../services/intake/contact.ts';
import { alertType } from '../../services/reporting/alerts/alert.ts';
import type { Envelope } from '../../shared/domain/events.ts';
import type { Obligation } from '../../shared/domain/obligation.ts';
import type { AggregateType } from '../../shared/journal/aggregate.ts';
import type { HeadItem } from '../../shared/journal/layout.ts';

export type Item = Record<string, unknown> & { pk: string; sk: string };

/** A table as the template has it. */
export const modelOf = (cloud: AnyCloud, table: string) => {
  const prefix = `${table[0]?.toUpperCase()}${table.slice(1)}Table`;
  const model = cloud.deployment.tables.find(({ logicalId }) => logicalId.startsWith(prefix));
  if (!model) throw new Error(`there is no table ${table}`);
  return model;
};

/** Everything in a table, as it lies there: what a test compares the API's word with. */
export const itemsIn = (cloud: AnyCloud, table: string): Promise<Item[]> => itemsOf(cloud, modelOf(cloud, table).name);

/** The same, by the name it is deployed under. */
export const itemsOf = async (cloud: AnyCloud, TableName: string): Promise<Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await cloud.doc.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    items.push(...((page.Items ?? []) as Item[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

/** An item as somebody changes it by hand, past every rule. */
export const changesItem = async (cloud: AnyCloud, table: string, item: Item): Promise<void> => {
  const { name: TableName } = modelOf(cloud, table);
  await cloud.doc.send(new PutCommand({ TableName, Item: item }));
};

/** Everything in every table, by where it lies. */
export const everything = async (cloud: AnyCloud): Promise<Record<string, Item>> => {
  const names = cloud.deployment.tables.map(({ logicalId }) => logicalId.replace(/Table[0-9A-F]{8}$/, ''));
  const all = await Promise.all(
    names.map(async (name) => (await itemsIn(cloud, name)).map((item) => [`${name} ${item.pk} ${item.sk}`, item])),
  );
  return Object.fromEntries(all.flat());
};

/** Any state of a case: all of them owe. */
export interface Owing {
  status?: string;
  owed: Obligation[];
}

/** A case as it lies in its table: its head, and its journal in order. */
export interface Case {
  type: AggregateType<Owing, never>;
  id: string;
  site: string;
  head: HeadItem<Owing>;
  events: Envelope[];
}

/** The kinds of cases that lie in each table. */
const CASES = {
  contacts: [contactType],
  complaints: [complaintType],
  callbacks: [callbackType],
  alerts: [alertType],
  billing: [
    accountType,
    exemptionType,
    runType,
    letterType,
    payerType,
    runMailType,
    slipType,
    remittanceType,
    cashDayType,
    deductionType,
    invoiceType,
  ],
};

/** The cases among items of a table. */
export const casesAmong = (table: keyof typeof CASES, all: readonly Item[]): Case[] => {
  const byType = new Map<string, unknown>(CASES[table].map((type) => [type.type, type]));
  const items = all.filter(({ pk }) => byType.has(pk.split('#')[1] ?? ''));
  return [...Map.groupBy(items, ({ pk }) => pk)].map(([pk, some]): Case => {
    const [site = '', type = '', id = ''] = pk.split('#');
    const head = some.find(({ sk }) => sk === 'head') as unknown as HeadItem<Owing>;
    const events = some.filter(({ sk }) => sk.startsWith('e#')) as unknown as Envelope[];
    events.sort((a, b) => a.version - b.version);
    return { type: byType.get(type) as Case['type'], id, site, head, events };
  });
};

/** The tables that cases lie in. */
export const CASE_TABLES = Object.keys(CASES) as (keyof typeof CASES)[];

/** Every case of every site. */
export const allCases = async (cloud: AnyCloud): Promise<Case[]> => {
  const found = await Promise.all(CASE_TABLES.map(async (table) => casesAmong(table, await itemsIn(cloud, table))));
  return found.flat();
};

/**
 * The tables as they were, as a restore to an earlier moment makes them: what came since is gone, what went is there again.
 * @param but tables that stay, by the names of `everything`
 */
export const restores = async (cloud: AnyCloud, then: Record<string, Item>, but: readonly string[]): Promise<void> => {
  const now = await everything(cloud);
  const tableOf = (place: string) => place.slice(0, place.indexOf(' '));
  for (const place of new Set([...Object.keys(now), ...Object.keys(then)])) {
    const table = tableOf(place);
    if (but.includes(table)) continue;
    const [is, was] = [now[place], then[place]];
    const { name: TableName } = modelOf(cloud, table);
    if (was && JSON.stringify(is) !== JSON.stringify(was))
      await cloud.doc.send(new PutCommand({ TableName, Item: was }));
    if (is && !was) await cloud.doc.send(new DeleteCommand({ TableName, Key: { pk: is.pk, sk: is.sk } }));
  }
};
