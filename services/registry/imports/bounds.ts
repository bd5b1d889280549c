import { type Unzipped, unzipSync, zipSync } from 'fflate';
import { Refusal } from '../../../shared/refusal.ts';

/** What a workbook's parts may unpack to in all; 5,000 rows of 20 columns are about 10 MB. */
const UNPACKED_MAX = 24 * 1024 * 1024;
const PARTS_MAX = 500;

const tooLarge = () => new Refusal('invalid', 'import.too-large');
const unreadable = () =>
  new Refusal('invalid', 'import.unreadable', { line: 1 }, [{ field: 'body.content', rule: 'a readable file' }]);

/**
 * A workbook that is safe to hand to a parser: only its XML, unpacked within bounds (a part never grows beyond the size
 * it declares), and without cells placed so far out that filling up to them would exhaust the memory.
 * @returns the same workbook, stored without compression
 * @throws Refusal import.too-large, import.too-many-rows, import.unreadable
 */
export const repacked = (bytes: Uint8Array, max: { rows: number; columns: number }): ArrayBuffer => {
  let total = 0;
  let parts = 0;
  let unpacked: Unzipped;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!/\.(xml|rels)$/.test(name)) return false;
        parts += 1;
        total += originalSize;
        if (total > UNPACKED_MAX || parts > PARTS_MAX) throw tooLarge();
        return true;
      },
    });
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable();
  }
  for (const [name, part] of Object.entries(unpacked)) {
    if (/worksheets\/[^/]+\.xml$/.test(name)) checkPlaces(new TextDecoder().decode(part), max);
  }
  const stored = zipSync(unpacked, { level: 0 });
  return stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength) as ArrayBuffer;
};

/** Rows and cells say where they stand (`r="C12"`); every place has to be within bounds, or the sheet isn't read. */
const checkPlaces = (xml: string, max: { rows: number; columns: number }): void => {
  for (const [, place = ''] of xml.matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const found = /^([A-Z]{0,3})(\d{1,7})$/.exec(place);
    if (!found) throw unreadable();
    const [, letters = '', row = ''] = found;
    const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0);
    if (Number(row) > max.rows) throw new Refusal('invalid', 'import.too-many-rows', { max: max.rows });
    if (column > max.columns) throw new Refusal('invalid', 'import.too-large');
  }
};
