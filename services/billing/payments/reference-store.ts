import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../../../shared/aws/transact-item.ts';
import { Refusal } from '../../../shared/domain/refusal.ts';
import type { Day } from '../../../shared/time/clock.ts';
import { plain } from '../../../shared/values/plain-text.ts';
import type { PaymentMethod } from '../accounts/contract.ts';

/** A payment that a bank's reference is known by: its own item among those of the reference. */
export interface KnownReference {
  payment: string;
  party: string;
  fen: number;
  paidOn: Day;
}

type ReferenceItem = KnownReference & { pk: string; sk: string };

/** As banks and people write it differently: width, case, spaces and what can't be seen don't tell references apart. */
const recognised = (reference: string): string => plain(reference).replace(/[ -]/g, '').toUpperCase();

/** The text itself is erasable and stands elsewhere; this only recognises it. */
export const referenceHash = (site: string, method: PaymentMethod, reference: string): string =>
  createHash('sha256')
    .update(`${site}\n${method}\n${recognised(reference)}`)
    .digest('hex');
const hashPk = (site: string, hash: string) => `${site}#reference#${hash}`;
const referencePk = (site: string, method: PaymentMethod, reference: string) =>
  hashPk(site, referenceHash(site, method, reference));
const FIRST = 'reference';

interface Table {
  doc: DynamoDBDocumentClient;
  own: string;
}

/** Every payment under a reference, the first one first. */
export const knownReferences = async (
  table: Table,
  site: string,
  method: PaymentMethod,
  reference: string | undefined,
): Promise<ReferenceItem[]> =>
  reference === undefined ? [] : knownByHash(table, site, referenceHash(site, method, reference));

/** The same, of whom only the reference's hash is at hand. */
export const knownByHash = async ({ doc, own }: Table, site: string, hash: string): Promise<ReferenceItem[]> => {
  const { Items = [] } = await doc.send(
    new QueryCommand({
      TableName: own,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': hashPk(site, hash) },
      ConsistentRead: true,
    }),
  );
  return Items as ReferenceItem[];
};

/**
 * Keeps a payment's reference with it. Where none is known it must be the first; another one that somebody looked at
 * stands beside those before it, and neither takes the other's place.
 */
export const keepReference = (
  { own }: Pick<Table, 'own'>,
  { site, method, reference, before, payment, party, fen, paidOn }: KnownReference & Kept,
): TransactItem[] => {
  if (reference === undefined) return [];
  const isFirst = before.length === 0;
  const key = { pk: referencePk(site, method, reference), sk: isFirst ? FIRST : `${FIRST}#${payment}` };
  const condition = isFirst ? { ConditionExpression: 'attribute_not_exists(pk)' } : {};
  return [{ Put: { TableName: own, Item: { ...key, payment, party, fen, paidOn }, ...condition } }];
};

interface Kept {
  site: string;
  method: PaymentMethod;
  reference: string | undefined;
  /** Those known under it when it was decided. */
  before: readonly KnownReference[];
}

/** A payment that was only asked for was refused: its reference is no longer known by it. */
export const forgetReference = (
  { own }: Pick<Table, 'own'>,
  known: readonly ReferenceItem[],
  payment: string,
): TransactItem[] =>
  known.filter((one) => one.payment === payment).map(({ pk, sk }) => ({ Delete: { TableName: own, Key: { pk, sk } } }));

/** The same reference twice may be the same payment twice: somebody has to say that it isn't. */
export const sameReference = ([known]: readonly KnownReference[], again: boolean): Refusal | undefined =>
  known && !again
    ? new Refusal('conflict', 'account.same-reference', {
        payment: known.payment,
        fen: known.fen,
        paidOn: known.paidOn,
      })
    : undefined;
