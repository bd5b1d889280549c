import { createHash } from 'node:crypto';
import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { getAll, type Item } from '../aws/many.ts';
import { EXPIRES } from '../aws/table.ts';
import type { PersonalRef } from '../domain/events.ts';
import { newId, type Random } from '../domain/ids.ts';
import type { Clock, Instant } from '../time/clock.ts';
import type { GoneText, PersonalText, Restricted } from './personal-text.ts';
import { type Kept, secondsOf } from './retention.ts';

/**
 * Names, numbers, addresses and free text: one table of erasable items, so that a journal can live for ever and a
 * person's data need not. Whoever may not read that table sees references only.
 */
const SK = 'text';

/** A text that is kept and compared otherwise than people read it: a telephone number (`phone.ts`). */
export interface ShownText {
  value: string;
  shown: string;
}

/** A text as it lies there. */
export interface KnownText extends ShownText {
  /** It stood on something that is evidence: until when (epoch seconds) it is kept for that, whatever becomes of it. */
  evidence?: number | undefined;
}
/** Texts that were read, by their references. */
export type KnownTexts = ReadonlyMap<string, KnownText>;

/**
 * @param kind what it is: `words`, `phone`, …
 * @param kept what for, and until when; `undefined`: as long as whoever it is of
 */
export const personalText = (
  kind: string,
  text: string | ShownText,
  now: Instant,
  random: Random,
  kept: Kept | undefined,
): PersonalText => {
  const ref = newId('text', now, random);
  const said = typeof text === 'string' ? { value: text } : text;
  const salt = saltBy(random);
  const ends = kept && { keeps: kept.keeps, [EXPIRES]: secondsOf(kept.until) };
  return { ref, hash: hashOf(salt, said.value), salt, kind, ...said, ...ends };
};

/** Draws that make a salt nobody can try through: 3 × 47 bits. */
const SALT_DRAWS = 3;
const saltBy = (random: Random): string =>
  Array.from({ length: SALT_DRAWS }, () => Math.floor(random() * 2 ** 47).toString(36)).join('.');

/** The salt lies in the erasable item alone: once that is gone, nobody can check a guess against the hash that stays. */
const hashOf = (salt: string, value: string) => createHash('sha256').update(`${salt}\n${value}`).digest('hex');

/** Whether a reference is to exactly this text, so that it need not be written again; what was erased says nothing. */
export const refersTo = ({ ref }: PersonalRef, value: string, texts: KnownTexts): boolean =>
  texts.get(ref)?.value === value;

/** Whether an item is the one that a reference was made to: what a text was, while it is kept. */
export const isOf = ({ hash }: PersonalRef, { salt, value }: { salt: string; value: string }): boolean =>
  hashOf(salt, value) === hash;

export const refOf = ({ ref, hash }: PersonalText): PersonalRef => ({ ref, hash });

export const personalKey = (site: string, ref: string) => ({ pk: `${site}#${ref}`, sk: SK });

export const personalItem = (
  site: string,
  { ref, kind, value, shown, hash, salt, keeps, expires, restricted }: PersonalText,
) => ({
  ...personalKey(site, ref),
  kind,
  value,
  ...(shown === undefined ? {} : { shown }),
  hash,
  salt,
  ...(restricted === undefined ? {} : { restricted }),
  ...(expires === undefined ? {} : { keeps, [EXPIRES]: expires }),
});

/** Erases a text. */
export const forgetText =
  ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }) =>
  async (site: string, ref: string): Promise<void> => {
    await doc.send(new DeleteCommand({ TableName: personal as string, Key: personalKey(site, ref) }));
  };

/** Of the texts that something referred to before, those that it doesn't refer to now. */
export const goneOf = (before: readonly PersonalRef[], now: readonly PersonalRef[], texts: KnownTexts): GoneText[] => {
  const kept = new Set(now.map(({ ref }) => ref));
  const gone = [...new Set(before.map(({ ref }) => ref))].filter((ref) => !kept.has(ref));
  return gone.map((ref) => ({ ref, evidence: texts.get(ref)?.evidence }));
};

/** What an event tells of texts that are erased, for the list of them (`services/rights`); nothing of those that are kept. */
export const toldGone = (gone: readonly GoneText[]): { gone?: string[] } => {
  const erased = gone.filter(({ evidence }) => evidence === undefined).map(({ ref }) => ref);
  return erased.length > 0 ? { gone: erased } : {};
};

/** In a transaction: what is gone is erased; what is evidence ends when that does. Another try where either has changed. */
export const erasure = (table: string, site: string, { ref, evidence }: GoneText) =>
  evidence === undefined
    ? {
        Delete: {
          TableName: table,
          Key: personalKey(site, ref),
          ConditionExpression: 'attribute_not_exists(evidence)',
        },
      }
    : {
        Update: {
          TableName: table,
          Key: personalKey(site, ref),
          UpdateExpression: `SET restricted = :law, ${EXPIRES} = :ends`,
          ConditionExpression: 'evidence = :ends',
          ExpressionAttributeValues: { ':law': 'law' satisfies Restricted, ':ends': evidence },
        },
      };

/**
 * What texts are read for: the daily work; what a contract needs, such as a letter to its payer; or by whoever answers for
 * them to the person, who is given all of it.
 */
export type Purpose = 'work' | 'contract' | 'answer';
const mayRead = (purpose: Purpose, restricted: unknown): boolean =>
  !restricted || purpose === 'answer' || (purpose === 'contract' && restricted === 'person');

/** In a transaction: what is kept of them is restricted at a person's request, or no more; a law's restriction stays. */
export const restriction = (table: string, site: string, { ref }: PersonalRef, asked: boolean) => ({
  Update: {
    TableName: table,
    Key: personalKey(site, ref),
    UpdateExpression: 'SET restricted = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': asked ? ('person' satisfies Restricted) : '' },
  },
});

/** Reads texts of one site; the only way a service gets at them. One that was erased, or has ended, is simply not there. */
export const personalReader = ({
  doc,
  personal,
  clock,
}: {
  doc: DynamoDBDocumentClient;
  personal?: string | undefined;
  /** What has ended is deleted within days; until then nobody reads it either. */
  clock: Clock;
}) => {
  const isThere = ({ [EXPIRES]: ends }: Record<string, unknown>) =>
    ends === undefined || (ends as number) > secondsOf(clock());
  /** The items of texts that are there, by their references, whoever may read them. */
  const itemsOf = async (site: string, refs: readonly PersonalRef[]): Promise<(readonly [string, Item])[]> => {
    if (refs.length === 0) return [];
    const keys = refs.map(({ ref }) => personalKey(site, ref));
    const items = await getAll({ doc, table: personal as string }, keys);
    return items.filter(isThere).map((item) => [item.pk.slice(site.length + 1), item]);
  };
  const shownOf = ({ value, shown = value }: Item): string => shown as string;
  const both = async (
    site: string,
    refs: readonly PersonalRef[],
    purpose: Purpose = 'work',
  ): Promise<Map<string, KnownText>> => {
    const kept = (await itemsOf(site, refs)).filter(([, { restricted }]) => mayRead(purpose, restricted));
    return new Map(
      kept.map(([ref, item]) => [
        ref,
        {
          value: item.value as string,
          shown: shownOf(item),
          ...(item.evidence === undefined ? {} : { evidence: item.evidence as number }),
        },
      ]),
    );
  };
  return {
    /** Names for the daily work, as people read them; `restricted` those that are there and not to be used. */
    names: async (site: string, refs: readonly PersonalRef[]) => {
      const { may = [], mayNot = [] } = Object.groupBy(await itemsOf(site, refs), ([, { restricted }]) =>
        mayRead('work', restricted) ? 'may' : 'mayNot',
      );
      return {
        said: new Map(may.map(([ref, item]) => [ref, shownOf(item)])),
        restricted: new Set(mayNot.map(([ref]) => ref)),
      };
    },
    /** As kept, and as people read them. */
    both,
    /** As people read them. */
    read: async (site: string, refs: readonly PersonalRef[], purpose?: Purpose) =>
      new Map([...(await both(site, refs, purpose))].map(([ref, { shown }]) => [ref, shown])),
  };
};
export type PersonalReader = ReturnType<typeof personalReader>;
