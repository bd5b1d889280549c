import { escaped } from '../text/html.ts';
import type { Composed } from './block.ts';
import { type Chart, drawingOf } from './chart.ts';
import { htmlOf } from './mail.ts';
import { type DrawnMark, TONES } from './page/strip.ts';

/** Nothing is loaded or run, and nobody else's page learns the address. */
export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/** A document as a page of the web, with its charts; no script, nothing loaded. */
export const webPageOf = (composed: Composed): string =>
  htmlOf(composed, `${composed.site} ${composed.title}`, ({ caption, chart }) => svgOf(chart, caption));

/** How wide a chart is drawn, in units of its own; a page sets it as wide as there is room. */
const ACROSS = 640;
/** A browser brings fonts of its own, of which Chinese characters are as wide as their size and others a little over half. */
const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e00 ? size : size * 0.58), 0);

const svgOf = (chart: Chart, caption: string): string => {
  const { height, marks } = drawingOf(chart, ACROSS, widthOf);
  return `<h3 style="margin:16px 0 4px;font-size:15px">${escaped(caption)}</h3>
<svg viewBox="0 0 ${ACROSS} ${round(height)}" role="img" aria-label="${escaped(caption)}" style="width:100%;height:auto;font-family:sans-serif">
${marks.map(shape).join('\n')}
</svg>`;
};

const round = (n: number): number => Math.round(n * 100) / 100;

const shape = (mark: DrawnMark): string => {
  const [x, y] = [round(mark.x), round(mark.y)];
  switch (mark.mark) {
    case 'text':
      return `<text x="${x}" y="${y}" font-size="${round(mark.size)}" fill="${mark.grey ? '#666' : '#111'}">${escaped(mark.text)}</text>`;
    case 'fill':
      return `<rect x="${x}" y="${y}" width="${round(mark.across)}" height="${round(mark.down)}" fill="${TONES[mark.tone]}"/>`;
    case 'path': {
      const points = mark.steps.map(([dx, dy]) => `${round(mark.x + dx)},${round(mark.y + dy)}`).join(' ');
      return `<polyline points="${points}" fill="none" stroke="${TONES[mark.tone]}" stroke-width="${mark.weight}"/>`;
    }
    case 'rule':
      return `<line x1="${x}" y1="${y}" x2="${round(mark.x + mark.across)}" y2="${round(mark.y + mark.down)}" stroke="#999" stroke-width="${mark.weight}"/>`;
    default:
      return '';
  }
};
