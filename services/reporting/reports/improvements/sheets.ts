import type * as z from 'zod';
import { type SheetColumns, table } from '../../../../shared/sheet/columns.ts';
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
  ['column.department', ({ department }) => department],
  ['report.column.due', ({ dueDay }) => dueDay],
  ['report.column.status', ({ status }, language) => say(`report.status.${status}`, language)],
  ['sheet.late', ({ late }, language) => yesOrNo(late, language)],
  ['sheet.planned-at', ({ plannedAt }) => plannedAt],
  ['sheet.planned-by', ({ plannedBy }) => plannedBy],
  ['sheet.ended-at', ({ endedAt }) => endedAt],
];
/** A line for each improvement of the page. */
export const improvementFiles = sheetFiles<{ items: Improvement[] }>('improvements', ({ items }, language) =>
  table(COLUMNS, items, language),
);
