import type { BatchLine, Outcome } from './deduction.ts';
import { FAILURES, type FAULTS, type Failure } from './events.ts';

export type Fault = (typeof FAULTS)[number];
export interface Answer {
  /** Line of the file, from 1. */
  at: number;
  line: number;
  outcome: Outcome;
}
export interface ReadFile {
  rows: number;
  answers: Answer[];
  faults: { at: number; why: Fault }[];
}

/** The columns of the bank's result file; a first line that says so is passed over. */
export const RESULT_COLUMNS = ['line', 'token', 'amountFen', 'status', 'reason'] as const;

const PAID: ReadonlySet<string> = new Set(['ok', 'paid', '成功']);
const FAILED: ReadonlySet<string> = new Set(['failed', '失败']);
/** Reasons in the words of banks; any other is `other`. */
const REASONS: ReadonlyMap<string, Failure> = new Map([
  ['余额不足', 'insufficient-funds'],
  ['账户已销户', 'account-closed'],
  ['未签约', 'no-mandate'],
  ['超限额', 'limit'],
  ['拒付', 'refused'],
]);
const reasonOf = (text: string): Failure | undefined => FAILURES.find((one) => one === text) ?? REASONS.get(text);

/** No line of a bank's file is longer. */
const WIDEST = 300;
const HEADER = RESULT_COLUMNS.slice(0, 4).join(',');

interface Row {
  at: number;
  text: string;
  /** It ends with a line end, as every whole line does. */
  whole: boolean;
}

const rowsIn = (text: string): Row[] => {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines
    .map((line, i) => ({ at: i + 1, text: line.trim(), whole: i < lines.length - 1 }))
    .filter(({ at, text: said }) => said !== '' && !(at === 1 && said.startsWith(HEADER)));
};

const readRow = ({ at, text, whole }: Row, lines: ReadonlyMap<number, BatchLine>): Answer | Fault => {
  const fields = text.length > WIDEST ? [] : text.split(',').map((field) => field.trim());
  const [no = '', token = '', amount = '', status = '', reason = ''] = fields;
  const cut = whole ? undefined : 'truncated';
  if (fields.length < 4 || fields.length > 5 || !/^\d{1,6}$/.test(no) || !/^\d{1,10}$/.test(amount)) {
    return cut ?? 'format';
  }
  const known = lines.get(Number(no));
  const paid = PAID.has(status);
  if (!paid && !FAILED.has(status)) return cut ?? 'unknown-status';
  // What is cut off within its reason may have been cut anywhere.
  const why = paid ? undefined : reasonOf(reason);
  if (!paid && why === undefined && cut) return cut;
  if (!known) return 'unknown-line';
  if (known.token !== token) return 'unknown-mandate';
  if (known.fen !== Number(amount)) return 'wrong-amount';
  return { at, line: known.line, outcome: paid ? 'paid' : (why ?? 'other') };
};

/**
 * Reads a result file line by line (pure): a line is an answer when it names a line of the batch with its mandate and
 * amount and says what became of it; else it is reported with its number and why. A line that the file answers in two
 * ways is answered in none.
 * @param text UTF-8, comma separated
 */
export const readResult = (text: string, lines: ReadonlyMap<number, BatchLine>): ReadFile => {
  const rows = rowsIn(text);
  const read = rows.map((row) => ({ at: row.at, found: readRow(row, lines) }));
  const said = new Map<number, Set<Outcome>>();
  for (const { found } of read) {
    if (typeof found === 'string') continue;
    said.set(found.line, (said.get(found.line) ?? new Set()).add(found.outcome));
  }
  const answers: Answer[] = [];
  const faults: ReadFile['faults'] = [];
  for (const { at, found } of read) {
    if (typeof found === 'string') faults.push({ at, why: found });
    else if ((said.get(found.line)?.size ?? 0) > 1) faults.push({ at, why: 'contradictory' });
    else answers.push(found);
  }
  return { rows: rows.length, answers, faults };
};
