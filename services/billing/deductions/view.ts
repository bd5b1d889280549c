import * as z from 'zod';
import { actionsOut } from '../../../shared/http/actions-out.ts';
import { owedOut, owedView, placeOut } from '../../../shared/http/schemas.ts';
import type { Current } from '../../../shared/journal/aggregate.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { type BatchLine, type Deduction, type LineOutcome, STATUSES } from './deduction.ts';
import { FAILURES, fileReport } from './events.ts';
import { countOf, firstOf } from './spans.ts';

const fen = z.number().int().meta({ description: 'Fen (分)' });
const count = z.number().int();
/** Open lines that are named. */
const NAMED = 100;

export const deductionOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(STATUSES),
    day: z.string().meta({ description: 'Its cut-off, site-local' }),
    part: count,
    lines: count,
    fen,
    paid: z.object({ lines: count, fen }),
    failed: z.object({ lines: count, fen }),
    reasons: z
      .partialRecord(z.enum(FAILURES), count)
      .meta({ description: 'Failed lines by reason; a reason without any is left out' }),
    open: z.object({
      lines: count,
      first: z.array(count).meta({ description: `The first ${NAMED} lines that the bank hasn't answered` }),
    }),
    report: fileReport.optional().meta({ description: 'What came of the last result file' }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Deduction' });
export const deductionSheetOut = deductionOut.extend({ actions: actionsOut }).meta({ id: 'DeductionSheet' });

export const deductionView = (
  { id, site, version, state }: Current<Deduction>,
  _: Actor,
  now: number,
): z.input<typeof deductionOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { open, owed, policy: _policy, last: _last, more: _more, ...rest } = state;
  return {
    ...rest,
    id,
    site,
    version,
    open: { lines: countOf(open), first: firstOf(open, NAMED) },
    owed: owedView(owed, now),
  };
};

export const deductionLineOut = z
  .object({
    line: count,
    account: z.string(),
    unit: z.string(),
    ...placeOut,
    bank: z.string(),
    fen,
    bills: z.array(z.string()),
    outcome: z.enum(['open', 'paid', ...FAILURES]),
  })
  .meta({ id: 'DeductionLine' });

export const lineView = (
  { token: _, ...line }: BatchLine,
  unit: string,
  outcomes: ReadonlyMap<number, LineOutcome>,
): z.input<typeof deductionLineOut> => ({ ...line, unit, outcome: outcomes.get(line.line) ?? 'open' });

/** The columns of the file that goes to the bank. */
const COLUMNS = 'line,token,amountFen,reference';

/** The file for the bank: no field of it can hold a comma, a quote or a formula. */
export const fileOut = (id: string, lines: readonly BatchLine[]): string =>
  [COLUMNS, ...lines.map(({ line, token, fen: amount }) => `${line},${token},${amount},${id}-${line}`), ''].join(
    '\r\n',
  );
