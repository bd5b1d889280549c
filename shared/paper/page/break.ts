/** How wide a text is in a size, pt. */
export type Width = (text: string, size: number) => number;

/** Never at the beginning of a line (避头尾). */
const CLOSING = /^[\p{Pe}\p{Pf}、。，．・：；！？!?,.:;%‰％°℃…—～·々〃ー]$/u;
/** Never at the end of one. */
const OPENING = /^[\p{Ps}\p{Pi}¥￥$＄#№]$/u;
/** Written without spaces: a line may end on either side. */
const WIDE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

const SEGMENTS = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** Characters as people count them. */
export const graphemesOf = (text: string): string[] => [...SEGMENTS.segment(text)].map(({ segment }) => segment);

const inWord = (c: string) => c !== ' ' && !WIDE.test(c);

/**
 * What stays on one line: a word, or a Chinese character with the punctuation that clings to it; spaces trail.
 * @param cut words are no units any more, so that one wider than a line can be cut
 */
const unitsOf = (text: string, cut = false): string[] => {
  const units: string[] = [];
  let before = '';
  for (const c of graphemesOf(text)) {
    const clings = c === ' ' || CLOSING.test(c) || OPENING.test(before) || (!cut && inWord(c) && inWord(before));
    if (before !== '' && clings) units.push(`${units.pop()}${c}`);
    else units.push(c);
    before = c;
  }
  return units;
};

/**
 * Breaks a text into lines of at most `most` pt: Chinese between characters, Latin between words, and no line begins with
 * closing punctuation or ends with an opening one. A word wider than a line is cut; a row of
 * punctuation wider than one, anywhere.
 * @param indent of the first line, pt
 */
export const linesOf = (text: string, size: number, most: number, width: Width, indent = 0): string[] =>
  text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    const fits = (end: string) => width(end.trimEnd(), size) <= most - (lines.length === 0 ? indent : 0);
    const alone = (unit: string) => width(unit.trimEnd(), size) <= most - indent;
    const units = unitsOf(paragraph).flatMap((unit) => (alone(unit) ? [unit] : unitsOf(unit, true)));
    for (const piece of units.flatMap((unit) => (alone(unit) ? [unit] : graphemesOf(unit)))) {
      if (line === '' || fits(line + piece)) line += piece;
      else {
        lines.push(line.trimEnd());
        line = piece;
      }
    }
    return [...lines, line.trimEnd()];
  });
