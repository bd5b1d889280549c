import type { Width } from './page/break.ts';
import type { DrawnMark, Tone } from './page/strip.ts';

/** A share in percent over time, in a panel of its own. */
export interface Panel {
  title: string;
  /** One a label, for drawing only; `null` where nothing was decided. */
  percents: (number | null)[];
  /** In percent: a line across. */
  target?: number | undefined;
  /** The last of it, in words. */
  said: string;
}

export interface Bar {
  label: string;
  /** For drawing only; never negative. */
  value: number;
  said: string;
}

/** What a chart shows. Whatever it shows stands in words or in a table beside it, too. */
export type Chart = { kind: 'trends'; labels: string[]; panels: Panel[] } | { kind: 'bars'; bars: Bar[] };

export interface Drawing {
  height: number;
  marks: DrawnMark[];
}

const SIZE = { label: 8, title: 9, axis: 7 };

/** A chart as it is drawn on a page and, from the same marks, in a page of the web. @param across pt */
export const drawingOf = (chart: Chart, across: number, width: Width): Drawing =>
  chart.kind === 'bars' ? bars(chart.bars, across, width) : trends(chart, across, width);

const text = (x: number, y: number, said: string, size: number, grey = false): DrawnMark => ({
  mark: 'text',
  x,
  y,
  text: said,
  size,
  ...(grey ? { grey } : {}),
});
const fill = (x: number, y: number, across: number, down: number, tone: Tone): DrawnMark => ({
  mark: 'fill',
  x,
  y,
  across,
  down,
  tone,
});

/** A text that fits, set smaller where it would not. */
const fitted = (said: string, most: number, size: number, width: Width): number =>
  Math.min(size, (size * most) / Math.max(1, width(said, size)));

const ROW = 16;
const LABELS = 0.3;
const SAID = 0.2;

const bars = (rows: readonly Bar[], across: number, width: Width): Drawing => {
  const [from, room] = [across * LABELS, across * (1 - LABELS - SAID)];
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const marks = rows.flatMap(({ label, value, said }, i): DrawnMark[] => {
    const y = i * ROW;
    const long = (room * value) / most;
    const size = fitted(label, from - 8, SIZE.label, width);
    return [
      text(from - 6 - width(label, size), y + 11, label, size),
      fill(from, y + 4, Math.max(long, value > 0 ? 0.8 : 0), ROW - 8, 'main'),
      text(from + long + 5, y + 11, said, SIZE.label),
    ];
  });
  return { height: rows.length * ROW + 6, marks };
};

const COLUMNS = 3;
const GAP = 14;
const PANEL = { height: 92, top: 20, plot: 52, left: 22 };

const trends = ({ labels, panels }: Chart & { kind: 'trends' }, across: number, width: Width): Drawing => {
  const wide = (across - GAP * (COLUMNS - 1)) / COLUMNS;
  const marks = panels.flatMap((panel, i) => {
    const [x, y] = [(i % COLUMNS) * (wide + GAP), Math.floor(i / COLUMNS) * PANEL.height];
    return panelMarks(panel, labels, wide, width).map((mark) => ({ ...mark, x: mark.x + x, y: mark.y + y }));
  });
  return { height: Math.ceil(panels.length / COLUMNS) * PANEL.height, marks };
};

/** The lowest percent that is drawn: the next multiple of ten below everything that is. */
const lowest = (percents: readonly number[]): number => Math.min(90, Math.floor(Math.min(...percents) / 10) * 10);

const panelMarks = (
  { title, percents, target, said }: Panel,
  labels: string[],
  wide: number,
  width: Width,
): DrawnMark[] => {
  const known = percents.filter((one) => one !== null);
  const low = lowest([...known, ...(target === undefined ? [] : [target])]);
  const { top, plot, left } = PANEL;
  const room = wide - left;
  const atX = (i: number) => left + (labels.length < 2 ? room / 2 : (room * i) / (labels.length - 1));
  const atY = (percent: number) => top + plot * (1 - (percent - low) / (100 - low));
  const said0 = fitted(title, wide - width(said, SIZE.title) - 6, SIZE.title, width);
  const [first, last] = [labels[0] ?? '', labels.at(-1) ?? ''];
  return [
    text(0, 11, title, said0),
    text(wide - width(said, SIZE.title), 11, said, SIZE.title),
    text(0, atY(100) + 5, '100', SIZE.axis, true),
    text(0, atY(low) + 2, String(low), SIZE.axis, true),
    { mark: 'rule', x: left, y: atY(low), across: room, down: 0, weight: 0.4 },
    ...(target === undefined ? [] : [fill(left, atY(target), room, 0.6, 'target')]),
    ...lineOf(percents.map((one, i) => (one === null ? null : [atX(i), atY(one)]))),
    text(left, top + plot + 11, first, SIZE.axis, true),
    ...(labels.length > 1 ? [text(wide - width(last, SIZE.axis), top + plot + 11, last, SIZE.axis, true)] : []),
  ];
};

type Point = [x: number, y: number];

/** A dot for each that is known, and a line through those that follow each other. */
const lineOf = (points: readonly (Point | null)[]): DrawnMark[] => {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point) runs.at(-1)?.push(point);
    else runs.push([]);
  }
  return runs.flatMap((run): DrawnMark[] => {
    const [first] = run;
    if (!first) return [];
    const [x, y] = first;
    const steps = run.map(([px, py]): Point => [px - x, py - y]);
    return [
      ...(run.length > 1 ? [{ mark: 'path' as const, x, y, steps, weight: 1.2, tone: 'main' as const }] : []),
      ...run.map(([px, py]) => fill(px - 1.4, py - 1.4, 2.8, 2.8, 'main')),
    ];
  });
};
