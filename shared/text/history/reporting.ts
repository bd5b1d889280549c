import { CATALOGUE, type Message, type MessageKey } from '../catalogue.ts';
import type { Data } from './entry.ts';
import type { Telling } from './template.ts';

/** Alerts, measures to become better, months and reports. */
export const REPORTING_SENTENCES: Readonly<Record<string, Telling>> = {
  'alert.raised': (data) => raised(data),
  'alert.acknowledged': {
    zh: '{by}确认预警：{words:text}',
    en: '{by} acknowledged the alert: {words:text}',
  },
  'improvement.planned': {
    zh: '{by}制定改进措施（{topic=report.topic,measure}），由{position:position}负责，{dueDay:day}前完成：{words:text}',
    en: '{by} planned an improvement ({topic=report.topic,measure}) for the {position:position}, by {dueDay:day}: {words:text}',
  },
  'improvement.progressed': {
    zh: '{by}登记改进进展：{words:text}',
    en: '{by} recorded how far it is: {words:text}',
  },
  'improvement.done': {
    zh: '{by}登记改进措施已完成：{words:text}',
    en: '{by} recorded it as done: {words:text}',
  },
  'improvement.dropped': {
    zh: '{by}决定不再实施该改进措施：{words:text}',
    en: '{by} dropped it: {words:text}',
  },
  'month.closed': {
    zh: '{by}签字结账：{month:month}的指标和收缴率定稿',
    en: '{by} signed and closed {month:month}: its figures and collection rates stand',
  },
  'report.issued': {
    zh: '{by}出具{period:month}服务质量报告（第 {edition} 版）',
    en: '{by} issued the report of {period:month} (edition {edition})',
  },
  'report.links-ended': {
    zh: '{by}停用已发出的{period:month}报告链接：{words:text}',
    en: '{by} ended the links to the report of {period:month}: {words:text}',
  },
};

/** What an alert is about, by the kind of it. */
const SUBJECTS: Readonly<Record<string, string>> = {
  kind: '{value=kind}',
  building: '{value:building}',
  measure: '{value=measure}',
};
const RULES: Readonly<Record<string, MessageKey>> = {
  major: 'duty.alert.major',
  rise: 'duty.alert.rise',
  'at-risk': 'duty.alert.at-risk',
};

const raised = ({ rule, of }: Data): Message => {
  const { zh, en }: Message = CATALOGUE[RULES[String(rule)] ?? 'digest.alert'];
  const about = (text: string) => text.replace('{what}', SUBJECTS[String(of)] ?? '{of=alert-of}');
  const how: Message =
    rule === 'at-risk'
      ? {
          zh: '[figure?，未达标 {figure.missed} 件、即将到期 {figure.atRisk} 件][，最早 {firstDue:due} 到期]',
          en: '[figure?, {figure.missed} missed, {figure.atRisk} at risk][, first due {firstDue:due}]',
        }
      : {
          zh: '[，当日投诉 {count} 件][，涉及 {households} 户]',
          en: '[, {count#complaint|complaints} that day][, {households#household|households}]',
        };
  return { zh: `{day:day}预警：${about(zh)}${how.zh}`, en: `Alert of {day:day}: ${about(en)}${how.en}` };
};
