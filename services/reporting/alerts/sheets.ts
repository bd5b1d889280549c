import type * as z from 'zod';
import { named, namedDepartment, type SheetColumns, table, timeAt } from '../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../shared/sheet/files.ts';
import { type Language, say } from '../../../shared/text/catalogue.ts';
import { kindWords } from '../../complaints/events.ts';
import { nameOf, yesOrNo } from '../figures/contract.ts';
import type { alertOut } from './view.ts';

type Alert = z.output<typeof alertOut>;

/** What an alert is about; a building is called as it is. */
const subjectOf = ({ of, value }: Alert, language: Language): string => {
  const kind = of === 'kind' ? kindWords(value) : undefined;
  return kind ? say(kind, language) : of === 'measure' ? nameOf(value, language) : value;
};

const ALERTS: SheetColumns<Alert> = [
  ['alerts.alert', ({ id }) => id],
  ['column.site', ({ site }, _, told) => named('sites', site, told)],
  ['column.day', ({ day }) => day],
  ['alerts.rule', ({ rule }, language) => say(`alert-rule.${rule}`, language)],
  ['alerts.of', ({ of }, language) => say(`alert-of.${of}`, language)],
  ['alerts.subject', subjectOf],
  ['column.state', ({ status }, language) => say(`alert-status.${status}`, language)],
  ['alerts.raised-at', ({ site, raisedAt }, _, told) => timeAt(raisedAt, told, site)],
  ['alerts.complaints', ({ count }) => count],
  ['alerts.households', ({ households }) => households],
  ['alerts.hidden', ({ hidden }) => hidden],
  ['alerts.before', ({ before }) => before?.complaints],
  ['alerts.before-days', ({ before }) => before?.days],
  ['column.met', ({ figure }) => figure?.met],
  ['column.missed', ({ figure }) => figure?.missed],
  ['at-risk.cases', ({ figure }) => figure?.atRisk],
  ['column.target', ({ figure }) => figure?.target],
  ['at-risk.due', ({ site, firstDue }, _, told) => timeAt(firstDue, told, site)],
  [
    'column.department',
    ({ site, departments }, _, told) => departments.map((one) => namedDepartment(one, told, site)).join(' '),
  ],
  ['alerts.owed-by', ({ owed: [first] }, language) => first && say(`role.${first.role}`, language)],
  ['alerts.owed-until', ({ site, owed: [first] }, _, told) => timeAt(first?.due, told, site)],
  ['alerts.late', ({ late }, language) => yesOrNo(late, language)],
  ['alerts.acknowledged-at', ({ site, acknowledgedAt }, _, told) => timeAt(acknowledgedAt, told, site)],
  ['alerts.acknowledged-by', ({ acknowledgedBy }, _, told) => named('staff', acknowledgedBy, told)],
];
export const alertFiles = sheetFiles<{ items: Alert[] }>('alerts', ({ items }, language, told) =>
  table(ALERTS, items, language, told),
);
