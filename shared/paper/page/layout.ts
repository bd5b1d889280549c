import { say } from '../../text/catalogue.ts';
import type { Composed } from '../block.ts';
import { stripsOf } from './blocks.ts';
import { linesOf, type Width } from './break.ts';
import { type DrawnMark, moved, paginate, type Strip } from './strip.ts';
import { lineMark, type Setting, SIZE } from './type.ts';

/** A page and all that is drawn on it, pt from its left and top. */
export interface PaperPage {
  width: number;
  height: number;
  marks: DrawnMark[];
}

/** A4, pt. */
const A4 = { short: 595.28, long: 841.89 };
const MARGIN = { x: 48, top: 68, bottom: 24 };
const FOOT_LINE = SIZE.margin * 1.4;

/** A document on its pages: the site above, the desk and the page's number below, on every one. */
export const layout = (composed: Composed, width: Width): PaperPage[] => {
  const { language, title, blocks, landscape, stamp } = composed;
  const page = landscape ? { width: A4.long, height: A4.short } : { width: A4.short, height: A4.long };
  const setting: Setting = { width, language, measure: page.width - 2 * MARGIN.x };
  const foot = footOf(composed, setting);
  const body = page.height - MARGIN.top - MARGIN.bottom - foot.height;
  const strips = [titleStrip(title, setting), ...blocks.flatMap((block) => stripsOf(block, setting))];
  const pages = paginate(strips, body);
  return pages.map((placed, i) => ({
    ...page,
    marks: [
      ...[
        ...headMarks(composed, setting),
        ...placed.flatMap(({ strip, y }) => strip.marks.map((mark) => moved(mark, 0, MARGIN.top + y))),
        ...foot.marks(i + 1, pages.length).map((mark) => moved(mark, 0, MARGIN.top + body)),
      ].map((mark) => moved(mark, MARGIN.x, 0)),
      ...(stamp ? [{ mark: 'stamp', x: page.width / 2, y: page.height * 0.3, text: stamp, size: 72 } as const] : []),
    ],
  }));
};

const titleStrip = (title: string, setting: Setting): Strip => ({
  height: 46,
  marks: [lineMark(title, setting, 0, 34, { size: SIZE.title, bold: true, align: 'center' })],
  stays: true,
});

const edge = (y: number, { measure }: Setting): DrawnMark => ({
  mark: 'rule',
  x: 0,
  y,
  across: measure,
  down: 0,
  weight: 0.6,
});
const MARGINAL = { size: SIZE.margin, grey: true };

const headMarks = ({ site, number }: Composed, setting: Setting): DrawnMark[] => {
  const across = setting.measure - setting.width(number, SIZE.margin) - 16;
  return [
    lineMark(site, setting, 34, 16, { ...MARGINAL, across }),
    lineMark(number, setting, 34, 16, { ...MARGINAL, align: 'right' }),
    edge(54, setting),
  ];
};

/** Where the desk is found, in as many lines as that needs, and which page of how many this is. */
const footOf = ({ desk, language }: Composed, setting: Setting) => {
  const count = (n: number, m: number) => say('paper.page', language, { n, m });
  const room = setting.measure - setting.width(count(1000, 1000), SIZE.margin) - 16;
  const lines = linesOf(desk.join(language === 'zh-CN' ? '　' : '   '), SIZE.margin, room, setting.width);
  const line = (text: string, i: number, align?: 'right') =>
    lineMark(text, setting, 12 + i * FOOT_LINE, FOOT_LINE, { ...MARGINAL, ...(align ? { align } : {}) });
  return {
    height: 12 + lines.length * FOOT_LINE,
    marks: (n: number, m: number): DrawnMark[] => [
      edge(8, setting),
      ...lines.map((text, i) => line(text, i)),
      line(count(n, m), 0, 'right'),
    ],
  };
};
