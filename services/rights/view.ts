import * as z from 'zod';
import { KEEPING, type Keeping, type LeftOver, leftOver } from '../../shared/forgetting/events.ts';
import { instantOut, owedOut, owedView } from '../../shared/http/schemas.ts';
import { sheetOf } from '../../shared/http/sheet-out.ts';
import type { Current } from '../../shared/journal/aggregate.ts';
import { iso } from '../../shared/time/clock.ts';
import { type Erasure, toCome } from './erasure.ts';
import { erasureEvents } from './events.ts';

const answerOut = z.object({
  service: z.enum(KEEPING),
  done: z.boolean(),
  toldAt: instantOut.optional().meta({ description: 'Absent while it is still to come' }),
  left: z.array(leftOver.partial({ cases: true, texts: true }).extend({ until: instantOut.optional() })).meta({
    description: 'What is left, and by which law until when; of cases without numbers, since some may be concealed',
  }),
  waiting: z.array(z.object({ what: z.string(), cases: z.number().int() })).meta({
    description:
      'What is not finished yet (open cases, debts, units held), by kind: erased when it is; not told of cases',
  }),
  waits: z.number().int(),
});
export const erasureOut = z
  .object({
    id: z.string(),
    site: z.string(),
    version: z.number().int(),
    status: z.enum(['none', 'asked', 'refused', 'confirmed', 'cleared', 'finished']),
    party: z.string(),
    parties: z.array(z.string()).meta({ description: 'Every id the party goes by' }),
    askedBy: z.string(),
    confirmedBy: z.string().optional(),
    services: z.array(answerOut).meta({ description: 'Of each service: done, or still to come' }),
    erased: z
      .object({
        at: instantOut,
        askedBy: z.string(),
        confirmedBy: z.string(),
        services: z.array(answerOut),
      })
      .optional()
      .meta({
        description: 'What was erased when it was asked for before, also where another asking waits or is refused',
      }),
    owed: z.array(owedOut),
  })
  .meta({ id: 'Erasure' });
export const erasureSheetOut = erasureOut.extend(sheetOf(erasureEvents)).meta({ id: 'ErasureSheet' });

/**
 * What these keep may be concealed (ADR 0016): how many cases a person has, of which kind, open or ended, would say that they
 * complained, also to whom it is about. So they are done together, and nothing of theirs is counted.
 */
const CASES: readonly Keeping[] = ['intake', 'complaints', 'callbacks'];

const leftView = ({ until, ...one }: Partial<LeftOver> & Pick<LeftOver, 'what'>) => ({
  ...one,
  ...(until === undefined ? {} : { until: iso(until) }),
});
/** Of what cases leave: by which law until when. */
const uncounted = (left: readonly LeftOver[]) => {
  const found = left.map(({ law, until }) => ({
    what: 'case',
    ...(law ? { law } : {}),
    ...(until === undefined ? {} : { until }),
  }));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
};

export const erasureView = (
  { id, site, version, state }: Current<Erasure>,
  now: number,
): z.input<typeof erasureOut> => {
  if (!state) throw new Error(`${id} has no state`);
  const { status, party, parties, askedBy, confirmedBy, answers, asked, erased, owed } = state;
  return {
    id,
    site,
    version,
    status,
    party,
    parties,
    askedBy,
    confirmedBy,
    services: servicesView(answers, asked.length > 0, new Set(toCome(state))),
    ...(erased && status !== 'finished'
      ? { erased: { ...erased, at: iso(erased.at), services: servicesView(erased.answers, true, new Set()) } }
      : {}),
    owed: owedView(owed, now),
  };
};

/** Each service: done, or still to come. @param open those of which it isn't known that they have done it */
const servicesView = (answers: Erasure['answers'], isAsked: boolean, open: ReadonlySet<Keeping>) =>
  KEEPING.map((service): z.input<typeof answerOut> => {
    const { toldAt, left = [], waiting = [], waits = 0 } = answers[service] ?? {};
    if (CASES.includes(service)) {
      const done = isAsked && !CASES.some((one) => open.has(one));
      return { service, done, left: done ? uncounted(left).map(leftView) : [], waiting: [], waits: 0 };
    }
    return {
      service,
      done: isAsked && !open.has(service),
      ...(toldAt === undefined ? {} : { toldAt: iso(toldAt) }),
      left: left.map(leftView),
      waiting,
      waits,
    };
  });
