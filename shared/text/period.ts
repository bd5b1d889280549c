import type { Language } from './catalogue.ts';

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A month, a quarter or a year in words, of a bill or a report; anything else as it is. */
export const periodInWords = (period: string, language: Language): string => {
  const [, year = '', quarter, month] = /^(\d{4})(?:-Q([1-4])|-(\d{2}))?(?:\+\d+)?$/.exec(period) ?? [];
  if (year === '') return period;
  const zh = language === 'zh-CN';
  if (month) return zh ? `${year}年${Number(month)}月` : `${MONTHS[Number(month) - 1]} ${year}`;
  if (quarter) return zh ? `${year}年第${quarter}季度` : `Q${quarter} ${year}`;
  return zh ? `${year}年` : year;
};
