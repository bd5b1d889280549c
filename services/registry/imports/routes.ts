import * as z from 'zod';
import { type Input, type Route, routesFor } from '../../../shared/http/route.ts';
import { label, siteOnly } from '../../../shared/http/schemas.ts';
import { invalid, Refusal } from '../../../shared/refusal.ts';
import { isMessageKey, type Language, say } from '../../../shared/text/catalogue.ts';
import { IMPORT_KINDS, type RowFault } from '../events.ts';
import { EVERYWHERE } from '../group.ts';
import { type Deps, KEEPERS } from '../routes/deps.ts';
import { runImport } from './run.ts';

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

const importOut = z
  .object({
    id: z.string().optional(),
    kind: z.enum(IMPORT_KINDS),
    rows: z.number().int(),
    accepted: z.number().int(),
    unchanged: z.number().int().meta({ description: 'Rows that are there already, exactly so' }),
    badTotal: z.number().int().meta({ description: 'Bad rows' }),
    bad: z
      .array(z.object({ line: z.number().int(), field: z.string(), rule: z.string(), message: z.string() }))
      .meta({ description: 'Every fault in a dry run, else the first 100. Lines count the header as line 1' }),
    unused: z
      .array(z.object({ column: z.string(), message: z.string() }))
      .meta({ description: 'Columns of the file with something in them that nothing was made of, and why' }),
  })
  .meta({ id: 'Import' });

const told = ({ line, field, rule, details }: RowFault, language: Language) => ({
  line,
  field,
  rule,
  message: isMessageKey(rule) ? say(rule, language, details) : rule,
});

const handle = async (
  site: string,
  { body, person, now, once, language }: Input<unknown, undefined, z.output<ReturnType<typeof bodyOf>>>,
  { registry, policies, chance }: Deps,
): Promise<z.input<typeof importOut>> => {
  const bytes = Buffer.from(body.content, 'base64');
  if (bytes.length === 0) throw invalid({ field: 'body.content', rule: 'field.base64' });
  const zone = site === EVERYWHERE ? 'UTC' : (await policies.site(site)).timeZone;
  const ground = { registry, site, zone, person, now, chance };
  const { refused, ...report } = await runImport({ ...body, bytes, once }, ground);
  const bad = report.bad.map((fault) => told(fault, language));
  const unused = report.unused.map(({ column, kind }) => ({
    column,
    message: kind
      ? say('import.column-of', language, { kind: say(`import-kind.${kind}`, language) })
      : say('import.column-unused', language),
  }));
  if (!refused) return { ...report, bad, unused };
  throw new Refusal(
    'rule',
    'import.bad-rows',
    { bad: report.badTotal, import: report.id ?? '' },
    report.bad.slice(0, NAMED).map(({ line, field, rule, details }) => ({
      field: `line ${line}: ${field}`,
      rule: isMessageKey(rule) ? rule : 'field.invalid',
      details,
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
    body: bodyOf(['units', 'parties']),
    answer: importOut,
    handle: (input, deps) => handle(input.params.site, input, deps),
  }),
];
