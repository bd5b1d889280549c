import type { Language } from '../text/catalogue.ts';
import { escaped } from '../text/html.ts';
import { type Block, type Composed, labelled, type TableBlock } from './block.ts';

export interface Email {
  subject: string;
  text: string;
  html: string;
}

/** A document as an email, in HTML and in plain text. Nothing is loaded from elsewhere, and it reads without styles. */
export const mailed = (composed: Composed): Email => {
  // A line break would end the header.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those could break it
  const subject = composed.subject.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
  return { subject, text: textOf(composed), html: htmlOf(composed, subject) };
};

const textOf = ({ title, site, desk, blocks, language }: Composed): string =>
  [`${site}  ${title}`, ...blocks.map((block) => plain(block, language)), [site, ...desk].join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');

const plain = (block: Block, language: Language): string => {
  switch (block.block) {
    case 'facts':
      return block.facts.map((fact) => labelled(fact, language)).join('\n');
    case 'paragraph':
    case 'note':
      return block.text;
    case 'table':
      return [
        ...(block.caption ? [block.caption] : []),
        ...[block.columns.map(({ label }) => label), ...block.rows].map((cells) => cells.filter(Boolean).join('  ')),
        ...(block.sum ? [labelled(block.sum, language)] : []),
      ].join('\n');
    case 'total':
      return labelled(block.total, language);
    case 'list':
      return [block.caption, ...block.lines.map((line) => `- ${line}`)].join('\n');
    case 'heading':
      return block.text;
    case 'link':
      return `${block.text}\n${block.url}`;
    default:
      return '';
  }
};

/**
 * The same as HTML.
 * @param drawn draws charts, where they are shown
 */
export const htmlOf = (
  { title, site, desk, blocks, language }: Composed,
  subject: string,
  drawn: (block: Block & { block: 'chart' }) => string = () => '',
): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:16px;background:#fff;color:#222;font:15px/1.7 sans-serif">
<div style="max-width:720px;margin:0 auto">
<p style="margin:0;color:#555">${escaped(site)}</p>
<h1 style="margin:0 0 16px;padding-bottom:8px;border-bottom:2px solid #222;font-size:22px">${escaped(title)}</h1>
${blocks
  .map((block) => (block.block === 'chart' ? drawn(block) : html(block, language)))
  .filter((part) => part !== '')
  .join('\n')}
<p style="margin:24px 0 0;padding-top:8px;border-top:1px solid #bbb;color:#555;font-size:13px">${broken([site, ...desk])}</p>
</div>
</body>
</html>`;

const html = (block: Block, language: Language): string => {
  switch (block.block) {
    case 'heading':
      return `<h2 style="margin:28px 0 8px;font-size:18px">${escaped(block.text)}</h2>`;
    case 'facts':
      return `<p style="margin:0 0 16px">${broken(block.facts.map((fact) => labelled(fact, language)))}</p>`;
    case 'paragraph':
      return `<p style="margin:0 0 12px">${escaped(block.text)}</p>`;
    case 'note':
      return `<p style="margin:12px 0;color:#555;font-size:13px">${escaped(block.text)}</p>`;
    case 'table':
      return table(block);
    case 'total':
      return `<p style="margin:12px 0 20px;text-align:right;font-size:18px"><strong>${escaped(labelled(block.total, language))}</strong></p>`;
    case 'list':
      return `<h2 style="margin:0 0 4px;font-size:15px">${escaped(block.caption)}</h2>\n<ul style="margin:0 0 16px;padding-left:20px">${block.lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`;
    case 'link':
      return `<p style="margin:16px 0"><a href="${escaped(block.url)}" style="color:#0b57a4">${escaped(block.text)}</a></p>`;
    default:
      return '';
  }
};

const CELL = 'padding:6px 8px;border-bottom:1px solid #ddd;vertical-align:top';
const NUMBER = ';text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums';

const table = ({ caption, columns, rows, sum }: TableBlock): string => {
  const style = (i: number) => CELL + (columns[i]?.align === 'right' ? NUMBER : ';text-align:left');
  const head = columns.map(
    ({ label }, i) => `<th scope="col" style="${style(i)};background:#f2f2f2">${escaped(label)}</th>`,
  );
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, i) => `<td style="${style(i)}">${escaped(cell)}</td>`).join('')}</tr>`,
  );
  const last = sum
    ? `\n<tr><th scope="row" colspan="${columns.length - 1}" style="${CELL};text-align:right">${escaped(sum[0])}</th><td style="${CELL}${NUMBER}"><strong>${escaped(sum[1])}</strong></td></tr>`
    : '';
  // A narrow screen scrolls the table, not the page.
  return `<div style="overflow-x:auto"><table style="width:100%;min-width:600px;border-collapse:collapse;font-size:13px;line-height:1.5">
${caption ? `<caption style="padding:8px 0 4px;text-align:left;font-weight:bold;font-size:15px">${escaped(caption)}</caption>\n` : ''}<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}${last}
</tbody></table></div>`;
};

const broken = (lines: string[]): string => lines.map(escaped).join('<br>\n');
