import { type Unzipped, unzipSync } from 'fflate';
import { Refusal } from '../../domain/refusal.ts';
import { unreadable } from './faults.ts';

/** What a workbook's parts may unpack to in all; 5,000 rows of 20 columns are about 10 MB. */
const UNPACKED_MAX = 24 * 1024 * 1024;
const PARTS_MAX = 500;

const tooLarge = () => new Refusal('invalid', 'import.too-large');
/** What is read of a workbook; themes, drawings and the rest stay packed. */
const READ =
  /^_rels\/\.rels$|(^|\/)(workbook|styles|sharedStrings)[^/]*\.xml$|worksheets\/[^/]+\.xml$|(^|\/)_rels\/workbook[^/]*\.rels$/i;

/**
 * The parts of a workbook that are read, unpacked within bounds: a part never grows beyond the size it declares.
 * @throws Refusal import.too-large, import.unreadable
 */
export const partsOf = (bytes: Uint8Array): ReadonlyMap<string, Uint8Array> => {
  let total = 0;
  let parts = 0;
  let unpacked: Unzipped;
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!READ.test(name)) return false;
        parts += 1;
        total += originalSize;
        if (total > UNPACKED_MAX || parts > PARTS_MAX) throw tooLarge();
        return true;
      },
    });
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable();
  }
  return new Map(Object.entries(unpacked));
};
