import * as z from 'zod';
import { invalid } from '../domain/refusal.ts';
import type { ShownText } from '../people/personal.ts';
import { keptPhone, type Region } from '../values/phone.ts';
import { plain } from '../values/plain-text.ts';

/**
 * A number as somebody writes it; whether it is one depends on where the site is (`phoneSent`). Address books put marks of direction
 * around theirs, which turn no digit.
 */
export const phoneIn = z.string().overwrite(plain).min(1).max(60).meta({
  description: 'A number with its area code, or its country code; an extension behind `转` or `ext.`',
});

/** A number that was sent, as it is kept. @throws Refusal naming its field where it isn't one */
export const phoneSent = (text: string, region: Region, field: string): ShownText => {
  const kept = keptPhone(text, region);
  if (!kept) throw invalid({ field, rule: 'field.phone' });
  return kept;
};
