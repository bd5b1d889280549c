import type { Message } from '../catalogue.ts';
import type { Telling } from './template.ts';

/** The ladder of an account: its steps, and what pauses it. */
export const DUNNING_SENTENCES: Readonly<Record<string, Telling>> = {
  'account.hold-asked': ({ renews }) =>
    renews === undefined
      ? {
          zh: '{by}申请暂缓催缴至{until:day}（{kind=hold-kind}），待另一人审批：{words:text}',
          en: '{by} asked to pause dunning until {until:day} ({kind=hold-kind}); a second person decides: {words:text}',
        }
      : {
          zh: '{by}申请将暂缓催缴续期至{until:day}（{kind=hold-kind}），待另一人审批：{words:text}',
          en: '{by} asked to pause dunning longer, until {until:day} ({kind=hold-kind}); a second person decides: {words:text}',
        },
  'account.held': ({ complaint }) =>
    complaint === undefined
      ? {
          zh: '{by}同意暂缓催缴，{from:day}至{until:day}（{kind=hold-kind}）',
          en: '{by} agreed to pause dunning from {from:day} until {until:day} ({kind=hold-kind})',
        }
      : {
          zh: '业户投诉收费，自{from:day}起暂缓催缴，最迟至{until:day}',
          en: 'The payer complained about the fee: dunning pauses from {from:day}, until {until:day} at the latest',
        },
  'account.hold-refused': {
    zh: '{by}驳回暂缓催缴的申请：{words:text}',
    en: '{by} refused to pause dunning: {words:text}',
  },
  'account.released': {
    zh: '暂缓催缴结束（{why=hold-release}），恢复催缴',
    en: 'The pause is over ({why=hold-release}); dunning goes on',
  },
  'account.service-complained': {
    zh: '该房屋的服务投诉判定有效，催缴函件须人工确认后再发',
    en: 'A complaint about the service was judged valid: a person decides before a dunning letter goes out',
  },
  'account.service-settled': {
    zh: '服务投诉已结案，催缴恢复自动进行',
    en: 'The complaint about the service is closed; dunning goes on by itself',
  },
  'account.money-proposed': {
    zh: '有一笔待认领来款可能是该业户所付，催缴函件须人工确认后再发',
    en: 'Money nobody has claimed may be from this payer: a person decides before a dunning letter goes out',
  },
  'account.money-decided': {
    zh: '待认领来款已查清，催缴恢复自动进行',
    en: 'It is known whose that money is; dunning goes on by itself',
  },
  'account.step-due': ({ asks }) => {
    const { zh, en } = asks === undefined ? NOTHING : ASKS;
    return {
      zh: `{on:day}应办催缴：{message=rung}，未缴 {debts.openFen:yuan}（{dueDay:day}到期）${zh}`,
      en: `Dunning of {on:day}: {message=rung}, {debts.openFen:yuan} open (due {dueDay:day})${en}`,
    };
  },
  'account.step-held': {
    zh: '{on:day}应办的催缴（{rung=rung}）因暂缓未办：{kind=hold-kind}',
    en: 'The {rung=rung} of {on:day} was held back ({kind=hold-kind})',
  },
  'account.step-superseded': ({ rung, by }) =>
    rung === by
      ? {
          zh: '{on:day}应办的催缴（{rung=rung}）漏办，顺延办理',
          en: 'The {rung=rung} of {on:day} was missed; it is carried out later',
        }
      : {
          zh: '{on:day}应办的催缴（{rung=rung}）漏办，由“{data.by=rung}”代替',
          en: 'The {rung=rung} of {on:day} was missed; the {data.by=rung} takes its place',
        },
  'account.step-sent': {
    zh: '{by}决定照常发出{message=rung}：{words:text}',
    en: '{by} decided that the {message=rung} goes out all the same: {words:text}',
  },
  'account.part-done': ({ channel }) => PARTS[String(channel)] ?? PART,
  'account.part-proven': {
    zh: '{on:day}催缴（{rung=rung}）的{channel=dunning-channel}补充送达凭证（{evidence.at:time}）[，{evidence.receivedBy=receiver}签收]',
    en: 'More proof of the {rung=rung} of {on:day} ({channel=dunning-channel}, {evidence.at:time})[, taken by {evidence.receivedBy=receiver}]',
  },
  'account.step-done': ({ settled }) =>
    settled === true
      ? {
          zh: '欠费已结清，{on:day}应办的催缴（{rung=rung}）无须再办',
          en: 'Nothing is open any more: the {rung=rung} of {on:day} need not be carried out',
        }
      : {
          zh: '{on:day}应办的催缴（{rung=rung}）已于 {doneAt:time} 办结',
          en: 'The {rung=rung} of {on:day} was carried out ({doneAt:time})',
        },
  'account.called': {
    zh: '{by}电话催缴未接通（[第 {nth} 次，]{outcome=call-outcome}）[message?，已发短信或留言]',
    en: '{by} called the payer in vain ([try {nth}, ]{outcome=call-outcome})[message?; a message was left]',
  },
};

const NOTHING: Message = { zh: '', en: '' };
const ASKS: Message = {
  zh: '，{asks=step-asks}，须人工决定',
  en: '; {asks=step-asks}, so a person decides',
};

const PART: Message = {
  zh: '{by}办理{rung=rung}（{evidence.at:time}）',
  en: '{by} carried out the {rung=rung} ({evidence.at:time})',
};
const PARTS: Readonly<Record<string, Message>> = {
  email: {
    zh: '催缴邮件（{rung=rung}）已发出（{evidence.at:time}）',
    en: 'The email of the {rung=rung} went out ({evidence.at:time})',
  },
  phone: {
    zh: '{by}完成电话催缴（{evidence.at:time}）[：{evidence.outcome=dunning-outcome,call-outcome}]',
    en: '{by} made the dunning call ({evidence.at:time})[: {evidence.outcome=dunning-outcome,call-outcome}]',
  },
  letter: {
    zh: '催缴函件（{rung=rung}）已送出（{evidence.at:time}）[，{evidence.receivedBy=receiver}签收]',
    en: 'The letter of the {rung=rung} went out ({evidence.at:time})[, taken by {evidence.receivedBy=receiver}]',
  },
  visit: {
    zh: '{by}上门催缴（{evidence.at:time}）[：{evidence.outcome=dunning-outcome,call-outcome}]',
    en: '{by} visited the payer ({evidence.at:time})[: {evidence.outcome=dunning-outcome,call-outcome}]',
  },
  review: {
    zh: '{by}完成主任复核（{evidence.at:time}）[：{evidence.outcome=dunning-outcome,call-outcome}]',
    en: "{by} made the director's review ({evidence.at:time})[: {evidence.outcome=dunning-outcome,call-outcome}]",
  },
};
