import * as z from 'zod';
import { invalid, Refusal } from '../../../shared/domain/refusal.ts';
import { type Input, type Route, routesFor } from '../../../shared/http/route.ts';
import { label, siteOnly } from '../../../shared/http/schemas.ts';
import { countNow, limitOf } from '../../../shared/journal/limit.ts';
import { say } from '../../../shared/text/catalogue.ts';
import { IMPORT_KINDS } from '../events.ts';
import { EVERYWHERE } from '../group.ts';
import { type Deps, KEEPERS } from '../routes/deps.ts';
import { runImport } from './run.ts';
import { whereOf } from './shown.ts';

const route = routesFor<Deps>();

/** A function takes 6 MB of request at most, and Base64 adds a third. */
const BYTES_MAX = 4 * 1024 * 1024;
/** Faults named in a refusal. */
const NAMED = 50;

const bodyOf = <const K extends readonly (typeof IMPORT_KINDS)[number][]>(kinds: K) =>
  z.strictObject({
    kind: z.enum(kinds),
    fileName: label(200).optional().meta({ description: 'For people; what the file is shows in its bytes' }),
    content: z
      .string()
      .min(1)
      .max(Math.ceil(BYTES_MAX / 3) * 4)
      .regex(/^[A-Za-z0-9+/]*={0,2}$/)
      .meta({ description: `The file in Base64, at most ${BYTES_MAX} bytes: CSV (UTF-8, UTF-16, GBK) or XLSX` }),
    dryRun: z.boolean().meta({ description: 'Say what would happen and everything that is wrong, and do nothing' }),
    skipBad: z.boolean().default(false).meta({ description: 'Go on past bad rows instead of refusing the whole' }),
  });

const ofSite = bodyOf(['units', 'parties']).extend({
  sure: z.boolean().default(false).meta({
    description: 'Of units: rows that could be a unit that is there are units of their own. Without it they are bad',
  }),
});

const importOut = z
  .object({
    id: z.string().optional(),
    kind: z.enum(IMPORT_KINDS),
    sheet: z.string().meta({ description: 'The sheet that was read; `CSV` for a file that has none' }),
    headerLine: z.number().int().meta({ description: 'The line that was taken for the header' }),
    unread: z
      .array(z.object({ sheet: z.string(), message: z.string() }))
      .meta({ description: 'Other sheets that hold data: nothing was made of them' }),
    rows: z.number().int().meta({ description: 'Without those of totals' }),
    totals: z.number().int().meta({ description: 'Rows of totals (合计), which were passed over' }),
    accepted: z.number().int(),
    unchanged: z.number().int().meta({ description: 'Rows that are there already, exactly so' }),
    badTotal: z.number().int().meta({ description: 'Bad rows' }),
    bad: z
      .array(
        z.object({
          line: z.number().int().meta({ description: 'Of the file or sheet, from 1' }),
          field: z.string(),
          rule: z.string(),
          column: z.string().optional().meta({ description: 'The heading in the file' }),
          value: z.string().optional().meta({ description: 'What stands in the cell' }),
          message: z.string(),
        }),
      )
      .meta({ description: 'Every fault in a dry run, else the first 100' }),
    unused: z
      .array(z.object({ column: z.string(), message: z.string() }))
      .meta({ description: 'Columns of the file with something in them that nothing was made of, and why' }),
  })
  .meta({ id: 'Import' });

const handle = async (
  site: string,
  {
    body,
    person,
    now,
    idempotencyKey,
    language,
  }: Input<unknown, undefined, z.output<ReturnType<typeof bodyOf>> & { sure?: boolean }>,
  { registry, personal, policies, access: { isDeployments }, random }: Deps,
): Promise<z.input<typeof importOut>> => {
  const bytes = Buffer.from(body.content, 'base64');
  if (bytes.length === 0) throw invalid({ field: 'body.content', rule: 'field.base64' });
  const { timeZone: zone, placeFormat } = site === EVERYWHERE ? { timeZone: 'UTC' } : await policies.site(site);
  const count = async () =>
    countNow(registry.imports, await limitOf(policies, 'imports', { site, staff: person.staff, now }));
  const of = { zone, placeFormat, sure: body.sure, language, isDeployments };
  const context = { ...of, count, registry, personal, site, person, now, random };
  const { report, shown } = await runImport({ ...body, bytes, idempotencyKey }, context);
  const { refused, unread, ...counts } = report;
  const bad = report.bad.map((fault) => shown(fault, language));
  if (!refused) {
    return {
      ...counts,
      bad,
      unread: unread.map((sheet) => ({ sheet, message: say('import.sheet-unread', language) })),
      unused: report.unused.map(({ column, kind }) => ({
        column,
        message: kind
          ? say('import.column-of', language, { kind: say(`import-kind.${kind}`, language) })
          : say('import.column-unused', language),
      })),
    };
  }
  throw new Refusal(
    'rule',
    'import.bad-rows',
    { bad: report.badTotal, sheet: report.sheet, import: report.id ?? '' },
    bad.slice(0, NAMED).map((fault) => ({
      field: whereOf(fault, language),
      rule: 'import.said',
      details: { message: fault.message },
    })),
  );
};

export const importRoutes: Route<Deps>[] = [
  route({
    method: 'POST',
    path: '/imports',
    summary: 'Import sites or staff from a spreadsheet, as a whole or not at all',
    who: ['administrator'],
    body: bodyOf(['sites', 'staff']),
    answer: importOut,
    handle: (input, deps) => handle(EVERYWHERE, input, deps),
  }),
  route({
    method: 'POST',
    path: '/sites/{site}/imports',
    summary: "Import a site's units or parties from a spreadsheet, as a whole or not at all",
    who: KEEPERS,
    params: siteOnly,
    body: ofSite,
    answer: importOut,
    handle: (input, deps) => handle(input.params.site, input, deps),
  }),
];
