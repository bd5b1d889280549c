import { harmless, type Sheet, type SheetCell } from './sheet.ts';

/** Without it Chinese Excel reads UTF-8 as GB18030. */
const MARK = '\uFEFF';

const field = (cell: SheetCell): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return cell.decimal;
  const text = harmless(cell);
  return /[",\r\n;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A sheet as CSV (RFC 4180), in UTF-8 with the mark by which Excel knows it. */
export const csvOf = ({ header, rows }: Sheet): string =>
  `${MARK}${[header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`;
