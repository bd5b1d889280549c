import type { Random } from '../../../shared/domain/ids.ts';
import type { Person } from '../../../shared/people/access.ts';
import type { PersonalReader } from '../../../shared/people/personal.ts';
import type { Language } from '../../../shared/text/catalogue.ts';
import type { Instant } from '../../../shared/time/clock.ts';
import type { RowFault } from '../events.ts';
import type { Registry } from '../store.ts';
import type { ImportColumns } from './columns.ts';

/** A row whose cells could be read. */
export interface ReadRow<T> {
  line: number;
  value: T;
}
/** What a row means for what is there: something new, exactly what is there already, or why it can't be. */
export type RowOutcome = 'new' | 'same' | RowFault[];

/** What an import stands on. */
export interface ImportContext {
  registry: Registry;
  personal: PersonalReader;
  /** `*` for what belongs to the whole group. */
  site: string;
  /** The site's; UTC for the whole group, whose sheets name no days. */
  zone: string;
  /** How the site writes its places. */
  placeFormat?: string | undefined;
  /** Whoever sent it is sure that rows which could be a unit that is there are units of their own. */
  sure?: boolean | undefined;
  /** Of whoever reads the answer. */
  language: Language;
  person: Person;
  /** Whether a subject is the one named at deployment. */
  isDeployments(subject: string): boolean;
  now: Instant;
  random: Random;
  /** Counts an import that is begun. @throws Refusal once there were too many */
  count(): Promise<void>;
}

/** Something that can be wrong with a row, and what has to be readable to tell. */
export interface Check<T> {
  reads: readonly (keyof T & string)[];
  wrong(row: ReadRow<T>): RowFault[];
}

/** How one kind of spreadsheet is imported. It only ever adds: what is there with other content is a fault. */
export interface Importer<T extends object> {
  columns: ImportColumns<T>;
  /** Rows as they are meant, seen beside each other. */
  beside?(rows: readonly ReadRow<T>[]): ReadRow<T>[];
  /** What is wrong with a row by itself. */
  checks?: Check<T>[];
  /** Two rows with the same key are of the same: they say it twice, or contradict each other. */
  key(value: T): string;
  /** What the key is made of, however it is written. */
  keyed: readonly (keyof T & string)[];
  /** Rows about the same thing (a person with two units) have to agree on what they say of it, field by field. */
  about?(value: T): { things: string[]; says: { [K in keyof T]?: unknown } };
  /** Compares rows with what is there, in their order. */
  compare(rows: readonly ReadRow<T>[], context: ImportContext): Promise<RowOutcome[]>;
  /**
   * Writes what is new, in as few transactions as hold it.
   * @throws what `someoneWasFirst` tells when it isn't new any more
   */
  write(rows: readonly ReadRow<T>[], context: ImportContext): Promise<void>;
}
