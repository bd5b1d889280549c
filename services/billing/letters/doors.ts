import type { UnitEntry } from '../../../shared/units.ts';
import type { Letter } from './letter.ts';

/** 2幢 stands before 10幢. */
const natural = new Intl.Collator('zh-CN', { numeric: true });

/** The unit to whose door a letter is carried. */
export const doorOf = ({ accounts }: Pick<Letter, 'accounts'>): string => accounts[0]?.unit ?? '';

/** Letters by building and unit, as whoever carries them out walks (pure). */
export const byDoor = <L extends { state: Pick<Letter, 'accounts'> }>(
  letters: readonly L[],
  units: ReadonlyMap<string, Pick<UnitEntry, 'building' | 'number'>>,
): L[] => {
  const door = ({ state }: L) => units.get(doorOf(state)) ?? { building: '', number: '' };
  return letters.toSorted((one, other) => {
    const [a, b] = [door(one), door(other)];
    return natural.compare(a.building, b.building) || natural.compare(a.number, b.number);
  });
};
