import type { Block, BlockColumn } from '../../../../shared/paper/block.ts';
import { type Language, type MessageKey, say } from '../../../../shared/text/catalogue.ts';
import { type Compared, isShare, MEASURE_IDS, type MeasureId } from '../../figures/contract.ts';
import { type Content, LEADING } from '../content.ts';
import { column, heading, more, NOTHING, percent } from './parts.ts';

/** Figures that stand beside the targets, and shares, which nobody meets or misses. */
const BESIDE = MEASURE_IDS.filter((id) => !LEADING.includes(id as never) && !isShare(id));
const SHARES = MEASURE_IDS.filter(isShare);

const heldIn = (onTarget: boolean | null | undefined, language: Language): string =>
  onTarget == null ? NOTHING : say(onTarget ? 'yes' : 'no', language);

const figureRows = (ids: readonly MeasureId[], figures: Content['figures'], language: Language): string[][] =>
  ids
    .filter((id) => figures[id].due > 0 || LEADING.includes(id as never))
    .map((id) => {
      const { rate, running, target, onTarget, change }: Compared = figures[id];
      return [
        say(`measure.${id}`, language),
        percent(rate),
        rate === null ? NOTHING : `${rate.met}/${rate.of}`,
        String(running),
        target === undefined ? '' : String(target),
        target === undefined ? '' : heldIn(onTarget, language),
        change?.points ?? NOTHING,
      ];
    });

const figureTable = (ids: readonly MeasureId[], content: Content, language: Language): Block => {
  const c = column(language);
  return {
    block: 'table',
    columns: [
      c('report.column.measure', 26),
      c('report.column.rate', 12, true),
      c(ids.some(isShare) ? 'report.column.counted' : 'report.column.of', 14, true),
      c('report.column.running', 11, true),
      c('report.column.target', 9, true),
      c('report.column.held', 12, true),
      c('report.column.change', 18, true),
    ],
    rows: figureRows(ids, content.figures, language),
  };
};

const trendOf = ({ trend, figures }: Content, language: Language): Block[] => {
  if (trend.length === 0) return [];
  const panels = LEADING.map((id) => ({
    title: say(`measure.${id}`, language),
    percents: trend.map(({ rates }) => {
      const rate = rates[id];
      return rate === null ? null : (100 * rate.met) / rate.of;
    }),
    target: figures[id].target,
    said: percent(figures[id].rate),
  }));
  const chart = { kind: 'trends' as const, labels: trend.map(({ month }) => month), panels };
  return [{ block: 'chart', caption: say('report.trend', language), chart }];
};

/** Of the group: how each site stands, those that missed most first. */
export const sitesOf = ({ sites }: Content, language: Language): Block[] => {
  if (!sites) return [];
  const c = column(language);
  return [
    heading('report.sites', language),
    {
      block: 'table',
      columns: [
        c('report.column.site', 22),
        ...LEADING.map((id): BlockColumn => ({ label: say(`measure.${id}`, language), share: 13, align: 'right' })),
      ],
      rows: sites.lines.map(({ name, figures }) => [
        name,
        ...LEADING.map((id) => `${percent(figures[id].rate)}${figures[id].onTarget === false ? ' ✗' : ''}`),
      ]),
    },
    ...more(sites.more, language, 'report.sites.more'),
  ];
};

const beside = (title: MessageKey, ids: readonly MeasureId[], content: Content, language: Language): Block[] =>
  ids.some((id) => content.figures[id].due > 0) ? [heading(title, language), figureTable(ids, content, language)] : [];

/** The six targets with twelve months of each, and what stands beside them. */
export const targetsOf = (content: Content, language: Language): Block[] => [
  heading('report.targets', language),
  figureTable(LEADING, content, language),
  ...trendOf(content, language),
  ...beside('report.beside', BESIDE, content, language),
  ...beside('report.shares', SHARES, content, language),
];
