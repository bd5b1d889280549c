import { createHash } from 'node:crypto';
import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from './clock.ts';
import type { PersonalRef } from './events.ts';
import { type Chance, newId } from './ids.ts';
import type { PersonalText } from './journal/aggregate.ts';
import { getAll } from './many.ts';

/**
 * Names, numbers, addresses and free text: one table of erasable items, so that a journal can live for ever and a
 * person's data need not. Whoever may not read that table sees references only.
 */
const SK = 'text';

/** A text that is kept and compared otherwise than people read it: a telephone number (`phone.ts`). */
export interface Shown {
  value: string;
  shown: string;
}

/** @param kind what it is (`words`, `phone`, …), so that retention can differ by kind */
export const personalText = (kind: string, text: string | Shown, now: Instant, chance: Chance): PersonalText => {
  const ref = newId('text', now, chance);
  const said = typeof text === 'string' ? { value: text } : text;
  return { ref, hash: hashOf(ref, said.value), kind, ...said };
};

/** Whether a reference is to exactly this text, so that it need not be written again. */
export const refersTo = ({ ref, hash }: PersonalRef, value: string): boolean => hashOf(ref, value) === hash;

const hashOf = (ref: string, value: string) => createHash('sha256').update(`${ref}\n${value}`).digest('hex');

export const refOf = ({ ref, hash }: PersonalText): PersonalRef => ({ ref, hash });

export const personalItem = (site: string, { ref, kind, value, shown, hash }: PersonalText) => ({
  pk: `${site}#${ref}`,
  sk: SK,
  kind,
  value,
  ...(shown === undefined ? {} : { shown }),
  hash,
});

/** Erases a text. */
export const forgetText =
  ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }) =>
  async (site: string, ref: string): Promise<void> => {
    await doc.send(new DeleteCommand({ TableName: personal as string, Key: { pk: `${site}#${ref}`, sk: SK } }));
  };

/** Reads texts of one site; the only way a service gets at them. An erased one is simply not there. */
export const personalReader = ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }) => {
  const both = async (site: string, refs: readonly PersonalRef[]): Promise<Map<string, Shown>> => {
    if (refs.length === 0) return new Map();
    const keys = refs.map(({ ref }) => ({ pk: `${site}#${ref}`, sk: SK }));
    const items = await getAll({ doc, table: personal as string }, keys);
    return new Map(
      items.map(({ pk, value, shown = value }) => [
        pk.slice(site.length + 1),
        { value: value as string, shown: shown as string },
      ]),
    );
  };
  return {
    /** As kept, and as people read them. */
    both,
    /** As people read them. */
    read: async (site: string, refs: readonly PersonalRef[]) =>
      new Map([...(await both(site, refs))].map(([ref, { shown }]) => [ref, shown])),
  };
};
export type PersonalReader = ReturnType<typeof personalReader>;
