import { LEVELS, type Place } from '../../../../shared/values/place.ts';
import type { Letter } from '../letter.ts';

/** 2幢 stands before 10幢. */
const natural = new Intl.Collator('zh-CN', { numeric: true });

/** The unit to whose door a letter is carried. */
export const doorOf = ({ accounts }: Pick<Letter, 'accounts'>): string => accounts[0]?.unit ?? '';

/** Letters by building and unit, as whoever carries them out walks (pure). */
export const byDoor = <L extends { state: Pick<Letter, 'accounts'> }>(
  letters: readonly L[],
  units: ReadonlyMap<string, Place>,
): L[] => {
  const door = ({ state }: L): Partial<Place> => units.get(doorOf(state)) ?? {};
  return letters.toSorted((one, other) => {
    const [a, b] = [door(one), door(other)];
    const apart = LEVELS.find((level) => natural.compare(a[level] ?? '', b[level] ?? '') !== 0);
    return apart ? natural.compare(a[apart] ?? '', b[apart] ?? '') : 0;
  });
};
