import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Directory, placed } from '../../../shared/directory/units.ts';
import { invalid, notFound, Refusal, refuse } from '../../../shared/domain/refusal.ts';
import { type CaseDeps, caseCommands } from '../../../shared/http/cases.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { dayIn, idParam, oneLine, pageOf, paging, siteOnly, siteParam, words } from '../../../shared/http/schemas.ts';
import { doneBefore, execute } from '../../../shared/journal/execute.ts';
import { type Caller, KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { contextAt } from '../../../shared/policy/policy-context.ts';
import { readPages } from '../../../shared/sheet/read/table.ts';
import { localDay } from '../../../shared/time/clock.ts';
import type { Accounts } from '../accounts/contract-store.ts';
import * as decisions from './decide.ts';
import { type Deduction, deductionId, lineOutcomesOf, linesOf } from './deduction.ts';
import type { DeductionEvent } from './events.ts';
import { openBatches } from './open-store.ts';
import { readResult } from './result-file.ts';
import type { Deductions } from './store.ts';
import { deductionLineOut, deductionOut, deductionSheetOut, deductionView, fileOut, lineView } from './view.ts';

export interface Deps extends CaseDeps {
  deductions: Deductions;
  accounts: Accounts;
  directory: Directory;
}

const route = routesFor<Deps>();
const PATH = '/sites/{site}/deductions/{deduction}';
const one = z.object({ site: siteParam, deduction: idParam('deduction') });
const command = caseCommands<Deps, Deduction, DeductionEvent>({
  path: PATH,
  kind: 'deduction',
  journal: ({ deductions }) => deductions,
  answer: deductionOut,
  view: deductionView,
});

/** The supervisor, and the finance department (财务). */
const FINANCE: Caller[] = ['supervisor', 'finance-head', 'centre-manager'];
const bank = oneLine.regex(/^[\p{L}\p{N}_-]{1,30}$/u).meta({ description: 'A bank', example: 'icbc' });
/** 2 MB, in base64. */
const BYTES_MAX = 2_097_152;
const BASE64_MAX = Math.ceil(BYTES_MAX / 3) * 4;
/** As many lines as 2 MB hold, and columns that banks add. */
const BOUNDS = { rows: 100_000, columns: 50 };

/** A batch's lines and what was answered, from its journal. @throws Refusal */
const read = async ({ deductions }: Deps, site: string, id: string) => {
  const events = await deductions.whole(site, id);
  if (events.length === 0) throw notFound(id);
  const lines = linesOf(events);
  return { lines, byLine: new Map(lines.map((line) => [line.line, line])), outcomes: lineOutcomesOf(events) };
};

const fileOf = (content: string) => {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > BYTES_MAX) throw invalid({ field: 'body.content', rule: 'field.megabytes', details: { max: 2 } });
  const pages = readPages(bytes, BOUNDS);
  if (pages.some(({ more }) => more)) throw new Refusal('invalid', 'import.too-many-rows', { max: BOUNDS.rows });
  return { pages, file: createHash('sha256').update(bytes).digest('hex') };
};

export const routes: Route<Deps>[] = [
  route({
    method: 'GET',
    path: '/sites/{site}/deductions',
    summary: 'Deduction batches (代扣) of a site, newest first: those that still owe something, or those that are done',
    who: 'staff',
    params: siteOnly,
    query: z.strictObject({ state: z.enum(['open', 'finished']).default('open'), ...paging }),
    answer: pageOf(deductionOut),
    async handle({ params, query, actor, now }, { deductions }) {
      const page = await deductions.list(params.site, query.state === 'finished', query.limit, query.after);
      return { ...page, items: page.items.map((current) => deductionView(current, actor, now)) };
    },
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/deductions',
    summary:
      "Open today's batches by hand: what is due of every account with a mandate, frozen. Opened before, they stay",
    who: FINANCE,
    params: siteOnly,
    body: z.strictObject({}),
    answer: z.object({ items: z.array(deductionOut) }),
    status: 201,
    async handle({ params: { site }, actor, now, idempotencyKey }, deps) {
      const { deductions } = deps;
      const context = await contextAt(deps.policies, site, now);
      const today = localDay(now, context.zone);
      // Asked again under its key on another day, it is still about the first.
      const before = await doneBefore(deductions, { site, id: deductionId(site, today, 1), idempotencyKey });
      const day = before?.state?.day ?? today;
      const batches = await openBatches(deps, { site, day, now, by: actor.staff, context });
      const [first] = batches;
      if (!first) throw refuse('deduction.nothing-due');
      await execute(deductions, {
        site,
        id: first.id,
        now,
        by: actor.staff,
        idempotencyKey,
        decide: () => ({ events: [] }),
      });
      return { items: batches.map((current) => deductionView(current, actor, now)) };
    },
  }),
  route({
    method: 'GET',
    path: PATH,
    summary: 'A batch: what was paid, what failed and why, what the bank has not answered',
    who: 'staff',
    params: one,
    answer: deductionSheetOut,
    async handle({ params: { site, deduction }, actor, now, actions }, { deductions }) {
      const current = await deductions.head(site, deduction);
      if (!current.state) throw notFound(deduction);
      return { ...deductionView(current, actor, now), actions: await actions(current) };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/lines`,
    summary: 'The lines of a batch, and what became of each',
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: one,
    query: z.strictObject(paging),
    answer: pageOf(deductionLineOut),
    async handle({ params: { site, deduction }, query: { limit, after = '0' } }, deps) {
      const { lines, outcomes } = await read(deps, site, deduction);
      const from = lines.findIndex(({ line }) => line > Number(after));
      const shown = from === -1 ? [] : lines.slice(from, from + limit);
      const heads = await deps.accounts.heads(
        site,
        shown.map(({ account }) => account),
      );
      const views = shown.map((line, i) => lineView(line, heads[i]?.state?.unit ?? '', outcomes));
      const items = await placed(deps.directory, await deps.policies.site(site), views);
      const last = shown.at(-1)?.line;
      return { items, ...(last !== undefined && last < lines.length ? { next: String(last) } : {}) };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/file`,
    summary: 'The file for the bank (CSV: line, token, amountFen, reference)',
    who: FINANCE,
    personal: true,
    params: one,
    query: z.strictObject({ bank: bank.optional().meta({ description: 'Only lines of this bank' }) }),
    answer: z.string(),
    contentType: 'text/csv; charset=utf-8',
    async handle({ params: { site, deduction }, query }, deps) {
      const { lines } = await read(deps, site, deduction);
      return fileOut(deduction, query.bank === undefined ? lines : lines.filter((line) => line.bank === query.bank));
    },
  }),
  command(
    'result',
    "Read the bank's result file, or ours as it came back (CSV or XLSX, by its headings): each good line posts once, bad ones are reported",
    FINANCE,
    z.strictObject({
      content: z
        .base64()
        .min(1)
        .max(BASE64_MAX)
        .meta({ description: 'The file in Base64, at most 2 MB: CSV (UTF-8, UTF-16, GBK) or XLSX' }),
      paidOn: dayIn.optional().meta({ description: 'When the bank deducted; today when left out' }),
    }),
    {
      may: decisions.readFile.may,
      lookUp: async ({ content }, site, deps, { id }) => {
        const { pages, file } = fileOf(content);
        const { byLine: lines, outcomes } = await read(deps, site, id);
        return { deduction: id, file, lines, outcomes, read: readResult(pages, lines) };
      },
      limit: () => 'imports',
      decide: (on, { paidOn }, _, result) => decisions.readFile(on, { ...result, paidOn }),
    },
  ),
  command(
    'give-up',
    'The bank will not answer what is still open: it counts as failed',
    FINANCE,
    z.strictObject({ words }),
    {
      may: decisions.giveUp.may,
      lookUp: async (_, site, deps, { id }) => (await read(deps, site, id)).byLine,
      texts: ({ words: why }) => ({ why }),
      decide: (on, _, { why }, lines) => decisions.giveUp(on, why, lines),
    },
  ),
  command(
    'follow-up',
    'Everybody whose deduction failed was told, and how else to pay',
    ['agent', ...FINANCE],
    z.strictObject({ words }),
    {
      may: decisions.followUp.may,
      texts: ({ words: what }) => ({ what }),
      decide: (on, _, { what }) => decisions.followUp(on, what),
    },
  ),
];
