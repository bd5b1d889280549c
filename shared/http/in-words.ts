import type * as z from 'zod';
import { PREFIX } from '../domain/ids.ts';
import { isMessageKey, type Language, type MessageKey, say } from '../text/catalogue.ts';
import { historySentences } from '../text/history/sentence.ts';
import type { historyOut, owedOut } from './schemas.ts';
import type { Told } from './told.ts';

type Owed = z.output<typeof owedOut>;
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

/** What journals of cases are called, by the prefix of their ids: `cashday`, `complaint`. */
const TYPES = Object.fromEntries(Object.entries(PREFIX).map(([kind, prefix]) => [prefix, kind.replace('-', '')]));
const dutyOf = (id: unknown, duty: string): MessageKey | undefined => {
  const key = `duty.${TYPES[String(id).split('_', 1)[0] ?? '']}.${duty}`;
  return isMessageKey(key) ? key : undefined;
};

/** Every history in an answer is told in sentences, and what is owed in words: each entry gets what it `says`. */
export const inWords = (answer: unknown, told: Told, language: Language): void => {
  const walk = (value: unknown, site: string | undefined): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, site);
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Record<string, unknown>;
      const here = typeof fields.site === 'string' ? fields.site : site;
      for (const [name, one] of Object.entries(fields))
        if (name === 'history' && isHistory(one)) tell(one, here ?? '');
        else if (name === 'owed' && Array.isArray(one)) owes(fields.id, one as Owed[]);
        else walk(one, here);
    }
  };
  const owes = (id: unknown, owed: Owed[]): void => {
    for (const one of owed) {
      const key = dutyOf(id, one.duty);
      if (key) one.says = say(key, language);
    }
  };
  const tell = (entries: Entry[], site: string): void => {
    const { staff = {}, parties = {}, units = {}, fees = {} } = told.names;
    const names = { staff, parties, units, departments: departmentsOf(told, site), feeItems: fees };
    const { timeZone: zone = 'UTC', placeFormat } = told.sites.get(site) ?? {};
    const sentences = historySentences(entries, { language, zone, names, placeFormat });
    for (const [i, entry] of entries.entries()) entry.says = sentences[i];
  };
  walk(answer, told.site);
};
