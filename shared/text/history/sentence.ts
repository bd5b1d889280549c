import { MINUTE, parseInstant } from '../../time/clock.ts';
import { CATALOGUE, type Message } from '../catalogue.ts';
import { BILLING_SENTENCES } from './billing.ts';
import { CALLBACK_SENTENCES } from './callbacks.ts';
import { COMPLAINT_SENTENCES } from './complaints.ts';
import { isRung, rungMessage } from './duties.ts';
import type { HistoryEntry, HistoryReader } from './entry.ts';
import { INTAKE_SENTENCES } from './intake.ts';
import { REGISTRY_SENTENCES } from './registry.ts';
import { REPORTING_SENTENCES } from './reporting.ts';
import { RIGHTS_SENTENCES } from './rights.ts';
import { filled, type Telling } from './template.ts';

/** How each event is told; those of the clock are told for what was owed (`duties.ts`). */
const SENTENCES: Readonly<Record<string, Telling>> = {
  ...INTAKE_SENTENCES,
  ...COMPLAINT_SENTENCES,
  ...CALLBACK_SENTENCES,
  ...BILLING_SENTENCES,
  ...REPORTING_SENTENCES,
  ...RIGHTS_SENTENCES,
  ...REGISTRY_SENTENCES,
};

const tellingOf = (event: string): Telling | undefined =>
  Object.hasOwn(SENTENCES, event) ? SENTENCES[event] : undefined;

/** Whether there are words for an event. */
export const isTold = (event: string): boolean => isRung(event) || tellingOf(event) !== undefined;

/** Of what was recorded later than it happened. */
const LATER: Message = {
  zh: '（补录：实际于 {happenedAt:time}[，凭据：{evidence:text}]）',
  en: ' (recorded later: it happened on {happenedAt:time}[, as shown by: {evidence:text}])',
};

const MARK: Message = { zh: '（补录）', en: ' (recorded later)' };
const DATED: Message = {
  zh: '（补录：实际于 {calledAt:time}）',
  en: ' (recorded later: the call was on {calledAt:time})',
};

/** What says when it happened under a name of its own is marked from here on. What comes in writing waits anyway. */
const MARKED_AFTER = 15 * MINUTE;
const later = ({ at, data }: HistoryEntry): Message | undefined => {
  if (data.happenedAt !== undefined) return LATER;
  const [when, mark] =
    data.calledAt !== undefined
      ? [data.calledAt, DATED]
      : data.channel === 'call' || data.channel === 'visit'
        ? [data.receivedAt, MARK]
        : [];
  const [recorded, happened] = [at, when].map((told) => parseInstant(String(told)));
  return recorded !== undefined && happened !== undefined && recorded - happened > MARKED_AFTER ? mark : undefined;
};

/** A step of a history as one sentence that may be read aloud, without a full stop. */
export const historySentence = (entry: HistoryEntry, reader: HistoryReader): string => {
  const telling = isRung(entry.event)
    ? rungMessage(entry.event, entry.data)
    : (tellingOf(entry.event) ?? CATALOGUE['history.something']);
  const { zh, en } = typeof telling === 'function' ? telling(entry.data) : telling;
  const mark = later(entry) ?? { zh: '', en: '' };
  const said = filled(reader.language === 'en' ? `${en}${mark.en}` : `${zh}${mark.zh}`, entry, reader);
  return reader.language === 'en' ? said.charAt(0).toUpperCase() + said.slice(1) : said;
};

/** A whole history, or its beginning, entry by entry: what was tried several times is counted. */
export const historySentences = (entries: readonly Omit<HistoryEntry, 'nth'>[], reader: HistoryReader): string[] => {
  const times = new Map<string, number>();
  return entries.map((entry) => {
    const nth = (times.get(entry.event) ?? 0) + 1;
    times.set(entry.event, nth);
    return historySentence({ ...entry, nth }, reader);
  });
};
