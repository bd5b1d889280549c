import { saidNumber } from '../../shared/domain/number.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import type { SiteFacts } from '../../shared/policy/policy.ts';
import { isMessageKey, type Language, type MessageKey, say } from '../../shared/text/catalogue.ts';
import { escaped } from '../../shared/text/html.ts';
import { type Instant, localDay, localMinute, MINUTE } from '../../shared/time/clock.ts';
import { writeBuilding } from '../../shared/values/place.ts';
import { kindWords } from '../complaints/events.ts';
import type { Digest } from './digest-store.ts';
import type { Names } from './names.ts';
import { KINDS, type Notice, type Said } from './notice.ts';

/** An email as it goes out, and as one line: the same words stand in the inbox. */
export interface NoticeEmail {
  subject: string;
  text: string;
  html: string;
}

type Site = Pick<SiteFacts, 'name' | 'timeZone' | 'placeFormat'>;

/** Where a notice is from: a site, or the whole group, whose times are UTC's. */
export const originOf = async (policies: Pick<Policies, 'site'>, site: string, language: Language): Promise<Site> =>
  site === '*' ? { name: say('notice.whole-group', language), timeZone: 'UTC' } : policies.site(site);

/** What is owed, in words; a duty without words yet is named as its service names it. */
export const dutyInWords = (
  { type, duty, what }: Pick<Said, 'type' | 'duty' | 'what'>,
  site: Pick<Site, 'placeFormat'>,
  language: Language,
): string => {
  const key = `duty.${type}.${duty}`;
  return isMessageKey(key)
    ? say(key, language, what === undefined ? {} : { what: named(what, site, language) })
    : (duty ?? '');
};

/** What an alert is about, in words; a building in those of its site. */
const named = (what: string, { placeFormat }: Pick<Site, 'placeFormat'>, language: Language): string => {
  const key = kindWords(what) ?? [`measure.${what}`].find(isMessageKey);
  return key === undefined ? writeBuilding(what, placeFormat) : say(key, language);
};

/** Who it is, by name where they have one: a member of staff is told apart by the id alone. */
const colleague = (staff: string, names: Names, language: Language): string => {
  const name = names.get(staff);
  return name === undefined ? staff : say('mail.colleague', language, { name, staff });
};

/** The day or month that an id names: of a cash day, a bill run. */
const dayOf = (id: string): string | undefined => {
  const [, year, month, day] = /(?:^|_)(\d{4})-?(\d{2})(?:-?(\d{2}))?$/.exec(id) ?? [];
  return year && [year, month, day].filter(Boolean).join('-');
};

/** Which case, by what people call it: its number, its place, its day or month; what has none of them by its id. */
const caseOf = ({ type, about, number, unit, at }: Said, names: Names, language: Language): string | undefined => {
  if (type === 'staff') return colleague(about, names, language);
  const called = [number && saidNumber(number, localDay(at, 'UTC')), unit && names.get(unit)].filter(Boolean).join(' ');
  // What an alert is of, its duty says.
  return called || (type === 'alert' ? undefined : dayOf(about) || about);
};

/** One line: why, what, which case, where. A subject line can't be broken into two. */
export const titleOf = (
  said: Said,
  site: Pick<Site, 'name' | 'placeFormat'>,
  language: Language,
  names: Names = new Map(),
): string => {
  const which = caseOf(said, names, language);
  const line = say(`notice.${said.kind}`, language, {
    site: site.name,
    duty: dutyInWords(said, site, language),
    case: which === undefined ? '' : said.kind === 'sign-in' ? which : say('notice.case', language, { case: which }),
  });
  return line.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those could break a header
    /[\u0000-\u001f\u007f]+/g,
    ' ',
  );
};

const localOf = (at: Instant, { timeZone }: Site, language: Language) =>
  say('mail.local', language, { at: localMinute(at, timeZone), zone: timeZone });

/** How long after its due time it was said, to the minute; by the recorded times, whenever the mail is written. */
const lateOf = ({ due, at }: Said, language: Language): string | undefined => {
  const minutes = due === undefined ? 0 : Math.floor((at - due) / MINUTE);
  if (minutes < 1) return undefined;
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return h === 0 ? say('mail.minutes', language, { m }) : say('mail.hours', language, { h, m });
};

/** The email of one notice, times in the site's own. */
export const letterOf = (notice: Notice, site: Site, language: Language, names: Names = new Map()): NoticeEmail => {
  const { type, by } = notice;
  const rows: [MessageKey, string | undefined][] = [
    [type === 'staff' ? 'mail.told' : 'mail.what', notice.duty && dutyInWords(notice, site, language)],
    [type === 'staff' ? 'mail.whose' : 'mail.case', caseOf(notice, names, language)],
    ['mail.by', by && colleague(by, names, language)],
    ['mail.site', site.name],
    notice.due === undefined
      ? ['mail.at', localOf(notice.at, site, language)]
      : ['mail.due', localOf(notice.due, site, language)],
    ['mail.late', lateOf(notice, language)],
  ];
  const vacant =
    notice.vacant && say('mail.vacant', language, { position: say(`role.${notice.vacant.role}`, language) });
  return letter(titleOf(notice, site, language, names), language, [
    [say('mail.greeting', language)],
    rows.flatMap(([label, value]) => (value ? [`${say(label, language)}: ${value}`] : [])),
    [say(`notice.do.${notice.kind}`, language), ...(vacant ? [vacant] : [])],
  ]);
};

/** A director's email of a day: how many of each, and the first of them by name. */
export const letterOfDigest = (
  digest: Digest,
  site: Site,
  language: Language,
  names: Names = new Map(),
): NoticeEmail => {
  const { listed, total, kinds, day } = digest;
  const counts = KINDS.flatMap((kind) =>
    kinds[kind] ? [say('digest.count', language, { kind: say(`digest.${kind}`, language), n: kinds[kind] })] : [],
  );
  const lines = listed.map((said) => {
    const title = titleOf(said, site, language, names);
    if (said.due === undefined) return title;
    return say('digest.line', language, { title, due: localMinute(said.due, site.timeZone) });
  });
  const more = total > listed.length ? [say('digest.more', language, { n: total - listed.length })] : [];
  return letter(say('digest.subject', language, { site: site.name, day, total }), language, [
    [say('mail.greeting', language), say('digest.intro', language)],
    counts,
    [...lines, ...more],
  ]);
};

/** Paragraphs of lines, as plain text and as HTML. */
const letter = (subject: string, language: Language, body: string[][]): NoticeEmail => {
  const paragraphs = [...body, [say('mail.footer', language)]];
  const html = paragraphs.map((lines) => `<p>${lines.map(escaped).join('<br>\n')}</p>`).join('\n');
  return {
    subject,
    text: paragraphs.map((lines) => lines.join('\n')).join('\n\n'),
    html: `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>\n<body>\n${html}\n</body></html>`,
  };
};
