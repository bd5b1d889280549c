import type { PersonalRef } from '../../shared/domain/events.ts';
import type { Random } from '../../shared/domain/ids.ts';
import { type KnownTexts, personalText, refersTo, refOf, type ShownText } from '../../shared/people/personal.ts';
import type { PersonalText, Restricted } from '../../shared/people/personal-text.ts';
import type { Instant } from '../../shared/time/clock.ts';

/**
 * Sets texts apart for one decision; one that is there already keeps its item.
 * @param texts those that are there
 * @param restricted whether whoever they are of asked for that
 */
export const textKeeper = (now: Instant, random: Random, texts: KnownTexts, restricted?: Restricted) => {
  const personal: PersonalText[] = [];
  const refTo = (kind: string, said: string | ShownText, known: PersonalRef | undefined): PersonalRef => {
    if (known && refersTo(known, typeof said === 'string' ? said : said.value, texts)) return known;
    const text = personalText(kind, said, now, random, undefined);
    personal.push(restricted ? { ...text, restricted } : text);
    return refOf(text);
  };
  return { refTo, personal };
};
