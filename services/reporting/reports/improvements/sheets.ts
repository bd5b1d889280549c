import type * as z from 'zod';
import { named, namedDepartment, type SheetColumns, table, timeAt } from '../../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../../shared/sheet/files.ts';
import { isMessageKey, type Language, say } from '../../../../shared/text/catalogue.ts';
import { nameOf, yesOrNo } from '../../figures/contract.ts';
import type { Topic } from './events.ts';
import type { improvementOut } from './view.ts';

type Improvement = z.output<typeof improvementOut>;

const topicIn = (topic: Topic, language: Language): string => {
  const key = `report.topic.${topic}`;
  return isMessageKey(key) ? say(key, language) : nameOf(topic, language);
};

const COLUMNS: SheetColumns<Improvement> = [
  ['sheet.improvement', ({ id }) => id],
  ['sheet.led-to', ({ period }) => period],
  ['report.column.topic', ({ topic }, language) => topicIn(topic, language)],
  ['report.column.owner', ({ role }, language) => say(`role.${role}`, language)],
  ['column.department', ({ site, department }, _, told) => namedDepartment(department, told, site)],
  ['report.column.due', ({ dueDay }) => dueDay],
  ['report.column.status', ({ status }, language) => say(`report.status.${status}`, language)],
  ['sheet.late', ({ late }, language) => yesOrNo(late, language)],
  ['sheet.planned-at', ({ site, plannedAt }, _, told) => timeAt(plannedAt, told, site)],
  ['sheet.planned-by', ({ plannedBy }, _, told) => named('staff', plannedBy, told)],
  ['sheet.ended-at', ({ site, endedAt }, _, told) => timeAt(endedAt, told, site)],
];
/** A line for each improvement of the page. */
export const improvementFiles = sheetFiles<{ items: Improvement[] }>('improvements', ({ items }, language, told) =>
  table(COLUMNS, items, language, told),
);
