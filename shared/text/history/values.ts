import { localDay, localMinute, MINUTE, parseInstant } from '../../time/clock.ts';
import { formatFen } from '../../values/money.ts';
import { type Place, writeBuilding, writePlace } from '../../values/place.ts';
import { isMessageKey, type Language, type MessageKey, say } from '../catalogue.ts';
import { MONTHS, periodInWords } from '../period.ts';
import type { HistoryEntry, HistoryReader, Names } from './entry.ts';

/** How one value is said. */
type Value = (value: unknown, reader: HistoryReader, entry: HistoryEntry) => string;

/** Of what somebody said, as much as a sentence holds; the whole stands beside it. */
const WORDS_MOST = 100;
/** English names that keep their capital within a sentence. */
const NAMES = /^(?:Alipay|Chinese|English|[A-Z][a-z]*[A-Z])/;

const unknown = ({ language }: HistoryReader): string => say('name.unknown', language);
const between = ({ language }: HistoryReader): string => say('paper.between', language);
const each = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** A word of the catalogue as it stands within a sentence. */
const wordOf = (key: MessageKey, language: Language): string => {
  const word = say(key, language);
  return language === 'en' && !NAMES.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word;
};

const named =
  (of: keyof Names): Value =>
  (value, reader) => {
    const names = reader.names[of];
    const said = each(value).map((id) => (Object.hasOwn(names, String(id)) ? names[String(id)] : undefined));
    return said.map((name) => name ?? unknown(reader)).join(between(reader));
  };

/** Who did it: a person by name, whatever acted by itself as the system. */
const byWords = (by: string, reader: HistoryReader): string => {
  if (by === 'system:payer') return say('history.payer', reader.language);
  if (by === 'system:admin') return say('role.administrator', reader.language);
  return by.startsWith('system:') ? say('name.system', reader.language) : named('staff')(by, reader, ENTRY);
};
const ENTRY: HistoryEntry = { event: '', by: '', data: {} };

const dayWords = (day: string, { language }: HistoryReader, { at }: HistoryEntry): string => {
  const [year = '', month, date] = day.split('-');
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
  const isOther = at !== undefined && at.slice(0, 4) !== year;
  if (language === 'en') {
    return `${Number(date)} ${MONTHS[Number(month) - 1]?.slice(0, 3)}${isOther ? ` ${year}` : ''}`;
  }
  return `${isOther ? `${year}年` : ''}${Number(month)}月${Number(date)}日`;
};

const instantOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : parseInstant(String(value));

/** `11月30日 14:05`; an end, of which a day's last moment is 24:00 of it. */
const timeWords = (value: unknown, isEnd: boolean, reader: HistoryReader, entry: HistoryEntry): string => {
  const at = instantOf(value);
  if (at === undefined) return unknown(reader);
  const isMidnight = isEnd && localMinute(at, reader.zone).endsWith(' 00:00');
  const [day = '', time] = localMinute(isMidnight ? at - MINUTE : at, reader.zone).split(' ');
  const written = entry.at === undefined ? undefined : (instantOf(entry.at) ?? 0);
  const here = written === undefined ? entry : { ...entry, at: localMinute(written, reader.zone) };
  return `${dayWords(day, reader, here)} ${isMidnight ? '24:00' : time}`;
};

const itemWords = (code: string, reader: HistoryReader): string => {
  const { feeItems } = reader.names;
  if (Object.hasOwn(feeItems, code)) return feeItems[code] ?? unknown(reader);
  const own = `fee-item.${code}`;
  return say(isMessageKey(own) ? own : 'history.fee', reader.language);
};

/** `<fee item>/<period>`; of a paid service `service/<day>.<slip>`. */
const billWords = (bill: string, reader: HistoryReader, entry: HistoryEntry): string => {
  const [code = '', period = ''] = bill.split('/');
  const [day = ''] = /^\d{4}-\d\d-\d\d(?=\.)/.exec(period) ?? [];
  const of = day ? dayWords(day, reader, entry) : /^\d{4}/.test(period) ? periodInWords(period, reader.language) : '';
  const item = itemWords(code, reader);
  return of === '' ? item : say('history.bill', reader.language, { item, period: of });
};

const positionWords: Value = (value, reader, entry) => {
  const { role, department } = value as { role?: string; department?: string };
  const key = `role.${role}`;
  if (role === 'department-head' && department !== undefined && Object.hasOwn(reader.names.departments, department)) {
    return say('history.head', reader.language, { department: named('departments')(department, reader, entry) });
  }
  return isMessageKey(key) ? say(key, reader.language) : unknown(reader);
};

const clipped = (text: string): string => {
  const signs = Array.from(text.replace(/\s+/g, ' ').trim());
  return signs.length > WORDS_MOST ? `${signs.slice(0, WORDS_MOST).join('')}…` : signs.join('');
};

/** In quotes what somebody said or wrote; several one after the other. */
const textWords: Value = (value, reader) =>
  each(value)
    .map((one) => (one === null || one === undefined ? wordsFor.erased(reader) : `“${clipped(String(one))}”`))
    .join(say('history.apart', reader.language));

const sumOf = (value: unknown): number =>
  each(value)
    .flat(3)
    .reduce<number>((sum, fen) => sum + (typeof fen === 'number' ? fen : 0), 0);

export const VALUES = {
  plain: (value) => String(value),
  name: (value) => clipped(String(value)),
  text: textWords,
  staff: (value, reader) => byWords(String(value), reader),
  party: named('parties'),
  unit: named('units'),
  department: named('departments'),
  position: positionWords,
  item: (value, reader) => itemWords(String(value), reader),
  bill: (value, reader, entry) =>
    each(value)
      .map((one) => billWords(String(one), reader, entry))
      .join(between(reader)),
  building: (value, { placeFormat }) => writeBuilding(String(value), placeFormat),
  place: (value, { placeFormat }) => writePlace(value as Place, placeFormat),
  day: (value, reader, entry) => dayWords(String(value), reader, entry),
  month: (value, { language }) => periodInWords(String(value), language),
  time: (value, reader, entry) => timeWords(value, false, reader, entry),
  due: (value, reader, entry) => timeWords(value, true, reader, entry),
  /** The first day of several beginnings. */
  from: (value, reader, entry) => dayWords(localDay(Math.min(...each(value).map(Number)), reader.zone), reader, entry),
  yuan: (value) => formatFen(sumOf(value)),
  /** Of a sum with a sign, how much it is. */
  amount: (value) => formatFen(Math.abs(sumOf(value))),
  count: (value) => String(each(value).length),
  /** Counted from nought in an event. */
  ordinal: (value) => String(Number(value) + 1),
} as const satisfies Record<string, Value>;

export const wordsFor = {
  by: byWords,
  erased: ({ language, wordsConcealed }: HistoryReader) =>
    say(wordsConcealed ? 'history.concealed' : 'name.erased', language),
  concealed: ({ language }: HistoryReader) => say('history.concealed', language),
  /** Each different value of a closed list once, by its word. */
  list: (value: unknown, lists: readonly string[], reader: HistoryReader): string =>
    [...new Set(each(value).flat(3).map(String))]
      .map((one) => {
        const key = lists.map((list) => `${list}.${one}`).find(isMessageKey);
        return key === undefined ? unknown(reader) : wordOf(key, reader.language);
      })
      .join(between(reader)),
  count: (value: unknown, one: string, several: string): string => {
    const n = Array.isArray(value) ? value.length : Number(value);
    return `${n} ${n === 1 ? one : several}`;
  },
};
