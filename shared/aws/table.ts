import { DUE_INDEX, LIST_INDEX } from '../journal/layout.ts';

/** When an item goes by itself (s since the epoch), some time after: of what nothing is owed or remembered by. */
export const EXPIRES = 'expires';

export interface IndexDef {
  name: string;
  hash: string;
  range?: { name: string; type: 'S' | 'N' };
  /** Attributes copied besides the keys; none by default, so that a write to the rest costs the index nothing. */
  include?: string[];
}

/** A table, declared once by the service that owns it; its CDK table, grants and local twin follow from this. */
export interface TableDef {
  name: string;
  /** A stream of new journal events for the relay and the KPI aggregate. */
  stream: boolean;
  indexes: IndexDef[];
}

const JOURNAL_INDEXES: IndexDef[] = [
  { name: DUE_INDEX, hash: 'due', range: { name: 'wakeAt', type: 'N' } },
  { name: LIST_INDEX, hash: 'list', range: { name: 'id', type: 'S' } },
];

/** Every table has `pk` and `sk`; one of journals also has the stream, the due index and the list index. */
export const defineTable = ({
  name,
  journal,
  indexes = [],
}: {
  name: string;
  journal: boolean;
  indexes?: IndexDef[];
}): TableDef => ({
  name,
  stream: journal,
  indexes: [...(journal ? JOURNAL_INDEXES : []), ...indexes],
});

/** Erasable personal texts of all services; see `personal.ts`. */
export const personalTable: TableDef = { name: 'personal', stream: false, indexes: [] };
