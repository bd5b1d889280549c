import * as z from 'zod';
import { type IdKind, idPattern } from '../domain/ids.ts';
import type { Obligation } from '../domain/obligation.ts';
import { invalid } from '../domain/refusal.ts';
import { role } from '../people/positions.ts';
import { CATALOGUE } from '../text/catalogue.ts';
import { isDay, iso, parseInstant } from '../time/clock.ts';
import { plain, UNTURNED, written } from '../values/plain-text.ts';
import { rule } from './field-rules.ts';

/** Parts that many routes' schemas are made of. */

export const siteParam = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,60}$/)
  .meta({ description: 'A site', example: 'lakeside' });
export const idParam = (kind: IdKind) => z.string().regex(idPattern(kind));
export const siteOnly = z.object({ site: siteParam });

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused
const UNCONTROLLED = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f]*$/;

/** What people write: no longer than a page, not empty, without control characters. Lines and emoji stay. */
export const words = z
  .string()
  .overwrite(written)
  .min(1)
  .max(4000)
  .regex(UNCONTROLLED, rule('field.no-control'))
  .refine((text) => text.isWellFormed(), rule('field.well-formed'));

/** One line as it is told from others; what would be seen in another order than it stands is refused. */
export const oneLine = z
  .string()
  .refine((text) => UNTURNED.test(text), rule('field.no-turning'))
  .overwrite(plain);

/** A name, number or label: one line, told from others by what is seen of it. */
export const label = (max: number) =>
  oneLine
    .min(1)
    .max(max)
    .regex(UNCONTROLLED, rule('field.no-control'))
    .refine((text) => text.isWellFormed(), rule('field.well-formed'));

export const departmentId = oneLine
  .regex(/^[\p{L}\p{N}_-]{1,60}$/u)
  .meta({ description: "A department's id at the site", example: 'engineering' });
export const staffParam = z
  .string()
  .regex(/^[A-Za-z0-9_:-]{1,60}$/)
  .meta({ description: 'A member of staff' });

/** A year mistyped (0206) is none that anything here is about. Who takes a day says besides how it lies to today. */
const plausible = (text: string) => text >= '1900' && text < '2200';

/** An instant in a request: ISO 8601 with an offset; milliseconds since the epoch inside. */
export const instantIn = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, rule('field.instant'))
  .refine(plausible, rule('field.day-plausible'))
  .transform((text) => parseInstant(text) as number);

/** Of a command that may be recorded later than it happened (补录). */
export const happenedIn = {
  happenedAt: instantIn
    .optional()
    .meta({ description: 'When it happened, where it is recorded later (补录); now, unless it says' }),
  evidence: words.optional().meta({
    description:
      'What shows it: a paper, a witness, where a photo is. Needed of what one did oneself, more than 15 minutes ago',
  }),
};

export const dayIn = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, rule('field.day'))
  .refine((text) => isDay(text), rule('field.day'))
  .refine(plausible, rule('field.day-plausible'))
  .meta({ description: "A day of the site's own calendar", example: '2026-05-01' });

export const monthIn = z
  .string()
  .regex(/^2\d{3}-(0[1-9]|1[0-2])$/, rule('field.month-since-2000'))
  .meta({ description: "A month of the site's own calendar, not before 2000", example: '2026-11' });
/** An instant in an answer: ISO 8601, UTC. */
export const instantOut = z.string().meta({ format: 'date-time', description: 'ISO 8601, UTC' });

/** Where a unit is, beside its id; see `placed` in `shared/directory/units.ts`. */
export const placeOut = {
  phase: z.string().optional(),
  building: z.string().optional().meta({ description: "Of the unit; absent where it isn't in the directory" }),
  entrance: z.string().optional(),
  floor: z.string().optional(),
  number: z.string().optional(),
  place: z.string().optional().meta({ description: 'The same as the site writes it', example: '8幢2单元101室' }),
};

/** The answer of a route whose content type is that of a file, such as `application/pdf`. */
export const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);

const LIMIT = 100;
/** Characters; a key holds as many bytes (`cursor.ts`). */
const PLACE_MAX = 1024;

/**
 * Where a page begins, as the list itself names the place: `next` of one page is `after` of the following. Outside it is sealed
 * (`cursor.ts`), so that a caller only ever hands back what they got.
 */
export const placeIn = (place: z.ZodString = z.string().min(1).max(PLACE_MAX)) =>
  place.optional().meta({ description: "The page before's `next`" });

/** Every list is paged: at most 100 at once. */
export const paging = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMIT)
    .default(50)
    .meta({ description: `1 to ${LIMIT}` }),
  after: placeIn(),
};
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional().meta({ description: 'Absent on the last page' }) });

interface PageQuery {
  limit: number;
  after?: string | undefined;
}
const pageFrom = <T>(all: readonly T[], nameOf: (one: T) => string, from: number, limit: number) => {
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && from + limit < all.length ? { next: nameOf(last) } : {}) };
};

/**
 * A page of what is in memory already, in the order of its names as text; `next` is the last name of it. The next page goes on
 * behind that name, also where whatever bore it is gone by then: nothing that stays is left out or comes twice.
 */
export const pageByName = <T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  { limit, after }: PageQuery,
): { items: T[]; next?: string } => {
  const from = after === undefined ? 0 : all.findIndex((one) => nameOf(one) > after);
  return pageFrom(all, nameOf, from === -1 ? all.length : from, limit);
};

/**
 * The same of a list in any other order.
 * @throws Refusal where nothing bears the name any more: where to go on is not known then, and beginning anew would never end
 */
export const pageAmong = <T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  { limit, after }: PageQuery,
): { items: T[]; next?: string } => {
  const at = after === undefined ? -1 : all.findIndex((one) => nameOf(one) === after);
  if (after !== undefined && at === -1) {
    throw invalid({
      field: 'query.after',
      rule: 'field.next-still-listed',
    });
  }
  return pageFrom(all, nameOf, at + 1, limit);
};

/** Whatever may be owed has words (`duty.complaint.judge`). */
const DUTIES = [
  ...new Set(Object.keys(CATALOGUE).flatMap((key) => /^duty\.[a-z]+\.([a-z-]+)$/.exec(key)?.[1] ?? [])),
] as [string, ...string[]];

export const owedOut = z.object({
  duty: z.enum(DUTIES),
  says: z.string().optional().meta({ description: 'What is owed, in your language' }),
  role,
  department: z.string().optional(),
  claimedBy: z.string().optional(),
  since: instantOut,
  due: instantOut,
  late: z.boolean(),
});
export const owedView = (owed: readonly Obligation[], now: number) =>
  owed.map(({ duty, position, claimedBy, since, due }) => ({
    duty,
    ...position,
    claimedBy,
    since: iso(since),
    due: iso(due),
    late: now > due,
  }));

/** One entry of a history, as a sheet shows it. */
export const historyOut = z.object({
  version: z.number().int(),
  event: z.string(),
  says: z.string().optional().meta({ description: 'The step as a sentence in your language' }),
  at: instantOut,
  by: z.string(),
  owedBy: instantOut.optional().meta({ description: 'By when what it opened is owed' }),
  data: z
    .record(z.string(), z.unknown())
    .meta({ description: 'What the event says; texts filled in where they still exist' }),
});
