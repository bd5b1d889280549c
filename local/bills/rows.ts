import { decimal, feeFen } from '../../shared/values/money.ts';
import { readRecords } from '../records.ts';

/** Units of one site, in the order of the file. */
const UNITS_A_SITE = 51;

/** A unit of the file. */
export interface UnitRow {
  /** 1 is the first data row; refused rows count too. */
  r: number;
  line: number;
  site: string;
  building: string;
  /** m², as the file has it. */
  area: string;
}

export interface Refused {
  line: number;
  reason: string;
}

/** What is billed for one m² a month: yuan, as decimal text. */
export const isRate = (text: string): boolean => {
  const rate = decimal(text);
  return rate !== undefined && rate.digits > 0n;
};

/** Reads the file: a row is refused only when its area isn't a plain positive decimal; equal rows are different units. */
export const readRows = (text: string): { rows: UnitRow[]; refused: Refused[] } => {
  const rows: UnitRow[] = [];
  const refused: Refused[] = [];
  for (const [i, { line, field }] of readRecords(text, ['community', 'area_m2']).entries()) {
    const area = field('area_m2');
    const value = decimal(area);
    if (value === undefined) refused.push({ line, reason: 'area_m2: not a plain decimal' });
    else if (value.digits === 0n) refused.push({ line, reason: 'area_m2: not positive' });
    else
      rows.push({ r: i + 1, line, site: String(Math.floor(i / UNITS_A_SITE) + 1), building: field('community'), area });
  }
  return { rows, refused };
};

/** Where the payer of a row is reached. */
export type Address = 'works' | 'bounces' | 'none';
export const addressOf = ({ r }: Pick<UnitRow, 'r'>): Address =>
  r % 4 === 0 ? 'none' : r % 10 === 5 ? 'bounces' : 'works';

/** What a payer pays: all or half of it, at 18:00 on a day after the due date; `undefined` for one who never pays. */
export const payingOf = ({ r }: Pick<UnitRow, 'r'>): { day: number; half: boolean } | undefined => {
  if (r % 3 !== 0) return { day: 5 * (r % 20), half: false };
  return r % 9 === 3 ? { day: 12, half: true } : undefined;
};

/** The monthly fee of a row in fen, half up: what anyone computes from the file by hand. */
export const feeOf = ({ area }: Pick<UnitRow, 'area'>, rate: string): number => {
  const [m2, yuan] = [decimal(area), decimal(rate)];
  if (!m2 || !yuan) throw new Error(`${area} × ${rate} is no fee`);
  const micro = m2.digits * 10n ** BigInt(Math.max(0, 6 - m2.scale));
  return feeFen({ ...yuan, scale: yuan.scale + Math.max(0, m2.scale - 6) }, micro, 'half-up');
};
