import type { Font } from 'fontkit';
import PDFDocument from 'pdfkit';
import { say } from '../text/catalogue.ts';
import { type Day, dateOf, startOfDay } from '../time/clock.ts';
import type { Composed } from './block.ts';
import { legible, theFont, widthIn } from './font.ts';
import { layout, type PaperPage } from './page/layout.ts';
import { type DrawnMark, TONES } from './page/strip.ts';

export interface Pdf {
  bytes: Uint8Array;
  pages: number;
  /**
   * Characters the font can't show (in rare names): 〓 is printed, and the foot of the document's pages asks who prints it to
   * write them in by hand.
   */
  missing: string[];
}

/**
 * Documents on A4 pages in one file, the font embedded; each counts its own pages. The same documents give the same bytes.
 * @param on the day on them, not the moment of printing
 */
export const printed = async (documents: readonly [Composed, ...Composed[]], on: Day): Promise<Pdf> => {
  const font = theFont();
  const missing = new Set<string>();
  const all = documents.map((document) => printable(document, font, missing));
  const [first] = all as [Composed];
  const pages = all.flatMap((composed) => layout(composed, widthIn(font)));
  const info = {
    Title: `${first.title} ${first.number}`,
    Author: first.site,
    CreationDate: dateOf(startOfDay(on, 'UTC')),
  };
  return { bytes: await drawn(pages, font, info, first.language), pages: pages.length, missing: [...missing] };
};

/** A document as the font can show it; where it can't, its foot says so. @param missing what it can't show is added to */
export const printable = (document: Composed, font: Font, missing: Set<string>): Composed => {
  const lacks = new Set<string>();
  const composed = shown(document, (text) => legible(text, font, lacks));
  for (const c of lacks) missing.add(c);
  return lacks.size === 0
    ? composed
    : { ...composed, desk: [...composed.desk, say('paper.missing', document.language)] };
};
/** Every text in it as it can be shown. */
const shown = <T>(value: T, show: (text: string) => string): T => {
  if (typeof value === 'string') return show(value) as T;
  if (Array.isArray(value)) return value.map((item) => shown(item, show)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, show)])) as T;
};

type Drawing = InstanceType<typeof PDFDocument>;
type Info = { Title: string; Author: string; CreationDate: Date };

const drawn = async (pages: PaperPage[], font: Font, info: Info, lang: string): Promise<Uint8Array> => {
  // Without a font of its own choice pdfkit would look for the standard ones, which a bundle doesn't carry.
  const doc = new PDFDocument({ font: '', autoFirstPage: false, margin: 0, info, lang, displayTitle: true });
  const chunks: Uint8Array[] = [];
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
  // It takes an opened font as well as a file's bytes; its types don't say so.
  doc.font(font as unknown as Buffer);
  for (const { width, height, marks } of pages) {
    doc.addPage({ size: [width, height], margin: 0 });
    for (const mark of marks) draw(mark, doc);
  }
  doc.end();
  await ended;
  return Buffer.concat(chunks);
};

const draw = (mark: DrawnMark, doc: Drawing): void => {
  switch (mark.mark) {
    case 'shade':
      doc.rect(mark.x, mark.y, mark.across, mark.down).fill('#f0f0f0');
      return;
    case 'rule':
      doc
        .lineWidth(mark.weight)
        .moveTo(mark.x, mark.y)
        .lineTo(mark.x + mark.across, mark.y + mark.down)
        .stroke(mark.weight < 0.5 ? '#999999' : '#444444');
      return;
    case 'fill':
      doc.rect(mark.x, mark.y, mark.across, mark.down).fill(TONES[mark.tone]);
      return;
    case 'path': {
      doc.moveTo(mark.x, mark.y);
      for (const [x, y] of mark.steps.slice(1)) doc.lineTo(mark.x + x, mark.y + y);
      doc.lineWidth(mark.weight).stroke(TONES[mark.tone]);
      return;
    }
    case 'stamp':
      stamp(mark, doc);
      return;
    case 'text': {
      const { x, y, text, size, bold = false, grey = false, spacing = 0 } = mark;
      // The font has one weight: a heading gets a thin line around its characters.
      const ink = grey ? '#666666' : '#111111';
      doc
        .fontSize(size)
        .fillColor(ink)
        .strokeColor(ink)
        .lineWidth(size * 0.035);
      doc.text(text, x, y, {
        lineBreak: false,
        baseline: 'alphabetic',
        characterSpacing: spacing,
        stroke: bold,
        fill: true,
      });
    }
  }
};

/** Aslant across the page, in a frame, light enough to read through. */
const stamp = ({ x, y, text, size }: DrawnMark & { mark: 'stamp' }, doc: Drawing): void => {
  doc.save();
  doc.fontSize(size).fillColor('#c00000', 0.3).strokeColor('#c00000', 0.3);
  const width = doc.widthOfString(text);
  doc.rotate(-24, { origin: [x, y] });
  doc
    .lineWidth(4)
    .rect(x - width / 2 - 20, y - size * 0.75, width + 40, size * 1.5)
    .stroke();
  doc.text(text, x - width / 2, y + size * 0.36, { lineBreak: false, baseline: 'alphabetic' });
  doc.restore();
};
