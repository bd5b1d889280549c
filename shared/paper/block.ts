import { type Language, say } from '../text/catalogue.ts';
import type { Chart } from './chart.ts';

/** A label and what stands behind it. */
export type Fact = [label: string, value: string];
export const labelled = ([label, value]: Fact, language: Language): string =>
  say('paper.fact', language, { label, value });

export interface BlockColumn {
  label: string;
  /** Its part of the width, relative to the other columns'. */
  share: number;
  align?: 'right' | 'center';
}

export interface TableBlock {
  block: 'table';
  caption?: string;
  columns: BlockColumn[];
  rows: string[][];
  /** Closes the table; its value stands under the last column. */
  sum?: Fact;
  /** Boxes to write into, this high at least (pt). */
  boxes?: number;
}

/** The parts of a document, without a word about where it is read. */
export type Block =
  | { block: 'facts'; facts: Fact[] }
  | { block: 'paragraph'; text: string; greeting?: boolean }
  | TableBlock
  | { block: 'total'; total: Fact; inCapitals?: Fact }
  | { block: 'list'; caption: string; lines: string[] }
  | { block: 'note'; text: string }
  | { block: 'heading'; text: string }
  /** Not in mails, whose readers seldom show drawings: what it shows stands in words, too. */
  | { block: 'chart'; caption: string; chart: Chart }
  /** Mails only: opens the payer's own page. */
  | { block: 'link'; text: string; url: string }
  /** Paper only: who speaks, and the day. */
  | { block: 'signed'; lines: string[] }
  /** Paper only: lines to fill in by hand, `across` of them side by side. */
  | { block: 'form'; caption?: string; text?: string; fields: string[]; across: number };

/** A document in words, ready for a mail or a page. */
export interface Composed {
  language: Language;
  title: string;
  /** The line of a mail. */
  subject: string;
  site: string;
  number: string;
  /** Where the desk is found. */
  desk: string[];
  blocks: Block[];
  /** A sheet with many columns. */
  landscape?: boolean;
  /** Across every page: it no longer counts. */
  stamp?: string;
}
