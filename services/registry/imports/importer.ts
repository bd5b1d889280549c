import type { Person } from '../../../shared/access.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { Chance } from '../../../shared/ids.ts';
import type { Once } from '../../../shared/journal/execute.ts';
import type { RowFault } from '../events.ts';
import type { Registry } from '../store.ts';
import type { Columns } from './columns.ts';

/** A row whose cells could be read. */
export interface Line<T> {
  line: number;
  value: T;
}
/** What a row means for what is there: something new, exactly what is there already, or why it can't be. */
export type Verdict = 'new' | 'same' | RowFault[];

/** What an import stands on. */
export interface Ground {
  registry: Registry;
  /** `*` for what belongs to the whole group. */
  site: string;
  person: Person;
  now: Instant;
  chance: Chance;
  once: Once;
}

/** How one kind of spreadsheet is imported. It only ever adds: what is there with other content is a fault. */
export interface Importer<T extends object> {
  columns: Columns<T>;
  /** What is wrong with a row by itself. */
  check?(row: Line<T>): RowFault[];
  /** Two rows with the same key say the same twice. */
  key(value: T): string;
  /** Rows about the same thing (a person with two units) have to agree on what they say of it. */
  about?(value: T): { thing: string; says: string };
  /** Compares rows with what is there, in their order. */
  compare(rows: readonly Line<T>[], ground: Ground): Promise<Verdict[]>;
  /** Writes what is new; each thing under a key of its own, so that a crash half-way is made good by trying again. */
  write(rows: readonly Line<T>[], ground: Ground): Promise<void>;
}

/** Commands at once; a few thousand rows are done well within the time a request has. */
export const WIDTH = 16;

/** What makes the command for one thing of an import happen once. */
export const onceOf = ({ once }: Ground, thing: string): Once => ({ ...once, scope: `${once.scope}#${thing}` });
