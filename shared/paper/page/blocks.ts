import { type Block, type Fact, labelled } from '../block.ts';
import { drawingOf } from '../chart.ts';
import { type DrawnMark, moved, type Strip } from './strip.ts';
import { tableStrips } from './table.ts';
import { lineMark, lineStrips, type Setting, SIZE } from './type.ts';

const GUTTER = 16;
const FACT = 18;
const FIELD = 30;

/** A part of a document as strips of a page. */
export const stripsOf = (block: Block, setting: Setting): Strip[] => {
  switch (block.block) {
    case 'facts':
      return [...factStrips(block.facts, setting), space(8)];
    case 'paragraph': {
      // Two characters in (首行缩进), except of who is addressed.
      const chinese = setting.language === 'zh-CN';
      const indent = chinese && !block.greeting ? 2 * SIZE.body : 0;
      return lineStrips(block.text, setting, { size: SIZE.body, indent, justified: chinese, after: 5 });
    }
    case 'table':
      return tableStrips(block, setting);
    case 'total':
      return totalStrips(block, setting);
    case 'list':
      return [
        ...lineStrips(block.caption, setting, { size: SIZE.body, bold: true }).map((strip) => ({
          ...strip,
          stays: true,
        })),
        ...block.lines.flatMap((line) =>
          lineStrips(line, setting, { size: SIZE.body, x: SIZE.body, tight: true, after: 2 }),
        ),
        space(4),
      ];
    case 'note':
      return lineStrips(block.text, setting, { size: SIZE.note, grey: true, after: 6 });
    case 'heading':
      return lineStrips(block.text, setting, { size: SIZE.total, bold: true, after: 4 }).map((strip, i) => ({
        ...strip,
        height: strip.height + (i === 0 ? 8 : 0),
        marks: i === 0 ? strip.marks.map((mark) => moved(mark, 0, 8)) : strip.marks,
        stays: true,
      }));
    case 'chart': {
      const { height, marks } = drawingOf(block.chart, setting.measure, setting.width);
      return [
        ...lineStrips(block.caption, setting, { size: SIZE.body, bold: true, after: 2 }).map((strip) => ({
          ...strip,
          stays: true,
        })),
        { height: height + 8, marks },
      ];
    }
    case 'signed':
      return together([
        space(10),
        ...block.lines.flatMap((line) => lineStrips(line, setting, { size: SIZE.body, align: 'right' })),
      ]);
    case 'form':
      return formStrips(block, setting);
    case 'link':
      return [];
  }
};

const space = (height: number): Strip => ({ height, marks: [] });

/** All on one page, and the last free to part from what follows. */
const together = (strips: Strip[]): Strip[] =>
  strips.map((strip, i) => (i < strips.length - 1 ? { ...strip, stays: true } : strip));

/** Two a line where both have room, else one over the whole width. */
const factStrips = (facts: Fact[], setting: Setting): Strip[] => {
  const half = (setting.measure - GUTTER) / 2;
  const strips: Strip[] = [];
  let waiting: Strip | undefined;
  for (const text of facts.map((fact) => labelled(fact, setting.language))) {
    if (setting.width(text, SIZE.body) > half) {
      strips.push(...lineStrips(text, setting, { size: SIZE.body, tight: true, after: 3 }));
    } else if (waiting) {
      waiting.marks.push(lineMark(text, setting, 0, FACT, { size: SIZE.body, x: half + GUTTER }));
      waiting = undefined;
    } else {
      waiting = { height: FACT, marks: [lineMark(text, setting, 0, FACT, { size: SIZE.body })] };
      strips.push(waiting);
    }
  }
  return strips;
};

/** The total in figures on the right; in capitals on the left where there is room, else above. */
const totalStrips = ({ total, inCapitals }: Block & { block: 'total' }, setting: Setting): Strip[] => {
  const { language, measure, width } = setting;
  const height = SIZE.total * 2;
  const figures = labelled(total, language);
  const right: Strip = {
    height: height + 6,
    marks: [
      lineMark(figures, setting, 0, height, { size: SIZE.total, bold: true, align: 'right', across: measure - 4 }),
    ],
  };
  if (!inCapitals) return [right];
  const capitals = labelled(inCapitals, language);
  const room = measure - width(figures, SIZE.total) - GUTTER;
  if (width(capitals, SIZE.body) > room) {
    return [...lineStrips(capitals, setting, { size: SIZE.body }).map((strip) => ({ ...strip, stays: true })), right];
  }
  right.marks.push(lineMark(capitals, setting, 0, height, { size: SIZE.body, x: 4 }));
  return [right];
};

/** Lines to fill in by hand, in a frame where there is something to read first; never cut by a page's end. */
const formStrips = ({ caption, text, fields, across }: Block & { block: 'form' }, setting: Setting): Strip[] => {
  const framed = caption !== undefined;
  const inset = framed ? 10 : 0;
  const inner: Setting = { ...setting, measure: setting.measure - 2 * inset };
  const strips = [
    space(framed ? 6 : 12),
    ...(caption ? lineStrips(caption, inner, { size: SIZE.body, bold: true, align: 'center', x: inset }) : []),
    ...(text ? lineStrips(text, inner, { size: SIZE.table, x: inset, across: inner.measure }) : []),
    ...fieldStrips(fields, across, inner, inset),
    space(framed ? 10 : 4),
  ];
  const height = strips.reduce((sum, strip) => sum + strip.height, 0);
  const frame: DrawnMark[] = [
    { mark: 'rule', x: 0, y: 0, across: setting.measure, down: 0, weight: 0.6 },
    { mark: 'rule', x: 0, y: height, across: setting.measure, down: 0, weight: 0.6 },
    { mark: 'rule', x: 0, y: 0, across: 0, down: height, weight: 0.6 },
    { mark: 'rule', x: setting.measure, y: 0, across: 0, down: height, weight: 0.6 },
  ];
  const [first, ...rest] = strips as [Strip, ...Strip[]];
  return [...(framed ? [space(12)] : []), ...together([{ ...first, marks: framed ? frame : [] }, ...rest])];
};

const fieldStrips = (fields: string[], across: number, setting: Setting, inset: number): Strip[] => {
  const room = (setting.measure - GUTTER * (across - 1)) / across;
  return Array.from({ length: Math.ceil(fields.length / across) }, (_, row) => ({
    height: FIELD,
    marks: fields.slice(row * across, (row + 1) * across).flatMap((field, i): DrawnMark[] => {
      const x = inset + i * (room + GUTTER);
      const label = labelled([field, ''], setting.language);
      const from = setting.width(label, SIZE.body) + 2;
      return [
        lineMark(label, setting, 0, FIELD, { size: SIZE.body, x }),
        { mark: 'rule', x: x + from, y: FIELD - 8, across: room - from, down: 0, weight: 0.4 },
      ];
    }),
  }));
};
