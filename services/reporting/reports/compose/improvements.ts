import type { Block } from '../../../../shared/paper/block.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { MEASURE_IDS } from '../../figures/contract.ts';
import type { Content, ImprovementLine } from '../content.ts';
import type { Edition } from './edition.ts';
import { column, heading, more } from './parts.ts';

const topicIn = (topic: ImprovementLine['topic'], language: Language): string => {
  const measure = MEASURE_IDS.find((id) => id === topic);
  return measure ? say(`measure.${measure}`, language) : say(`report.topic.${topic as 'other'}`, language);
};

/** Improvements (改进措施): what is to be done, by whom, by when, and how far it is. */
export const improvementsPart = ({ improvements, sites }: Content, { texts }: Edition, language: Language): Block[] => {
  const { lines } = improvements;
  const c = column(language);
  const text = (ref: string | undefined) =>
    ref === undefined ? '' : (texts?.get(ref) ?? say(texts ? 'report.erased' : 'report.sign-in', language));
  const row = ({ site, topic, words, position, department, dueDay, status, late, said }: ImprovementLine) => [
    ...(sites ? [site] : []),
    topicIn(topic, language),
    text(words.ref),
    department ?? say(`role.${position.role}`, language),
    dueDay,
    late
      ? `${say(`report.status.${status}`, language)} · ${say('report.status.late', language)}`
      : say(`report.status.${status}`, language),
    text(said?.words.ref),
  ];
  if (lines.length === 0) {
    return [heading('report.improvements', language), { block: 'paragraph', text: say('report.none', language) }];
  }
  return [
    heading('report.improvements', language),
    {
      block: 'table',
      columns: [
        ...(sites ? [c('report.column.site', 14)] : []),
        c('report.column.topic', 16),
        c('report.column.what', 28),
        c('report.column.owner', 14),
        c('report.column.due', 12),
        c('report.column.status', 14),
        c('report.column.said', 24),
      ],
      rows: lines.map(row),
    },
    ...more(improvements.more, language),
  ];
};
