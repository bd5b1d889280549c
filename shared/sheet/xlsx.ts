import { strToU8, zipSync } from 'fflate';
import { harmless, type Sheet, type SheetCell } from './sheet.ts';

/**
 * A workbook of one sheet (ECMA-376), with the few parts that Excel, WPS and LibreOffice ask for: texts and numbers, the
 * header bold and kept in view. Written here because what writes more than that is several times the rest of a function.
 */
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const relations = (all: Record<string, [type: string, target: string]>) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${Object.entries(all)
    .map(([id, [type, target]]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const override = (part: string, type: string) =>
  `<Override PartName="/xl/${part}.xml" ContentType="${TYPES}.${type}+xml"/>`;

const PARTS = {
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('worksheets/sheet1', 'worksheet')}${override('styles', 'styles')}</Types>`,
  '_rels/.rels': relations({ rId1: ['officeDocument', 'xl/workbook.xml'] }),
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': relations({
    rId1: ['worksheet', 'worksheets/sheet1.xml'],
    rId2: ['styles', 'styles.xml'],
  }),
  // 0 is plain, 1 bold.
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
};

/** Text as XML; what XML can't hold is left out. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are left out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Excel's own limit for a text. */
const TEXT_MAX = 32_767;

/** 0 → A, 25 → Z, 26 → AA */
const column = (n: number): string =>
  (n < 26 ? '' : column(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

const cellXml = (cell: SheetCell, place: string, style: number): string => {
  if (cell === null || cell === undefined) return '';
  const at = `<c r="${place}"${style === 0 ? '' : ` s="${style}"`}`;
  if (typeof cell === 'number') return `${at}><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `${at}><v>${Number(cell.decimal)}</v></c>`;
  const text = escaped(harmless(cell).slice(0, TEXT_MAX));
  return `${at} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
};

const rowXml = (row: readonly SheetCell[], n: number): string =>
  `<row r="${n}">${row.map((cell, i) => cellXml(cell, `${column(i)}${n}`, n === 1 ? 1 : 0)).join('')}</row>`;

/** A sheet as XLSX, the same bytes for the same sheet. */
export const xlsxOf = ({ header, rows }: Sheet): Uint8Array => {
  const view =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>';
  const data = [header, ...rows].map((row, i) => rowXml(row, i + 1)).join('');
  const sheet = `${XML}<worksheet xmlns="${MAIN}">${view}<sheetData>${data}</sheetData></worksheet>`;
  const parts = Object.entries({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet });
  // The first moment a ZIP can name, local time: the time it was written is nobody's business.
  return zipSync(Object.fromEntries(parts.map(([name, text]) => [name, strToU8(text)])), {
    mtime: '1980-01-01T00:00:00',
  });
};
