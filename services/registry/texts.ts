import type { Instant } from '../../shared/clock.ts';
import type { PersonalRef } from '../../shared/events.ts';
import type { Chance } from '../../shared/ids.ts';
import type { PersonalText } from '../../shared/journal/aggregate.ts';
import { personalText, refersTo, refOf, type Shown } from '../../shared/personal.ts';

/** Sets texts apart for one decision; one that is there already keeps its item. */
export const textKeeper = (now: Instant, chance: Chance) => {
  const personal: PersonalText[] = [];
  const refTo = (kind: string, said: string | Shown, known: PersonalRef | undefined): PersonalRef => {
    if (known && refersTo(known, typeof said === 'string' ? said : said.value)) return known;
    const text = personalText(kind, said, now, chance);
    personal.push(text);
    return refOf(text);
  };
  return { refTo, personal };
};
