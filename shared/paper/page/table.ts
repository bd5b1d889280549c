import type { BlockColumn, TableBlock } from '../block.ts';
import { linesOf } from './break.ts';
import type { DrawnMark, Strip } from './strip.ts';
import { lineMark, lineStrips, type Setting, SIZE } from './type.ts';

const PADDING = 4;
const LINE = SIZE.table * 1.4;
/** A cell with more lines goes on in the next strip, so that every strip fits on a page. */
const MOST_LINES = 24;
const HAIR = 0.4;
const FIRM = 0.9;

/** A column where it stands, pt. */
type Placed = BlockColumn & { x: number; across: number };

/** A table as strips, a row each; its head stands again on every page. */
export const tableStrips = (table: TableBlock, setting: Setting): Strip[] => {
  const { caption, rows, sum } = table;
  const columns = placed(table.columns, setting.measure);
  const boxed = table.boxes !== undefined;
  const head: Strip = { ...headStrip(columns, setting, boxed), stays: true };
  const body = rows.flatMap((cells) => rowStrips(cells, columns, setting, table.boxes));
  // A sum or total never stands alone on a page: the last row goes with it.
  const stays = !boxed;
  const above = caption ? lineStrips(caption, setting, { size: SIZE.body, bold: true, after: 2 }) : [space(4)];
  return [
    ...above.map((strip) => ({ ...strip, stays: true })),
    head,
    ...body.map((strip, i) => ({ ...strip, under: head, stays: stays && i === body.length - 1 })),
    ...(sum ? [{ ...sumStrip(sum, columns, setting), stays }] : []),
    { ...space(8), stays },
  ];
};

const space = (height: number): Strip => ({ height, marks: [] });

const placed = (columns: BlockColumn[], measure: number): Placed[] => {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return columns.map((column) => {
    const across = (measure * column.share) / shares;
    x += across;
    return { ...column, x: x - across, across };
  });
};

/** What each cell says, line by line. An amount is never broken: where it is too wide it is set smaller. */
const broken = (cells: string[], columns: Placed[], { width }: Setting): string[][] =>
  columns.map(({ align, across }, c) => {
    const cell = cells[c] ?? '';
    return align === 'right' ? [cell] : linesOf(cell, SIZE.table, across - 2 * PADDING, width);
  });

const highOf = (lines: string[][]) => Math.max(1, ...lines.map(({ length }) => length));

const cellMarks = (lines: string[][], columns: Placed[], setting: Setting, height: number, bold = false): DrawnMark[] =>
  columns.flatMap(({ x, across, align }, c) => {
    const cell = lines[c] ?? [];
    const top = (height - cell.length * LINE) / 2;
    const style = { size: SIZE.table, bold, x: x + PADDING, across: across - 2 * PADDING, ...(align ? { align } : {}) };
    return cell.flatMap((line, i) => (line === '' ? [] : [lineMark(line, setting, top + i * LINE, LINE, style)]));
  });

const rule = (y: number, { measure }: Setting, weight: number): DrawnMark => {
  return { mark: 'rule', x: 0, y, across: measure, down: 0, weight };
};

/** Upright lines, where there are boxes to write into. */
const grid = (columns: Placed[], height: number, { measure }: Setting): DrawnMark[] =>
  [...columns.map(({ x }) => x), measure].map((x) => ({
    mark: 'rule',
    x,
    y: 0,
    across: 0,
    down: height,
    weight: HAIR,
  }));

const headStrip = (columns: Placed[], setting: Setting, boxed: boolean): Strip => {
  const lines = columns.map(({ label, across }) => linesOf(label, SIZE.table, across - 2 * PADDING, setting.width));
  const height = highOf(lines) * LINE + 2 * PADDING;
  return {
    height,
    marks: [
      { mark: 'shade', x: 0, y: 0, across: setting.measure, down: height },
      rule(0, setting, FIRM),
      rule(height, setting, HAIR),
      ...cellMarks(lines, columns, setting, height, true),
      ...(boxed ? grid(columns, height, setting) : []),
    ],
  };
};

const rowStrips = (cells: string[], columns: Placed[], setting: Setting, boxes?: number): Strip[] => {
  const lines = broken(cells, columns, setting);
  const parts = Math.ceil(highOf(lines) / MOST_LINES);
  return Array.from({ length: parts }, (_, part) => {
    const here = lines.map((cell) => cell.slice(part * MOST_LINES, (part + 1) * MOST_LINES));
    const height = Math.max(boxes ?? 0, highOf(here) * LINE + 2 * PADDING);
    return {
      height,
      marks: [
        ...cellMarks(here, columns, setting, height),
        ...(part === parts - 1 ? [rule(height, setting, HAIR)] : []),
        ...(boxes === undefined ? [] : grid(columns, height, setting)),
      ],
    };
  });
};

const sumStrip = ([label, value]: [string, string], columns: Placed[], setting: Setting): Strip => {
  const height = LINE + 2 * PADDING;
  const { x, across } = columns.at(-1) as Placed;
  const style = { size: SIZE.table, bold: true, align: 'right' } as const;
  return {
    height,
    marks: [
      lineMark(label, setting, 0, height, { ...style, across: x }),
      lineMark(value, setting, 0, height, { ...style, x, across: across - PADDING }),
      rule(height, setting, FIRM),
    ],
  };
};
