import * as z from 'zod';
import type { AnswerFile } from '../http/route.ts';
import type { Told } from '../http/told.ts';
import type { Language } from '../text/catalogue.ts';
import { csvOf } from './csv.ts';
import type { Sheet } from './sheet.ts';
import { xlsxOf } from './xlsx.ts';

/** For the query of a route whose answer can be had as a file: `format`. */
export const formatted = {
  format: z.enum(['json', 'csv', 'xlsx']).default('json').meta({
    description:
      'The same as a file for a spreadsheet, in your language; of a list the page asked for, the next in `Link`',
  }),
};

/** The files that an answer can be had as. @param name of the file, without its ending */
export const sheetFiles = <A>(
  name: string,
  sheetOf: (answer: A, language: Language, told: Told) => Sheet,
): Record<string, AnswerFile<A>> => ({
  csv: {
    contentType: 'text/csv; charset=utf-8',
    fileName: `${name}.csv`,
    write: (...of) => csvOf(sheetOf(...of)),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    fileName: `${name}.xlsx`,
    write: (...of) => xlsxOf(sheetOf(...of)),
  },
});
