import type { Language } from '../catalogue.ts';

export type Data = Readonly<Record<string, unknown>>;

/** An entry of a history as it is answered. */
export interface HistoryEntry {
  event: string;
  by: string;
  data: Data;
  /** When it was recorded, ISO 8601: of a day in another year its year is said, too. */
  at?: string | undefined;
  /** How many such events of the case there had been with it; tries to reach somebody are told with it. */
  nth?: number | undefined;
  /** By when the last of what it opened is owed, ISO 8601 (`opens` of the event, which no answer shows). */
  owedBy?: string | undefined;
}

/** Who reads it, where, and what ids are called. */
export interface HistoryReader {
  language: Language;
  /** The site's time zone. */
  zone: string;
  names: Names;
  /** How the site writes its places (`1幢401室`), where it has a way of its own. */
  placeFormat?: string | undefined;
  /** Texts are kept from whoever reads it: one that isn't there is not said to be erased. */
  wordsConcealed?: boolean;
}

/** What ids are called; one that stands in none of these is said to be unknown. */
export interface Names {
  staff: Readonly<Record<string, string>>;
  parties: Readonly<Record<string, string>>;
  units: Readonly<Record<string, string>>;
  departments: Readonly<Record<string, string>>;
  /** By the item's code. */
  feeItems: Readonly<Record<string, string>>;
}
