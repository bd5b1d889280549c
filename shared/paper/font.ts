import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';

/** Lies beside this module, and beside the bundle (infra/constructs/bundle.ts copies it). Made by `font/make.ts`. */
const FILE = new URL('./font/noto-sans-sc.ttf', import.meta.url);
/** Stands where the font has no glyph: a reader sees that a character is missing (下框, as printers set it). */
const MISSING = '〓';
/** Seen by nobody: joiners, variation selectors, marks of direction. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a tab or the like is a gap between words
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]+/g;

let opened: Font | undefined;
/** The font of all documents: read once a process, when first needed. */
export const theFont = (): Font => {
  opened ??= create(readFileSync(FILE)) as Font;
  return opened;
};

/** A text's width in a size, pt: the sum of its characters', for the font has no shaping. */
export const widthIn =
  (font: Font) =>
  (text: string, size: number): number => {
    let units = 0;
    for (const c of text) units += font.glyphForCodePoint(c.codePointAt(0) as number).advanceWidth;
    return (units * size) / font.unitsPerEm;
  };

/** A text as the font can show it; characters it has no glyph for become 〓 and are added to `missing`. */
export const legible = (text: string, font: Font, missing: Set<string>): string => {
  let shown = '';
  for (const c of text.normalize('NFC').replace(CONTROL, ' ').replace(INVISIBLE, '')) {
    const there = c === '\n' || font.hasGlyphForCodePoint(c.codePointAt(0) as number);
    if (!there) missing.add(c);
    shown += there ? c : MISSING;
  }
  return shown;
};
