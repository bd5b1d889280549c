import type { Message } from '../catalogue.ts';
import type { Telling } from './template.ts';

/** The closed loop of complaints. */
export const COMPLAINT_SENTENCES: Readonly<Record<string, Telling>> = {
  'complaint.registered': {
    zh: '{registeredBy:staff}登记{kind=kind}投诉[anonymous?（匿名）][confidential?（要求保密）]，转{department:department}[，被投诉人{about.staff:staff}]，要求 {closeDue:due} 前闭环：{words:text}',
    en: '{registeredBy:staff} registered a complaint[anonymous? (anonymous)][confidential? (in confidence)] about {kind=kind} for {department:department}[, against {about.staff:staff}], to be closed by {closeDue:due}: {words:text}',
  },
  'complaint.doubted': {
    zh: '{by}认为投诉无效（{reason=not-valid}），待另一人复核：{words:text}',
    en: '{by} found it not valid ({reason=not-valid}); a second person has to look: {words:text}',
  },
  'complaint.found-not-valid': {
    zh: '{by}复核后认定投诉无效（{reason=not-valid}）：{words:text}',
    en: '{by} agreed that it is not valid ({reason=not-valid}): {words:text}',
  },
  'complaint.assigned': ({ doubtedBy }) =>
    doubtedBy === undefined
      ? {
          zh: '{by}按有效投诉派单至{department:department}（{kind=kind}）[，要求 {owedBy:due} 前接单]',
          en: '{by} sent it to {department:department} as valid ({kind=kind})[, to be accepted by {owedBy:due}]',
        }
      : {
          zh: '{by}复核认为投诉有效（{doubtedBy:staff}曾判无效），派单至{department:department}[，要求 {owedBy:due} 前接单]',
          en: '{by} looked again, found it valid ({doubtedBy:staff} had not) and sent it to {department:department}[, to be accepted by {owedBy:due}]',
        },
  'complaint.accepted': ({ proxyFor }) =>
    proxyFor === undefined
      ? {
          zh: '{by}代表{department:department}接单[，要求 {owedBy:due} 前办结][!owedBy?（接单时限 {acceptDue:due}）]',
          en: '{by} accepted it for {department:department}[, to be resolved by {owedBy:due}][!owedBy? (to be accepted by {acceptDue:due})]',
        }
      : {
          zh: '{by}代录：{proxyFor:staff}代表{department:department}口头接单[，要求 {owedBy:due} 前办结][!owedBy?（接单时限 {acceptDue:due}）]',
          en: '{by} recorded that {proxyFor:staff} accepted it for {department:department} by word of mouth[, to be resolved by {owedBy:due}][!owedBy? (to be accepted by {acceptDue:due})]',
        },
  'complaint.investigated': {
    zh: '{by}完成调查：{findings:text}',
    en: '{by} investigated it: {findings:text}',
  },
  'complaint.upheld': ({ staff }) =>
    staff === undefined
      ? {
          zh: '{by}认定{kind=kind}投诉属实，责任人未查明',
          en: '{by} upheld the complaint about {kind=kind}; nobody knows who it was',
        }
      : {
          zh: '{by}认定对{staff:staff}的{kind=kind}投诉属实',
          en: '{by} upheld the complaint about {kind=kind} against {staff:staff}',
        },
  'complaint.resolved': ({ ordinal }) =>
    ordinal === 1
      ? { zh: '{by}登记处理结果：{result:text}', en: '{by} gave the result: {result:text}' }
      : {
          zh: '{by}登记第 {ordinal} 次处理结果：{result:text}',
          en: '{by} gave result no. {ordinal}: {result:text}',
        },
  'complaint.unresolved': {
    zh: '{by}登记部门未能解决，报服务中心经理决定：{reason:text}',
    en: '{by} recorded that the department cannot resolve it; the centre manager decides: {reason:text}',
  },
  'complaint.decided': {
    zh: '{by}作出决定：{decision:text}',
    en: '{by} decided: {decision:text}',
  },
  'complaint.marked-important': {
    zh: '{by}标为重大投诉，报管理处主任：{reason:text}',
    en: '{by} marked it important; the site director hears of it: {reason:text}',
  },
  'complaint.reopened': {
    zh: '{by}回访，业户不满意，投诉重新办理[，另有 {opinions} 条意见待答复签字]',
    en: '{by} called back, the owner is dissatisfied, and it was reopened[; {opinions#opinion|opinions} to be answered and signed besides]',
  },
  'complaint.called-back': ({ instead }) => CALLED_BACK[String(instead)] ?? REACHED,
  'complaint.opinions-settled': {
    zh: '回访意见均已答复并签字',
    en: 'All opinions of the callback are answered and signed',
  },
  'complaint.closed': {
    zh: '{by}填写反馈并签字，投诉结案：{feedback:text}',
    en: '{by} wrote the feedback, signed and closed it: {feedback:text}',
  },
};

const REACHED: Message = {
  zh: '{calledBy:staff}回访已接通[，业户评 {rating} 分][，{opinions} 条意见待答复签字]，待部门签字',
  en: '{calledBy:staff} reached the owner[, who gave {rating} of 5][; {opinions#opinion|opinions} to be answered and signed]; the signature is due',
};
const CALLED_BACK: Readonly<Record<string, Message>> = {
  published: {
    zh: '{calledBy:staff}已公示答复，待部门签字',
    en: '{calledBy:staff} made the answer public; the signature is due',
  },
  waived: {
    zh: '{calledBy:staff}批准免回访，待部门签字',
    en: '{calledBy:staff} let the callback go; the signature is due',
  },
};
