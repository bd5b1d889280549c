import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item } from '../aws/many.ts';
import type { PersonalRef } from '../domain/events.ts';
import type { Language } from '../text/catalogue.ts';

/**
 * How a party is reached about money, as the registry publishes it: references alone; the texts stay where they can be
 * erased. Ways given for fees come first, those given for service after them. Consent isn't asked for: a notice of what
 * is owed is needed to perform the contract (PIPL art. 13(2)); greetings are not, and ways given for those alone are
 * left out.
 */
export interface PayerCard {
  party: string;
  name: PersonalRef;
  language: Language;
  emails: { value: PersonalRef }[];
  phones: { value: PersonalRef }[];
  /** Parties that were merged into this one: their accounts go on under their own ids. */
  merged?: string[];
  /** Entered by mistake: nothing new is said of them. */
  withdrawn?: true;
  /** They asked to be: there is neither a name nor a way to reach them. */
  erased?: true;
}
/** In the place of a merged party's card: whose it is now. */
export interface MergedCard {
  mergedInto: string;
}

export const payerKey = (site: string, party: string) => ({ pk: `payer#${site}`, sk: party });

/** Where the registry publishes. */
interface Published {
  doc: DynamoDBDocumentClient;
  /** Its table. */
  registry: string;
}

const cardOf = ({ pk: _pk, sk: _sk, of: _of, ...card }: Item) => card as unknown as PayerCard;
const mergedInto = (card: Item | undefined) => (card as unknown as MergedCard | undefined)?.mergedInto;

/** A party's card as it is now; a merged one's is that of the party that stayed. */
export const payerOf = async (
  { doc, registry }: Published,
  site: string,
  party: string,
): Promise<PayerCard | undefined> => {
  const { Item } = await doc.send(
    new GetCommand({ TableName: registry, Key: payerKey(site, party), ConsistentRead: true }),
  );
  const into = mergedInto(Item as Item | undefined);
  if (into !== undefined) return payerOf({ doc, registry }, site, into);
  return Item && cardOf(Item as Item);
};

/**
 * Every id that one payer goes by at a site: of the party that stayed first, then of all that were merged into it. What
 * joins accounts, letters or money by payer asks here.
 */
export const idsOf = ({ party, merged = [] }: PayerCard): string[] => [party, ...merged];

/** The same by any one of them; a party without a card goes by its own. */
export const payerIds = async (published: Published, site: string, party: string): Promise<string[]> => {
  const card = await payerOf(published, site, party);
  return card ? idsOf(card) : [party];
};

/** Many cards, by the party that was asked for; parties that aren't there are left out. */
export const payersOf = async (
  { doc, registry }: Published,
  site: string,
  parties: readonly string[],
  how?: { consistent: boolean },
): Promise<Map<string, PayerCard>> => {
  const keys = parties.map((party) => payerKey(site, party));
  const items = await getAll({ doc, table: registry }, keys, how);
  const moved = new Map(items.flatMap((item) => [[item.sk, mergedInto(item)] as const].filter(([, into]) => into)));
  const stayed =
    moved.size === 0 ? undefined : await payersOf({ doc, registry }, site, [...moved.values()] as string[], how);
  return new Map(
    items.flatMap((item) => {
      const into = moved.get(item.sk);
      const card = into === undefined ? cardOf(item) : stayed?.get(into);
      return card ? [[item.sk, card] as const] : [];
    }),
  );
};
