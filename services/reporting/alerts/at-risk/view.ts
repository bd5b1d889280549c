import * as z from 'zod';
import type { Obligation } from '../../../../shared/domain/obligation.ts';
import { instantOut, owedOut, owedView } from '../../../../shared/http/schemas.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { type Instant, iso } from '../../../../shared/time/clock.ts';
import { asOfOut, caseOut, figureOut, MEASURE_IDS } from '../../figures/contract.ts';
import type { RunningCase } from '../../figures/contract-store.ts';
import type { Forecast, Risk } from './at-risk.ts';

const n = z.number().int().min(0);
const measure = z.enum(MEASURE_IDS);

const riskOut = z
  .object({
    measure,
    day: z.string().meta({ description: 'The cohort day of the figure' }),
    atRisk: n.meta({ description: 'Cases of it that are due within, and not done' }),
    firstDue: instantOut,
    figure: figureOut.meta({ description: 'As it stands now' }),
    ifNone: z.object({ met: n, of: n }).meta({ description: 'Its rate if none of them is done' }),
    percentIfNone: z.string().meta({
      description: 'Two decimals, rounded half up; 100.00 only with nothing missed, 0.00 only with nothing met',
    }),
    wouldMiss: z.boolean().nullable().meta({
      description: 'It is on its target, or undecided, and would miss it; null of a measure without a target',
    }),
    says: z.string().meta({ description: 'The same in a sentence' }),
  })
  .meta({ id: 'FigureAtRisk' });

const caseAtRiskOut = caseOut
  .extend({
    dues: z.record(z.string(), instantOut).meta({ description: 'By when, for each measure in which it runs' }),
    due: instantOut.meta({ description: 'The earliest of them' }),
    late: z.boolean().meta({ description: 'That has passed; it is about to be known as missed' }),
    owed: owedOut.optional().meta({
      description:
        'What is owed, by whom; of a promise to pay, that the account is collected. Absent where it was dealt with just now',
    }),
  })
  .meta({ id: 'CaseAtRisk' });

export const atRiskOut = z
  .object({
    until: instantOut.meta({ description: 'What is due by then is at risk' }),
    asOf: asOfOut,
    figures: z.array(riskOut).meta({ description: 'By measure and cohort day, what is due first first' }),
    more: z.boolean().meta({ description: 'A site has more at risk than is counted at once (5,000)' }),
    items: z.array(caseAtRiskOut).meta({ description: 'The cases, what is due first first' }),
    next: z.string().optional().meta({ description: 'Absent on the last page' }),
  })
  .meta({ id: 'AtRisk' });

const percent = (text: string) => `${text}%`;

const saysOf = ({ measure: id, day, cases }: Risk, forecast: Forecast, language: Language): string => {
  const { figure, percentIfNone, wouldMiss } = forecast;
  const { target = 0, onTarget } = figure;
  const key =
    wouldMiss === null
      ? 'risk.untargeted'
      : onTarget === false
        ? 'risk.already'
        : wouldMiss
          ? 'risk.falls'
          : 'risk.holds';
  return say(key, language, {
    n: cases.length,
    day,
    measure: say(`measure.${id}`, language),
    now: figure.percent === null ? say('risk.undecided', language) : percent(figure.percent),
    // biome-ignore lint/suspicious/noThenProperty: a word of the sentence, of a plain record that nobody awaits
    then: percent(percentIfNone),
    target,
  });
};

export const riskView = (risk: Risk, forecast: Forecast, language: Language): z.input<typeof riskOut> => ({
  measure: risk.measure,
  day: risk.day,
  atRisk: risk.cases.length,
  firstDue: iso(risk.first),
  ...forecast,
  says: saysOf(risk, forecast, language),
});

export const dueOf = ({ dues }: RunningCase): Instant => Math.min(...Object.values(dues));

export const caseAtRiskView = (
  stands: z.input<typeof caseOut>,
  one: RunningCase,
  owed: Obligation | undefined,
  now: Instant,
): z.input<typeof caseAtRiskOut> => ({
  ...stands,
  dues: Object.fromEntries(Object.entries(one.dues).map(([id, due]) => [id, iso(due)])),
  due: iso(dueOf(one)),
  late: now > dueOf(one),
  ...(owed === undefined ? {} : { owed: owedView([owed], now)[0] }),
});
