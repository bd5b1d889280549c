import { dateFromSerial, format, getFormatInfo } from 'numfmt';
import { NOTHING, type ReadCell, textCell } from './cells.ts';

/**
 * Formats that a workbook names by number alone (ECMA-376 18.8.30), the days of the Chinese Excel among them (27 to 36,
 * 50 to 58). What isn't here is shown as it comes.
 */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
  48: '##0.0E+0',
  49: '@',
  ...Object.fromEntries(
    [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'yyyy-mm-dd']),
  ),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id) => [id, 'h:mm:ss'])),
};
/** No format that people write is longer. */
const FORMAT_MAX = 255;
/** Digits that a spreadsheet keeps of a number: what lies behind them is the float's, not anybody's. */
const DIGITS = 15;

/** How the numbers of a style are shown. */
export type ShowNumber = (value: number) => ReadCell;

/** A float's decimal digits, exponents written out. */
const digits = (value: number): string => {
  const plainly = Number(value.toPrecision(DIGITS));
  const text = String(plainly);
  if (!text.includes('e')) return text;
  return Math.abs(plainly) < 1 ? plainly.toFixed(20).replace(/0+$/, '') : BigInt(plainly).toString();
};

const roundedTo = (decimals: number) => {
  const numbers = new Intl.NumberFormat('en-US', {
    useGrouping: false,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  });
  return (value: number): string => numbers.format(digits(value) as Intl.StringNumericLiteral);
};

/** General: as it comes; from 10^15 on it is shown with an exponent, and the digits behind are lost. */
const asItComes: ShowNumber = (value) => {
  const decimal = digits(value);
  return Math.abs(value) < 10 ** DIGITS
    ? { kind: 'number', text: decimal, decimal }
    : { kind: 'number', text: value.toExponential(5).toUpperCase() };
};

const dayOf =
  (since1904: boolean): ShowNumber =>
  (serial) => {
    const [year = 0, month = 0, date = 0] = dateFromSerial(serial + (since1904 ? 1462 : 0)) ?? [];
    if (year < 1900 || year > 9999) return { kind: 'error', text: '########' };
    return { kind: 'day', text: [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-') };
  };

/** How people see a number under a format. @param since1904 whether the workbook's days count from 1904 */
export const shownUnder = (id: number, declared: string | undefined, since1904: boolean): ShowNumber => {
  const code = (declared ?? BUILT_IN[id] ?? '').slice(0, FORMAT_MAX);
  const info = code === '' ? undefined : getFormatInfo(code);
  if (!info || ['general', 'text', 'error'].includes(info.type)) return asItComes;
  if (info.isDate) return dayOf(since1904);
  const rounded = info.scale === 1 && info.type !== 'fraction' ? roundedTo(Math.min(info.maxDecimals, 20)) : undefined;
  return (value) => {
    const { text } = textCell(String(format(code, value, { throws: false })));
    if (text === '') return NOTHING;
    return rounded === undefined || info.type === 'scientific'
      ? { kind: 'number', text, ...(info.type === 'scientific' ? { decimal: digits(value) } : {}) }
      : { kind: 'number', text, decimal: rounded(value) };
  };
};
