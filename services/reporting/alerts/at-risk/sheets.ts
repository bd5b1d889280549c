import type * as z from 'zod';
import type { Told } from '../../../../shared/http/told.ts';
import { named, namedDepartment, type SheetColumns, table, timeAt } from '../../../../shared/sheet/columns.ts';
import { sheetFiles } from '../../../../shared/sheet/files.ts';
import { decimalCell } from '../../../../shared/sheet/sheet.ts';
import { isMessageKey, type Language, say } from '../../../../shared/text/catalogue.ts';
import { CASES, nameOf, yesOrNo } from '../../figures/contract.ts';
import type { atRiskOut } from './view.ts';

type AtRisk = z.output<typeof atRiskOut>;
type Case = AtRisk['items'][number];
/** A figure at risk, or a case of one. */
interface AtRiskRow {
  risk?: AtRisk['figures'][number];
  one?: Case;
}

/** In words, as the mails call it: by what of the case owes it. */
const dutyOf = ({ owed, ...one }: Case, language: Language): string | undefined => {
  const owing = (['slip', 'letter', 'account', 'callback', 'complaint', 'contact'] as const).filter(
    (type) => one[type],
  );
  const key = owing.map((type) => `duty.${type}.${owed?.duty}`).find(isMessageKey);
  return key ? say(key, language) : owed?.duty;
};

const AT_RISK: SheetColumns<AtRiskRow> = [
  ['at-risk.section', ({ risk }, language) => say(risk ? 'at-risk.figure' : 'at-risk.case', language)],
  ['column.measure', ({ risk, one }) => risk?.measure ?? Object.keys(one?.dues ?? {}).join(' ')],
  ['column.name', ({ risk }, language) => risk && nameOf(risk.measure, language)],
  ['at-risk.due', ({ risk, one }, _, told) => timeAt(risk?.firstDue ?? one?.due, told, one?.site)],
  ['column.day', ({ risk, one }) => (risk ?? one)?.day],
  ['at-risk.cases', ({ risk }) => risk?.atRisk],
  ['column.met', ({ risk }) => risk?.figure.met],
  ['column.missed', ({ risk }) => risk?.figure.missed],
  ['column.percent', ({ risk }) => decimalCell(risk?.figure.percent)],
  ['column.target', ({ risk }) => risk?.figure.target],
  ['at-risk.if-none', ({ risk }) => decimalCell(risk?.percentIfNone)],
  ['at-risk.would-miss', ({ risk }, language) => yesOrNo(risk?.wouldMiss, language)],
  ['alerts.late', ({ one }, language) => yesOrNo(one?.late, language)],
  ['at-risk.owed', ({ one }, language) => one && dutyOf(one, language)],
  ['at-risk.position', ({ one }, language) => one?.owed && say(`role.${one.owed.role}`, language)],
  ['column.department', ({ one }, _, told) => one && namedDepartment(one.owed?.department, told, one.site)],
  ['at-risk.claimed-by', ({ one }, _, told) => named('staff', one?.owed?.claimedBy, told)],
  ...CASES.filter(([heading]) => heading !== 'column.day').map(
    ([heading, of]) =>
      [heading, ({ one }: AtRiskRow, language: Language, told: Told) => one && of(one, language, told)] as const,
  ),
];
/** A line for each figure at risk, and for each case of the page. */
export const atRiskFiles = sheetFiles<AtRisk>('at-risk', ({ figures, items }, language, told) =>
  table<AtRiskRow>(AT_RISK, [...figures.map((risk) => ({ risk })), ...items.map((one) => ({ one }))], language, told),
);
