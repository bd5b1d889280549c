import type * as z from 'zod';
import type { Told } from '../../../shared/http/told.ts';
import { named, namedDepartment, type SheetColumns, table } from '../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../shared/sheet/files.ts';
import { decimalCell, type SheetCell } from '../../../shared/sheet/sheet.ts';
import { isMessageKey, type Language, type MessageKey, say } from '../../../shared/text/catalogue.ts';
import { decided, type figureOut, nameOf, TALLY, yesOrNo } from '../figures/contract.ts';
import type { agentsOut, departmentsOut, repeatersOut, serviceOut } from './view.ts';

type Service = z.output<typeof serviceOut>;
type Figure = z.output<typeof figureOut>;
type Complaints = Service['complaints']['total'];

interface ServiceRow {
  section: (language: Language) => string;
  line?: (language: Language) => string;
  site?: string | undefined;
  cases?: number;
  complaints?: Complaints;
  measure?: string;
  figure?: Figure;
}

const SERVICE: SheetColumns<ServiceRow> = [
  ['column.section', ({ section }, language) => section(language)],
  ['column.site', ({ site }) => site],
  ['column.line', ({ line }, language) => (line ?? said('column.total'))(language)],
  ['column.cases', ({ cases }) => cases],
  ['column.valid', ({ complaints }) => complaints?.valid],
  ['column.not-valid', ({ complaints }) => complaints?.notValid],
  ['column.unjudged', ({ complaints }) => complaints?.unjudged],
  ['column.open', ({ complaints }) => complaints?.open],
  ['column.due', ({ figure }) => figure?.due],
  ...decided(['column.met', 'column.missed'], ['column.counted', 'column.rest']),
  ['column.running', ({ figure }) => figure?.running],
  ['column.excluded', ({ figure }) => figure?.excluded],
  ['column.percent', ({ figure }) => decimalCell(figure?.percent)],
];

const said = (key: MessageKey) => (language: Language) => say(key, language);
/** What a value is called where it has a name, or else itself. */
const called = (prefix: string, value: string | null) => (language: Language) => {
  const key = `${prefix}.${value}`;
  return value === null ? say('service-report.unknown', language) : isMessageKey(key) ? say(key, language) : value;
};
const complaintsRow = (complaints: Complaints) => ({
  cases: complaints.received,
  complaints,
  figure: complaints.closing,
});
const figureRow = (measure: string, figure: Figure): ServiceRow => ({
  section: (language) => nameOf(measure, language),
  measure,
  cases: figure.due + figure.excluded,
  figure,
});
const spreadRows = (section: MessageKey, prefix: string, spread: Record<string, number>): ServiceRow[] =>
  Object.entries(spread).map(([value, cases]) => ({ section: said(section), line: called(prefix, value), cases }));

const rowsOf = ({ complaints, callbacks, promised }: Service): ServiceRow[] => {
  const { total, byKind, byDepartment, byBuilding, daysOpen, reopened, repeats } = complaints;
  const lines = (section: MessageKey, prefix: string, some: (Complaints & { key: string | null; site?: string })[]) =>
    some.map(
      ({ key, site, ...one }): ServiceRow => ({
        section: said(section),
        line: called(prefix, key),
        site,
        ...complaintsRow(one),
      }),
    );
  return [
    { section: said('service-report.complaints'), ...complaintsRow(total) },
    ...lines('service-report.kind', 'kind', byKind),
    ...lines('service-report.department', '', byDepartment),
    ...lines('service-report.building', '', byBuilding),
    ...spreadRows('service-report.days-closed', 'days', daysOpen.closed),
    ...spreadRows('service-report.days-open', 'days', daysOpen.open),
    figureRow('reopened', reopened),
    { section: said('service-report.repeats'), cases: repeats.units },
    { section: said('service-report.again'), cases: repeats.again },
    figureRow('Q3', callbacks.Q3),
    figureRow('reached', callbacks.reached),
    ...spreadRows('service-report.attempts', 'attempts', callbacks.attempts),
    ...spreadRows('service-report.timing', 'timing', callbacks.timing),
    figureRow('promised', promised),
  ];
};
export const serviceFiles = sheetFiles<Service>('service', (report, language) =>
  table(SERVICE, rowsOf(report), language),
);

type Repeater = z.output<typeof repeatersOut>['items'][number];
const REPEATERS: SheetColumns<Repeater> = [
  ['column.site', ({ site }, _, told) => named('sites', site, told)],
  ['column.phase', ({ phase }) => phase],
  ['column.building', ({ building }) => building],
  ['column.entrance', ({ entrance }) => entrance],
  ['column.number', ({ number }) => number],
  ['column.unit', ({ place, unit }, _, told) => place ?? named('units', unit, told)],
  ['column.cases', ({ count }) => count],
  [
    'column.kinds',
    ({ kinds }, language) =>
      Object.entries(kinds)
        .map(([kind, n]) => `${called('kind', kind)(language)} ${n}`)
        .join(', '),
  ],
  ['service-report.again', ({ complaints }) => complaints.filter(({ again }) => again).length],
];
export const repeaterFiles = sheetFiles<{ items: Repeater[] }>('repeat-complainers', ({ items }, language, told) =>
  table(REPEATERS, items, language, told),
);

type Assessed = z.output<typeof agentsOut>['items'][number]['figures']['Q1'];
interface AssessedRow {
  key: string | null;
  measure: string;
  figure: Assessed;
}
/** What whoever is assessed is called, by their key. */
type Called = (key: string, told: Told) => SheetCell;
const assessedColumns = (who: MessageKey, calledBy: Called): SheetColumns<AssessedRow> => [
  [who, ({ key }, language, told) => (key === null ? say('service-report.nobody', language) : calledBy(key, told))],
  ['column.measure', ({ measure }) => measure],
  ['column.name', ({ measure }, language) => nameOf(measure, language)],
  ...TALLY,
  ['column.judged', ({ figure }, language) => yesOrNo(figure.judged, language)],
  ['column.percent', ({ figure }) => decimalCell(figure.percent)],
  ['column.why', ({ figure: { why } }, language) => (why === undefined ? null : say(`unjudged.${why}`, language))],
];
interface Assessment {
  items: { key: string | null; figures: Record<string, Assessed> }[];
}
/** A line for each of them and each figure. */
const assessmentFiles = <A extends Assessment>(name: string, who: MessageKey, calledBy: Called) =>
  sheetFiles<A>(name, ({ items }, language, told) =>
    table(
      assessedColumns(who, calledBy),
      items.flatMap(({ key, figures }) =>
        Object.entries(figures).map(([measure, figure]) => ({ key, measure, figure })),
      ),
      language,
      told,
    ),
  );
export const agentFiles = assessmentFiles<z.output<typeof agentsOut>>('agents', 'column.agent', (key, told) =>
  named('staff', key, told),
);
export const departmentFiles = assessmentFiles<z.output<typeof departmentsOut>>(
  'departments',
  'column.department',
  namedDepartment,
);
