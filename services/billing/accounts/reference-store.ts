import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Day } from '../../../shared/clock.ts';
import type { TransactItem } from '../../../shared/journal/journal.ts';
import { Refusal } from '../../../shared/refusal.ts';
import type { Method } from './terms.ts';

/** The payment that a bank's reference is known by. */
export interface KnownReference {
  payment: string;
  party: string;
  fen: number;
  paidOn: Day;
}

/** As banks and people write it differently: width, case, spaces and what can't be seen don't tell references apart. */
const normalised = (reference: string): string =>
  reference
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Z}\s-]/gu, '')
    .toUpperCase();

/** The text itself is erasable and stands elsewhere; the key only recognises it. */
const referenceKey = (site: string, method: Method, reference: string) => {
  const hash = createHash('sha256')
    .update(`${site}\n${method}\n${normalised(reference)}`)
    .digest('hex');
  return { pk: `${site}#reference#${hash}`, sk: 'reference' };
};

interface Table {
  doc: DynamoDBDocumentClient;
  own: string;
}

export const knownReference = async (
  { doc, own }: Table,
  site: string,
  method: Method,
  reference: string | undefined,
): Promise<KnownReference | undefined> => {
  if (reference === undefined) return undefined;
  const Key = referenceKey(site, method, reference);
  const { Item } = await doc.send(new GetCommand({ TableName: own, Key, ConsistentRead: true }));
  return Item as KnownReference | undefined;
};

/** Keeps a payment's reference with it. Whoever didn't say that it is the same one again must be the first. */
export const keepReference = (
  { own }: Pick<Table, 'own'>,
  {
    site,
    method,
    reference,
    again,
    payment,
    party,
    fen,
    paidOn,
  }: KnownReference & { site: string; method: Method } & Repeated,
): TransactItem[] =>
  reference === undefined
    ? []
    : [
        {
          Put: {
            TableName: own,
            Item: { ...referenceKey(site, method, reference), payment, party, fen, paidOn },
            ...(again ? {} : { ConditionExpression: 'attribute_not_exists(pk)' }),
          },
        },
      ];

/** A payment that was only asked for was refused: its reference is free. */
export const forgetReference = (
  { own }: Pick<Table, 'own'>,
  site: string,
  method: Method,
  reference: string | undefined,
): TransactItem[] =>
  reference === undefined ? [] : [{ Delete: { TableName: own, Key: referenceKey(site, method, reference) } }];

interface Repeated {
  reference: string | undefined;
  /** Somebody looked, and it is another payment under the same reference. */
  again: boolean;
}

/** The same reference twice may be the same payment twice: somebody has to say that it isn't. */
export const sameReference = (known: KnownReference | undefined, again: boolean): Refusal | undefined =>
  known && !again
    ? new Refusal('conflict', 'account.same-reference', {
        payment: known.payment,
        fen: known.fen,
        paidOn: known.paidOn,
      })
    : undefined;
