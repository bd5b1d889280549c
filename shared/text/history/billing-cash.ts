import type { Telling } from './template.ts';

/** Receipts and invoices, bank deductions, the cash day, and money that has to be claimed. */
export const CASH_SENTENCES: Readonly<Record<string, Telling>> = {
  'receipt.issued': {
    zh: '收到{method=method} {fen:yuan}，开具收据 {serial}[，其中 {creditFen:yuan} 为预存]',
    en: '{fen:yuan} came in ({method=method}); receipt {serial} was issued[, {creditFen:yuan} of it prepaid]',
  },
  'receipt.voided': {
    zh: '收款 {fen:yuan} 已冲正，收据 {serial} 作废',
    en: 'The payment of {fen:yuan} was reversed; receipt {serial} is void',
  },
  'invoice.asked': {
    zh: '{by}登记发票申请：收据 {serial}，金额 {fen:yuan}',
    en: '{by} recorded that an invoice is asked for: receipt {serial}, {fen:yuan}',
  },
  'invoice.issued': {
    zh: '{by}开具发票 {number}（收据 {serial}，金额 {fen:yuan}）',
    en: '{by} issued invoice {number} (receipt {serial}, {fen:yuan})',
  },
  'invoice.flush-owed': {
    zh: '收款已冲正，发票须红冲',
    en: 'The payment was reversed; its invoice has to be flushed in red',
  },
  'invoice.red-flushed': { zh: '{by}已红冲发票（{number}）', en: '{by} flushed the invoice in red ({number})' },
  'invoice.dropped': {
    zh: '开票前收款已冲正，无须开票',
    en: 'The payment was reversed before; no invoice is owed',
  },

  'deduction.opened': {
    zh: '{by}生成{day:day}代扣批次：{lines} 笔，共 {fen:yuan}',
    en: '{by} opened the deduction batch of {day:day}: {lines#line|lines}, {fen:yuan} in all',
  },
  'deduction.listed': {
    zh: '代扣明细 {lines:count} 笔已列入批次，共 {lines.fen:yuan}',
    en: '{lines#line|lines} put into the batch, {lines.fen:yuan} in all',
  },
  'deduction.paid': {
    zh: '银行{paidOn:day}扣款成功 {lines:count} 笔，共 {lines.fen:yuan}',
    en: 'The bank deducted {lines#line|lines} on {paidOn:day}, {lines.fen:yuan} in all',
  },
  'deduction.failed': {
    zh: '银行扣款失败 {lines:count} 笔，共 {lines.fen:yuan}[（{lines.reason=deduction-failure}）]',
    en: 'The bank did not deduct {lines#line|lines}, {lines.fen:yuan} in all[ ({lines.reason=deduction-failure})]',
  },
  'deduction.result-read': {
    zh: '{by}读入银行回盘文件：成功 {paid} 笔，失败 {failed} 笔[，重复 {repeated} 笔][，无法识别 {bad} 行]',
    en: "{by} read the bank's answer: {paid} paid, {failed} failed[, {repeated} repeated][, {bad#line|lines} unusable]",
  },
  'deduction.given-up': {
    zh: '{by}确认银行不再答复，其余按扣款失败处理：{words:text}',
    en: '{by} gave up on an answer of the bank; what is open counts as failed: {words:text}',
  },
  'deduction.followed-up': {
    zh: '{by}已联系代扣失败的业户：{words:text}',
    en: '{by} took the failed lines up with their payers: {words:text}',
  },

  'cashday.opened': {
    zh: '{day:day}有款项往来，须办理日结',
    en: 'Money moved on {day:day}; the day has to be closed',
  },
  'cashday.closed': {
    zh: '{by}完成{day:day}日结，清点现金 {countedFen:yuan}，待另一人复核签字[：{explanations:text}]',
    en: '{by} closed {day:day} with {countedFen:yuan} of cash counted; a second person has to sign[: {explanations:text}]',
  },
  'cashday.countersigned': { zh: '{by}复核签字，日结完成', en: '{by} signed as the second person; the day is closed' },
  'cashday.changed': {
    zh: '签字后当日账目有变动，须重新日结',
    en: 'The day changed since it was signed and has to be signed anew',
  },
  'cashday.reopened': {
    zh: '{by}撤销日结[（{askedBy:staff}申请）]，须重新日结：{words:text}',
    en: '{by} reopened the day[ ({askedBy:staff} had asked)]; it has to be closed anew: {words:text}',
  },
  'cashday.reopen-asked': {
    zh: '{by}申请撤销日结，待另一人审批：{words:text}',
    en: '{by} asked to reopen the day; a second person decides: {words:text}',
  },
  'cashday.reopen-refused': {
    zh: '{by}驳回撤销日结的申请：{words:text}',
    en: '{by} refused to reopen the day: {words:text}',
  },

  'remittance.told': {
    zh: '流水到账：{channel=method} {fen:yuan}（{paidOn:day}）[，付款人{name:name}]，待认领',
    en: '{fen:yuan} came on {paidOn:day} ({channel=method})[ from {name:name}]; somebody has to claim it',
  },
  'remittance.claimed': ({ rule }) =>
    rule === undefined
      ? { zh: '{by}认领为{party:party}的来款', en: '{by} claimed it for {party:party}' }
      : {
          zh: '按{rule=claim-rule}自动认领为{party:party}的来款',
          en: 'It was claimed for {party:party} by {rule=claim-rule}',
        },
  'remittance.set-aside': {
    zh: '{by}标记为非本项目款项：{words:text}',
    en: '{by} set it aside as no fee: {words:text}',
  },
  'remittance.split': {
    zh: '{by}将来款拆分为 {parts:count} 笔',
    en: '{by} split it into {parts#part|parts}',
  },
  'remittance.joined': {
    zh: '{by}取消拆分，本笔并回原来款',
    en: '{by} joined the line again; this is no part any more',
  },
  'remittance.reopened': {
    zh: '来款须重新认领',
    en: 'Whose it is has to be found out anew',
  },
};
