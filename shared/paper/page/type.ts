import type { Language } from '../../text/catalogue.ts';
import { graphemesOf, linesOf, type Width } from './break.ts';
import type { DrawnMark, Strip } from './strip.ts';

/** What setting needs to know: how wide texts are, the width to fill (pt), and the language's habits. */
export interface Setting {
  width: Width;
  measure: number;
  language: Language;
}

/** Sizes, pt: a body of 五号 (10.5). */
export const SIZE = { title: 20, body: 10.5, table: 9, total: 13, note: 9, margin: 8.5 };
/** Distance from line to line, as a share of the size. */
const LEADING = { body: 1.75, tight: 1.45 };

/** The baseline of a line of text in a band from `top`, `height` high: Chinese characters stand in its middle. */
export const baseline = (top: number, height: number, size: number): number => top + height / 2 + size * 0.38;

export interface LineStyle {
  size: number;
  bold?: boolean;
  grey?: boolean;
  align?: 'right' | 'center';
  /** Where the text may stand: from x, this wide; the whole measure by default. */
  x?: number;
  across?: number;
}

/** One line, placed in a band; set smaller where it would not fit, never cut. */
export const lineMark = (
  text: string,
  { width, measure }: Setting,
  top: number,
  height: number,
  { size: most, bold, grey, align, x = 0, across = measure - x }: LineStyle,
): DrawnMark & { mark: 'text' } => {
  const natural = width(text, most);
  const size = natural > across ? (most * across) / natural : most;
  const slack = Math.max(0, across - natural);
  const shift = align === 'right' ? slack : align === 'center' ? slack / 2 : 0;
  return {
    mark: 'text',
    x: x + shift,
    y: baseline(top, height, size),
    text,
    size,
    ...(bold ? { bold } : {}),
    ...(grey ? { grey } : {}),
  };
};

/** A text over as many lines as it needs, each a strip; the last leaves `after` pt below it. */
export const lineStrips = (
  text: string,
  setting: Setting,
  style: LineStyle & { indent?: number; justified?: boolean; tight?: boolean; after?: number },
): Strip[] => {
  const { size, indent = 0, justified, tight, after = 0, x = 0, across = setting.measure - x } = style;
  const height = size * (tight ? LEADING.tight : LEADING.body);
  const lines = linesOf(text, size, across, setting.width, indent);
  return lines.map((line, i) => {
    const last = i === lines.length - 1;
    const lead = i === 0 ? indent : 0;
    const mark = lineMark(line, setting, 0, height, { ...style, x: x + lead, across: across - lead });
    const spacing = justified && !last ? spread(line, across - lead - setting.width(line, size), size) : 0;
    return {
      height: height + (last ? after : 0),
      marks: [spacing > 0 ? { ...mark, spacing } : mark],
      // Neither a first nor a last line alone on a page.
      ...(!last && (i === 0 || i === lines.length - 2) ? { stays: true } : {}),
    };
  });
};

/** Both edges even (两端对齐): what is left at the end goes between the characters, unless it is too much to look well. */
const spread = (line: string, slack: number, size: number): number => {
  const gaps = graphemesOf(line).length - 1;
  return gaps > 0 && slack < 3 * size ? slack / gaps : 0;
};
