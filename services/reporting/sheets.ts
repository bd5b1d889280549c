import type * as z from 'zod';
import { type Columns, table } from '../../shared/sheet/columns.ts';
import { sheetFiles } from '../../shared/sheet/files.ts';
import { type Cell, decimalCell } from '../../shared/sheet/sheet.ts';
import { isMessageKey, type Language, say } from '../../shared/text/catalogue.ts';
import type { Tally } from './tally.ts';
import type { caseOut, leagueOut, reportOut, trendOut } from './view.ts';

type Report = z.output<typeof reportOut>;
type Trend = z.output<typeof trendOut>;
type League = z.output<typeof leagueOut>;
type Compared = League['items'][number]['figure'];
type Case = z.output<typeof caseOut>;

export const nameOf = (measure: string, language: Language): string => {
  const key = `measure.${measure}`;
  return isMessageKey(key) ? say(key, language) : measure;
};

/** How many cases a figure has, by where they stand. */
export const TALLY: Columns<{ figure: Omit<Tally, 'reasons'> }> = [
  ['column.due', ({ figure }) => figure.due],
  ['column.met', ({ figure }) => figure.met],
  ['column.missed', ({ figure }) => figure.missed],
  ['column.running', ({ figure }) => figure.running],
  ['column.excluded', ({ figure }) => figure.excluded],
  ['column.attempted', ({ figure }) => figure.attempted],
];
const FIGURE: Columns<{ figure: Trend }> = [
  ...TALLY,
  ['column.percent', ({ figure }) => decimalCell(figure.percent)],
  ['column.target', ({ figure }) => figure.target],
  ['column.on-target', ({ figure: { onTarget } }, language) => yesOrNo(onTarget, language)],
  ['column.change', ({ figure }) => decimalCell(figure.change?.points.replace('+', ''))],
];
export const yesOrNo = (is: boolean | null | undefined, language: Language): Cell =>
  typeof is === 'boolean' ? say(is ? 'yes' : 'no', language) : null;

const BEFORE: Columns<{ before?: Compared['previous'] | undefined }> = [
  ['column.met-before', ({ before }) => before?.met],
  ['column.missed-before', ({ before }) => before?.missed],
  ['column.percent-before', ({ before }) => decimalCell(before?.percent)],
];

type ReportRow = {
  period: string | undefined;
  measure: string;
  figure: Trend;
  before?: Compared['previous'];
  closing: Report['periods'][number]['closing'];
};
const REPORT: Columns<ReportRow> = [
  ['column.period', ({ period }, language) => period ?? say('column.total', language)],
  ['column.measure', ({ measure }) => measure],
  ['column.name', ({ measure }, language) => nameOf(measure, language)],
  ...FIGURE,
  ...BEFORE,
  ['column.months', ({ closing }) => closing.months],
  ['column.months-closed', ({ closing }) => closing.closed],
  ['column.months-corrected', ({ closing }) => closing.corrected],
];

/** A line for each period and measure in which anything was counted, then the totals. */
const reportRows = ({ periods, total, closing }: Report): ReportRow[] => [
  ...periods.flatMap(({ period, figures, closing: its }) =>
    Object.entries(figures)
      .filter(([, { due, excluded }]) => due + excluded > 0)
      .map(([measure, figure]) => ({ period, measure, figure, closing: its })),
  ),
  ...Object.entries(total).map(([measure, figure]) => ({
    period: undefined,
    measure,
    figure,
    before: figure.previous,
    closing,
  })),
];
export const reportFiles = sheetFiles<Report>('figures', (report, language) =>
  table(REPORT, reportRows(report), language),
);

const LEAGUE: Columns<League['items'][number]> = [
  ['column.rank', ({ rank }) => rank],
  ['column.site', ({ site }) => site],
  ['column.name', ({ name }) => name],
  ...FIGURE,
  ...BEFORE.map(
    ([heading, of]) =>
      [
        heading,
        ({ figure }: League['items'][number], language: Language) => of({ before: figure.previous }, language),
      ] as const,
  ),
  ['column.unranked', ({ why }, language) => why && say(`unranked.${why}`, language)],
];
export const leagueFiles = sheetFiles<League>('league', ({ items }, language) => table(LEAGUE, items, language));

export const CASES: Columns<Case> = [
  ['column.case', ({ id }) => id],
  ['column.site', ({ site }) => site],
  ['column.day', ({ day }) => day],
  ['column.state', ({ state }, language) => say(`state.${state}`, language)],
  ['column.why', ({ why }) => why],
  ['column.flag', ({ flag }) => flag],
  ['column.contact', ({ contact }) => contact],
  ['column.complaint', ({ complaint }) => complaint],
  ['column.callback', ({ callback }) => callback],
  ['column.resolution', ({ resolution }) => resolution],
  ['column.account', ({ account }) => account],
  ['column.step', ({ step }) => step],
  ['column.hold', ({ hold }) => hold],
  ['column.letter', ({ letter }) => letter],
  ['column.slip', ({ slip }) => slip],
];
export const caseFiles = sheetFiles<{ items: Case[] }>('cases', ({ items }, language) => table(CASES, items, language));
