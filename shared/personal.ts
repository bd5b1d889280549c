import { createHash } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
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

/** @param kind what it is (`words`, `phone`, …), so that retention can differ by kind */
export const personalText = (kind: string, value: string, now: Instant, chance: Chance): PersonalText => {
  const ref = newId('text', now, chance);
  return { ref, hash: hashOf(ref, value), kind, value };
};

/** Whether a reference is to exactly this text, so that it need not be written again. */
export const refersTo = ({ ref, hash }: PersonalRef, value: string): boolean => hashOf(ref, value) === hash;

const hashOf = (ref: string, value: string) => createHash('sha256').update(`${ref}\n${value}`).digest('hex');

export const refOf = ({ ref, hash }: PersonalText): PersonalRef => ({ ref, hash });

export const personalItem = (site: string, { ref, kind, value, hash }: PersonalText) => ({
  pk: `${site}#${ref}`,
  sk: SK,
  kind,
  value,
  hash,
});

/** Texts by reference; an erased one is simply not there. */
const readPersonal = async (
  { doc, table }: { doc: DynamoDBDocumentClient; table: string },
  site: string,
  refs: readonly PersonalRef[],
): Promise<Map<string, string>> => {
  const keys = refs.map(({ ref }) => ({ pk: `${site}#${ref}`, sk: SK }));
  const items = await getAll({ doc, table }, keys);
  return new Map(items.map(({ pk, value }) => [pk.slice(site.length + 1), value as string]));
};

/** Reads texts of one site; the only way a service gets at them. */
export const personalReader = ({ doc, personal }: { doc: DynamoDBDocumentClient; personal?: string | undefined }) => ({
  read: (site: string, refs: readonly PersonalRef[]) =>
    refs.length === 0
      ? Promise.resolve(new Map<string, string>())
      : readPersonal({ doc, table: personal as string }, site, refs),
});
export type PersonalReader = ReturnType<typeof personalReader>;
