import type { Shown } from '../personal.ts';
import { keptPhone, type Region } from '../phone.ts';
import { invalid } from '../refusal.ts';
import { label } from './schemas.ts';

/** A number as somebody writes it; whether it is one depends on where the site is (`phoneSent`). */
export const phoneIn = label(60).meta({
  description: 'A number with its area code, or its country code; an extension behind `转` or `ext.`',
});

/** A number that was sent, as it is kept. @throws Refusal naming its field where it isn't one */
export const phoneSent = (text: string, region: Region, field: string): Shown => {
  const kept = keptPhone(text, region);
  if (!kept) throw invalid({ field, rule: 'field.phone' });
  return kept;
};
