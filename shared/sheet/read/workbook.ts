import { posix } from 'node:path';
import { Refusal } from '../../domain/refusal.ts';
import { NOTHING, type ReadCell, textCell } from './cells.ts';
import { unreadable } from './faults.ts';
import { type ShowNumber, shownUnder } from './number-format.ts';
import { partsOf } from './parts.ts';
import { readXml } from './xml.ts';

/** What the sheets of a workbook share, and where each of them lies. */
export interface Workbook {
  /** The sheets that people see, in the order of their tabs. */
  sheets: { name: string; part: Uint8Array | undefined }[];
  /** The text of `<c t="s"><v>7</v>`. */
  shared(index: number): ReadCell;
  /** How numbers are shown under `<c s="3">`. */
  shown(style: number): ShowNumber;
}

type Parts = ReadonlyMap<string, Uint8Array>;

/** A path as the part's name: relative to its folder, or from the root. */
const within = (folder: string, target: string): string => posix.resolve('/', folder, target).slice(1);

/** Relations of a part: the targets by id, and by the last word of their type. */
const relationsOf = (parts: Parts, path: string) => {
  const at = path.lastIndexOf('/') + 1;
  const folder = path.slice(0, at);
  const byId = new Map<string, string>();
  const byType = new Map<string, string>();
  readXml(parts.get(`${folder}_rels/${path.slice(at)}.rels`), {
    opened(name, attribute) {
      if (name !== 'Relationship') return;
      const target = within(folder, attribute('Target'));
      byId.set(attribute('Id'), target);
      byType.set(attribute('Type').replace(/^.*\//, ''), target);
    },
  });
  return { byId, byType };
};

/**
 * Texts that many cells share, as they stand there; runs of one text are joined, how it is pronounced is passed over. Only those that a
 * cell shows are looked at any further.
 */
const sharedTexts = (part: Uint8Array | undefined): string[] => {
  const texts: string[] = [];
  let text = '';
  let heard = false;
  let spoken = false;
  readXml(part, {
    opened(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') spoken = true;
      heard = name === 't' && !spoken;
    },
    text(said) {
      if (heard) text += said;
    },
    closed(name) {
      heard = false;
      if (name === 'rPh') spoken = false;
      if (name === 'si') texts.push(text);
      return undefined;
    },
  });
  return texts;
};

/** Signs that XML can't hold are written `_x000D_` (ECMA-376 22.9.2.19). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The number formats of the styles that cells have. */
const formatsOf = (part: Uint8Array | undefined) => {
  const declared = new Map<number, string>();
  const ofStyle: number[] = [];
  let inCells = false;
  readXml(part, {
    opened(name, attribute) {
      if (name === 'numFmt') declared.set(Number(attribute('numFmtId')), attribute('formatCode'));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) ofStyle.push(Number(attribute('numFmtId') || 0));
    },
    closed(name) {
      if (name === 'cellXfs') inCells = false;
      return undefined;
    },
  });
  return { declared, ofStyle };
};

/** Sheets that people see; a workbook of a sheet for each building has as many. */
export const SHEETS_MAX = 100;

/** @throws Refusal import.unreadable, import.too-large, import.too-many-sheets */
export const openWorkbook = (bytes: Uint8Array): Workbook => {
  const parts = partsOf(bytes);
  const root = relationsOf(parts, '').byType.get('officeDocument') ?? 'xl/workbook.xml';
  const { byId, byType } = relationsOf(parts, root);
  const sheets: Workbook['sheets'] = [];
  let since1904 = false;
  if (!parts.has(root)) throw unreadable();
  readXml(parts.get(root), {
    opened(name, attribute) {
      if (name === 'workbookPr') since1904 = /^(1|true)$/.test(attribute('date1904'));
      if (name !== 'sheet' || attribute('state').toLowerCase().includes('hidden')) return;
      const target = byId.get(attribute('r:id') || attribute('id')) ?? '';
      if (/worksheets\//.test(target)) sheets.push({ name: attribute('name'), part: parts.get(target) });
    },
  });
  if (sheets.every(({ part }) => part === undefined)) throw unreadable();
  if (sheets.length > SHEETS_MAX) throw new Refusal('invalid', 'import.too-many-sheets', { max: SHEETS_MAX });

  const texts = sharedTexts(parts.get(byType.get('sharedStrings') ?? 'xl/sharedStrings.xml'));
  const { declared, ofStyle } = formatsOf(parts.get(byType.get('styles') ?? 'xl/styles.xml'));
  const shown = new Map<number, ShowNumber>();
  const cells: ReadCell[] = [];
  return {
    sheets,
    shared(index) {
      const text = texts[index];
      if (text === undefined) return NOTHING;
      cells[index] ??= textCell(unescaped(text));
      return cells[index];
    },
    shown(style) {
      const id = ofStyle[style] ?? 0;
      const found = shown.get(id) ?? shownUnder(id, declared.get(id), since1904);
      shown.set(id, found);
      return found;
    },
  };
};
