/** What a colour says: what is shown, or what it is held against. */
export type Tone = 'main' | 'target';
export const TONES: Record<Tone, string> = { main: '#1f5f9f', target: '#c0392b' };

/** What is drawn: pt from the left and top; a text's y is its baseline. */
export type DrawnMark =
  | { mark: 'text'; x: number; y: number; text: string; size: number; bold?: boolean; grey?: boolean; spacing?: number }
  | { mark: 'rule'; x: number; y: number; across: number; down: number; weight: number }
  | { mark: 'shade'; x: number; y: number; across: number; down: number }
  | { mark: 'fill'; x: number; y: number; across: number; down: number; tone: Tone }
  /** A line through points, each from where it begins. */
  | { mark: 'path'; x: number; y: number; steps: [x: number, y: number][]; weight: number; tone: Tone }
  | { mark: 'stamp'; x: number; y: number; text: string; size: number };

/** A band over the whole width that a page end never cuts; its marks count from its own top. */
export interface Strip {
  height: number;
  marks: DrawnMark[];
  /** On the same page as the next one. */
  stays?: boolean;
  /** A table's head: stands again above this strip when it is the first of a page. */
  under?: Strip;
}

export interface PlacedStrip {
  strip: Strip;
  y: number;
}

/**
 * Lays strips onto pages of a height: those that stay together go to the next page together, unless a page can't hold them.
 * Every strip is placed once and in order; only table heads are repeated.
 */
export const paginate = (strips: Strip[], height: number): PlacedStrip[][] => {
  const pages: PlacedStrip[][] = [];
  let page: PlacedStrip[] = [];
  let y = 0;
  const turn = () => {
    pages.push(page);
    page = [];
    y = 0;
  };
  const place = (strip: Strip) => {
    if (page.length === 0 && strip.under) {
      page.push({ strip: strip.under, y });
      y += strip.under.height;
    }
    page.push({ strip, y });
    y += strip.height;
  };
  for (const group of groupsOf(strips)) {
    const together = group.reduce((sum, strip) => sum + strip.height, 0);
    if (page.length > 0 && y + together > height) turn();
    for (const strip of group) {
      if (page.length > 0 && y + strip.height > height) turn();
      place(strip);
    }
  }
  if (page.length > 0 || pages.length === 0) turn();
  return pages;
};

const groupsOf = (strips: Strip[]): Strip[][] => {
  const groups: Strip[][] = [];
  let open: Strip[] = [];
  for (const strip of strips) {
    open.push(strip);
    if (strip.stays) continue;
    groups.push(open);
    open = [];
  }
  return open.length > 0 ? [...groups, open] : groups;
};

export const moved = (mark: DrawnMark, dx: number, dy: number): DrawnMark => ({
  ...mark,
  x: mark.x + dx,
  y: mark.y + dy,
});
