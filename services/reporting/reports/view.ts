import * as z from 'zod';
import { instantOut } from '../../../shared/http/schemas.ts';
import { role } from '../../../shared/people/positions.ts';
import { iso } from '../../../shared/time/clock.ts';
import { alertCountsOut } from '../alerts/contract.ts';
import { ageingShape, collectionFigures, funnelShape } from '../collections/contract.ts';
import { comparedOut, figuresOf } from '../figures/contract.ts';
import { serviceOut } from '../service-figures/contract.ts';
import { type Content, LEADING, type Leading } from './content.ts';
import { TOPICS } from './improvements/events.ts';
import { STATUSES } from './improvements/improvement.ts';
import type { Issued, Report } from './report.ts';

const n = z.number().int().min(0);
const span = z.object({ from: z.string(), to: z.string() });
const rate = z.object({ met: n, of: n }).nullable();
const leading = <T extends z.ZodType>(one: T) =>
  z.object(Object.fromEntries(LEADING.map((id) => [id, one])) as Record<Leading, T>);
const collectionRate = collectionFigures.current;

export const issuedOut = z
  .object({
    edition: n,
    at: instantOut,
    by: z.string().meta({ description: 'Who issued it; `system:calendar` for the first by its day' }),
    hash: z.string().meta({ description: 'SHA-256 of what it says' }),
  })
  .meta({ id: 'IssuedReport' });

export const reportListOut = z
  .object({
    site: z.string(),
    period: z.string(),
    editions: z.array(issuedOut),
    linksEnded: instantOut.optional().meta({ description: 'Links that were mailed by then open nothing any more' }),
  })
  .meta({ id: 'ReportEditions' });

const improvementLine = z.object({
  id: z.string(),
  site: z.string(),
  topic: z.enum(TOPICS),
  words: z.string().nullable().meta({ description: 'What is to be done; null once erased' }),
  role,
  department: z.string().optional(),
  dueDay: z.string(),
  status: z.enum(STATUSES),
  late: z.boolean(),
  said: z.string().nullable().optional().meta({ description: 'How far it is, as last said' }),
});

const money = z.object({ key: z.string(), ...collectionFigures });

export const periodReportOut = z
  .object({
    ...issuedOut.shape,
    site: z.string().meta({ description: '`*` is the group' }),
    period: z.string(),
    span,
    previous: span,
    closed: z.array(z.object({ month: z.string(), hash: z.string() })).meta({
      description: 'Its months that had been signed when it was composed',
    }),
    signed: z
      .object({ months: n, of: n })
      .meta({ description: 'How many months of its sites had been signed by then' }),
    summary: z.array(z.string()).meta({ description: 'What moved and what was missed, in the language asked for' }),
    figures: figuresOf(comparedOut),
    trend: z.array(z.object({ month: z.string(), rates: leading(rate) })),
    sites: z
      .object({
        lines: z.array(
          z.object({
            site: z.string(),
            name: z.string(),
            figures: leading(z.object({ rate, onTarget: z.boolean().nullable(), change: comparedOut.shape.change })),
          }),
        ),
        more: n,
        count: n,
        missing: n.meta({ description: 'Sites that missed at least one target' }),
        idle: n.meta({ description: 'Sites that had no case of any' }),
      })
      .optional()
      .meta({ description: 'Of the group: those that missed most first' }),
    alerts: alertCountsOut.meta({ description: 'Alerts of the period, by rule' }),
    service: serviceOut.optional().meta({ description: 'Absent where there are more cases than can be read at once' }),
    collection: z.object({
      months: z.array(z.object({ month: z.string(), current: collectionRate, toDate: collectionRate })),
      total: z.object(collectionFigures),
      items: z.array(money),
      worst: z.array(money).meta({ description: 'Buildings (of the group: sites) with the most still to collect' }),
      more: n,
    }),
    arrears: z.object({
      ageing: z.object(ageingShape).meta({ description: 'At the end of the report’s last month' }),
      funnel: z.object(funnelShape).meta({ description: 'Of what fell due from `since` to the end of the period' }),
      since: z.string(),
    }),
    improvements: z.object({
      lines: z.array(improvementLine),
      more: n,
      open: n,
      late: n,
      done: n,
      dropped: n,
    }),
  })
  .meta({ id: 'PeriodReport' });

export const issuedView = ({ edition, at, by, hash }: Issued): z.input<typeof issuedOut> => ({
  edition,
  at: iso(at),
  by,
  hash,
});

export const editionsView = (
  site: string,
  { period, editions, linksEnded }: Report,
): z.input<typeof reportListOut> => ({
  site,
  period,
  editions: editions.map(issuedView),
  ...(linksEnded === undefined ? {} : { linksEnded: iso(linksEnded) }),
});

export const reportView = (
  issued: Issued,
  content: Content,
  texts: Map<string, string>,
  summary: string[],
): z.input<typeof periodReportOut> => {
  const { v: _____, improvements, zone: _, composedAt: __, name: ___, departments: ____, ...rest } = content;
  const lines = improvements.lines.map(({ words, said, position, department: _name, ...line }) => ({
    ...line,
    ...position,
    words: texts.get(words.ref) ?? null,
    ...(said ? { said: texts.get(said.words.ref) ?? null } : {}),
  }));
  return { ...issuedView(issued), ...rest, summary, improvements: { ...improvements, lines } };
};
