import type { Block, Composed, Fact } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { type Day, localDay, localMinute } from '../../../../shared/time/clock.ts';
import type { Content } from '../content.ts';
import { summaryOf } from '../words.ts';
import { arrearsOf } from './arrears.ts';
import { collectionOf } from './collection.ts';
import type { Edition } from './edition.ts';
import { sitesOf, targetsOf } from './figures.ts';
import { improvementsPart } from './improvements.ts';
import { heading } from './parts.ts';
import { servicePart } from './service.ts';

/** What a report is printed with besides its content: which edition it is, and the texts that still exist. */
const factsOf = (
  { span, previous, composedAt, signed, zone }: Content,
  { edition, number }: Edition,
  language: Language,
): Block => {
  const said = signed.months === signed.of ? 'all' : signed.months === 0 ? 'none' : 'some';
  const facts: Fact[] = [
    [say('report.period', language), say('report.days', language, { ...span })],
    [say('report.previous', language), say('report.days', language, { ...previous })],
    [say('report.composed', language), say('mail.local', language, { at: localMinute(composedAt, zone), zone })],
    [say('paper.number', language), number],
    [say('report.edition', language), String(edition)],
    [say('report.signed', language), say(`report.signed.${said}`, language, { n: signed.months, of: signed.of })],
  ];
  return { block: 'facts', facts };
};

/** The day that stands on it. */
export const dayOf = ({ composedAt, zone }: Content): Day => localDay(composedAt, zone);

/** A report in words of a language, for the page, the mail and the printer alike. */
export const documentOf = (content: Content, edition: Edition, language: Language): Composed => {
  const title = say(content.period.length === 4 ? 'report.title.year' : 'report.title.month', language);
  const site = content.name === '' ? say('report.group', language) : content.name;
  return {
    language,
    title: `${title} ${content.period}`,
    subject: say('report.subject', language, { site, title, period: content.period }),
    site,
    number: edition.number,
    desk: [],
    blocks: [
      factsOf(content, edition, language),
      heading('report.summary', language),
      ...summaryOf(content, language).map((text): Block => ({ block: 'paragraph', text })),
      ...targetsOf(content, language),
      ...sitesOf(content, language),
      ...servicePart(content, language),
      ...collectionOf(content, language),
      ...arrearsOf(content, language),
      ...improvementsPart(content, edition, language),
      { block: 'note', text: say('report.note', language) },
    ],
  };
};
