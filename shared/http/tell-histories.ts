import type * as z from 'zod';
import type { Language } from '../text/catalogue.ts';
import { historySentences } from '../text/history/sentence.ts';
import type { Told } from './names.ts';
import type { historyOut } from './schemas.ts';

type Entry = z.output<typeof historyOut>;
const isHistory = (value: unknown): value is Entry[] =>
  Array.isArray(value) && value.every((one) => typeof one?.event === 'string' && typeof one.by === 'string');

/** Departments of one site by their ids alone. */
const departmentsOf = ({ names: { departments = {} } }: Told, site: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(departments).flatMap(([id, name]) =>
      id.startsWith(`${site}/`) ? [[id.slice(site.length + 1), name]] : [],
    ),
  );

/** Every history in an answer is told in sentences: each entry gets what it `says`. */
export const tellHistories = (answer: unknown, told: Told, language: Language): void => {
  const walk = (value: unknown, site: string | undefined): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, site);
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>;
      const here = typeof fields.site === 'string' ? fields.site : site;
      for (const [name, one] of Object.entries(fields))
        if (name === 'history' && isHistory(one)) tell(one, here ?? '');
        else walk(one, here);
    }
  };
  const tell = (entries: Entry[], site: string): void => {
    const { staff = {}, parties = {}, units = {} } = told.names;
    const names = { staff, parties, units, departments: departmentsOf(told, site), feeItems: {} };
    const { timeZone: zone = 'UTC', placeFormat } = told.sites.get(site) ?? {};
    const sentences = historySentences(entries, { language, zone, names, placeFormat });
    for (const [i, entry] of entries.entries()) entry.says = sentences[i];
  };
  walk(answer, told.site);
};
