import { CATALOGUE, isMessageKey, type Message } from '../catalogue.ts';
import type { Data } from './entry.ts';

/** The clock's own steps: what was owed, by when, and who heard of it. */
const RUNGS: Readonly<Record<string, Message>> = {
  reminded: {
    zh: '到期提醒：{duty}，应于 {due:due} 前完成，已提醒{to:position}[（经办人：{claimedBy:staff}）]',
    en: 'Due soon: {duty}, by {due:due}; the {to:position} was reminded[ (taken on by {claimedBy:staff})]',
  },
  missed: {
    zh: '逾期未办：{duty}（应于 {due:due} 前完成），已报告{to:position}[（经办人：{claimedBy:staff}）]',
    en: 'Overdue: {duty} (due by {due:due}); the {to:position} was told[ (taken on by {claimedBy:staff})]',
  },
  escalated: {
    zh: '逾期升级：{duty}（应于 {due:due} 前完成），已上报{to:position}[（经办人：{claimedBy:staff}）]',
    en: 'Still overdue: {duty} (due by {due:due}); it went up to the {to:position}[ (taken on by {claimedBy:staff})]',
  },
};

const kindOf = (event: string): string => event.slice(event.indexOf('.') + 1);
export const isRung = (event: string): boolean => Object.hasOwn(RUNGS, kindOf(event));

/** The duty's own words in the sentence of its rung. */
export const rungMessage = (event: string, { duty }: Data): Message => {
  const key = `duty.${event.slice(0, event.indexOf('.'))}.${duty}`;
  const words: Message = CATALOGUE[isMessageKey(key) ? key : 'history.duty'];
  const { zh, en } = RUNGS[kindOf(event)] ?? CATALOGUE['history.something'];
  return { zh: zh.replace('{duty}', () => words.zh), en: en.replace('{duty}', () => words.en) };
};
