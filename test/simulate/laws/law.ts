import type { Case, Item } from '../../support/tables.ts';
import type { Life } from '../life.ts';

/** What a law is asked of: the group, and how it stands. */
export interface Subject {
  life: Life;
  cases: readonly Case[];
  /** Everything in every table that commands write. */
  items: readonly Item[];
  since: number;
}

/** Makes of a group in which no law is broken one in which one is. */
export type Spoil = (subject: Subject) => Subject | Promise<Subject>;

/** Something that has to hold whatever happens. */
export interface Law {
  name: string;
  /** Asked every month; the others at the end alone. */
  often?: true;
  /** What breaks it, one line each. */
  broken(of: Subject): Promise<string[]> | string[];
  /** What breaks it, by which a test sees that it can be broken. @throws Error where a group has nothing of the kind */
  spoilt: Spoil;
}

/** Equal values, equal texts. */
export const plain = (value: unknown): string =>
  JSON.stringify(value, (_, v) =>
    v && typeof v === 'object' && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
      : v,
  );

/** What is there more than once. */
export const twice = (all: readonly string[]): string[] => {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(one).size);
};
