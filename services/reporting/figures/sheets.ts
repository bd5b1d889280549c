import type * as z from 'zod';
import type { Told } from '../../../shared/http/told.ts';
import { named, type SheetColumns, table } from '../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../shared/sheet/files.ts';
import { decimalCell, type SheetCell } from '../../../shared/sheet/sheet.ts';
import { isMessageKey, type Language, type MessageKey, say } from '../../../shared/text/catalogue.ts';
import { isShare } from './measures/measure.ts';
import type { CaseTally } from './tally.ts';
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

/** Why a case counts as it does, in words. */
export const whyOf = (why: string, language: Language): string => {
  const key = `why.${why}`;
  return isMessageKey(key) ? say(key, language) : why;
};

type Decided = { measure?: string | undefined; figure?: Pick<CaseTally, 'met' | 'missed'> | undefined };
/** Cases met and missed, of a target; of a share, those that count in it and the rest: nobody meets a share. */
export const decided = (
  [met, missed]: readonly [MessageKey, MessageKey],
  [counted, rest]: readonly [MessageKey, MessageKey],
): SheetColumns<Decided> => {
  const of = (share: boolean, which: 'met' | 'missed') => (row: Decided) =>
    isShare(row.measure ?? '') === share ? row.figure?.[which] : null;
  return [
    [met, of(false, 'met')],
    [missed, of(false, 'missed')],
    [counted, of(true, 'met')],
    [rest, of(true, 'missed')],
  ];
};

/** How many cases a figure has, by where they stand. */
export const TALLY: SheetColumns<{ measure?: string | undefined; figure: Omit<CaseTally, 'reasons'> }> = [
  ['column.due', ({ figure }) => figure.due],
  ...decided(['column.met', 'column.missed'], ['column.counted', 'column.rest']),
  ['column.running', ({ figure }) => figure.running],
  ['column.excluded', ({ figure }) => figure.excluded],
  ['column.attempted', ({ figure }) => figure.attempted],
];
const FIGURE: SheetColumns<{ measure?: string | undefined; figure: Trend }> = [
  ...TALLY,
  ['column.percent', ({ figure }) => decimalCell(figure.percent)],
  ['column.target', ({ figure }) => figure.target],
  ['column.on-target', ({ figure: { onTarget } }, language) => yesOrNo(onTarget, language)],
  ['column.change', ({ figure }) => decimalCell(figure.change?.points.replace('+', ''))],
];
export const yesOrNo = (is: boolean | null | undefined, language: Language): SheetCell =>
  typeof is === 'boolean' ? say(is ? 'yes' : 'no', language) : null;

type Before = { measure?: string | undefined; before?: Compared['previous'] | undefined };
const BEFORE: SheetColumns<Before> = [
  ...decided(['column.met-before', 'column.missed-before'], ['column.counted-before', 'column.rest-before']).map(
    ([heading, of]) =>
      [
        heading,
        ({ measure, before }: Before, language: Language, told: Told) =>
          of({ measure, figure: before }, language, told),
      ] as const,
  ),
  ['column.percent-before', ({ before }) => decimalCell(before?.percent)],
];

type ReportRow = {
  period: string | undefined;
  measure: string;
  figure: Trend;
  before?: Compared['previous'];
  closing: Report['periods'][number]['closing'];
};
const REPORT: SheetColumns<ReportRow> = [
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

type Ranked = League['items'][number] & Pick<League, 'measure'>;
const LEAGUE: SheetColumns<Ranked> = [
  ['column.rank', ({ rank }) => rank],
  ['column.site', ({ site }) => site],
  ['column.name', ({ name }) => name],
  ...FIGURE,
  ...BEFORE.map(
    ([heading, of]) =>
      [
        heading,
        ({ measure, figure }: Ranked, language: Language, told: Told) =>
          of({ measure, before: figure.previous }, language, told),
      ] as const,
  ),
  ['column.unranked', ({ why }, language) => why && say(`unranked.${why}`, language)],
];
export const leagueFiles = sheetFiles<League>('league', ({ items, measure }, language) =>
  table(
    LEAGUE,
    items.map((item) => ({ ...item, measure })),
    language,
  ),
);

export const CASES: SheetColumns<Case> = [
  ['column.case', ({ id }) => id],
  ['column.site', ({ site }, _, told) => named('sites', site, told)],
  ['column.day', ({ day }) => day],
  [
    'column.state',
    ({ measure, state }, language) => say(isShare(measure ?? '') ? `state.share.${state}` : `state.${state}`, language),
  ],
  ['column.why', ({ why }, language) => why && whyOf(why, language)],
  ['column.flag', ({ flag }, language) => flag && whyOf(flag, language)],
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
export const caseFiles = sheetFiles<{ items: Case[] }>('cases', ({ items }, language, told) =>
  table(CASES, items, language, told),
);
