import type { Telling } from './template.ts';

/** Fee schedules, discounts and readings, bill runs, and slips of paid services. */
export const RUN_SENTENCES: Readonly<Record<string, Telling>> = {
  'schedule.set': {
    zh: '{by}录入收费标准，自{effective:day}起执行，共 {items:count} 个收费科目',
    en: '{by} set the fee schedule from {effective:day} on, with {items#fee item|fee items}',
  },
  'exemption.asked': {
    zh: '{by}申请{unit:unit}的{item:item}减免[ {percent}%][每月 {fen:yuan}]（{from:day}至{to:day}），待另一人审批：{words:text}',
    en: '{by} asked for a discount[ of {percent}%][ of {fen:yuan} a month] on {item:item} of {unit:unit} ({from:day} to {to:day}); a second person decides: {words:text}',
  },
  'exemption.approved': {
    zh: '{by}同意减免（{askedBy:staff}申请）：{words:text}',
    en: '{by} agreed to the discount ({askedBy:staff} had asked): {words:text}',
  },
  'exemption.refused': {
    zh: '{by}驳回减免申请：{words:text}',
    en: '{by} refused the discount: {words:text}',
  },
  'exemption.ended': {
    zh: '{by}提前终止减免，至{to:day}止：{words:text}',
    en: '{by} ended the discount early, its last day being {to:day}: {words:text}',
  },
  'metering.read': {
    zh: '{by}录入{period:month}{item:item}读数 {readings:count} 条',
    en: '{by} entered {readings#reading|readings} of {item:item} for {period:month}',
  },
  'metering.pooled': {
    zh: '{by}录入{period:month}{item:item}公摊金额 {pools.fen:yuan}',
    en: '{by} entered {pools.fen:yuan} of {item:item} to be shared for {period:month}',
  },

  'run.started': ({ round }) =>
    round === 1
      ? { zh: '{by}启动{period:month}出账', en: '{by} started the bill run of {period:month}' }
      : {
          zh: '{by}继续{period:month}出账（第 {round} 轮）',
          en: '{by} went on with the bill run of {period:month} (round {round})',
        },
  'run.hinted': {
    zh: '未完成的出账任务已重新下发',
    en: 'What is left of the bill run was handed out again',
  },
  'run.part-done': {
    zh: '又有 {buildings} 栋楼出账完毕，计 {totals.units} 户、{totals.accounts} 个账户',
    en: '{buildings#building|buildings} more were billed: {totals.units#unit|units}, {totals.accounts#account|accounts}',
  },
  'run.charged': {
    zh: '账单已全部入账，开始发送缴费通知',
    en: 'Every bill is entered; each payer is now sent a notice',
  },
  'run.noticed': {
    zh: '又生成缴费通知 {notices} 份',
    en: '{notices#more notice was|more notices were} made',
  },
  'run.issued': {
    zh: '{period:month}出账完成：{totals.accounts} 个账户，缴费通知 {notices} 份',
    en: 'The bill run of {period:month} is complete: {totals.accounts#account|accounts}, {notices#notice|notices}',
  },
  'run.cancelled': {
    zh: '{by}停止出账，已入账的保持不变：{words:text}',
    en: '{by} stopped the bill run; what was charged stays: {words:text}',
  },
  'part.began': {
    zh: '开始为{stretch.first:building}至{stretch.last:building}出账，共 {stretch.units} 户',
    en: 'Billing of {stretch.first:building} to {stretch.last:building} began, {stretch.units#unit|units}',
  },
  'part.progressed': {
    zh: '出账进行中[：本次 {buildings:count} 栋楼]',
    en: 'Billing goes on[: {buildings#building|buildings} this time]',
  },

  'slip.opened': {
    zh: '{by}为{unit:unit}开有偿服务单，预约 {appointedAt:time}，由{department:department}办理[：{words:text}]',
    en: '{by} opened a paid service for {unit:unit}, appointed for {appointedAt:time}, with {department:department}[: {words:text}]',
  },
  'slip.price-confirmed': {
    zh: '{by}登记：业户{how=agreed}确认价格 {fen:yuan}[：{words:text}]',
    en: '{by} recorded that the owner agreed to {fen:yuan} {how=agreed}[: {words:text}]',
  },
  'slip.done': {
    zh: '{by}登记服务于 {doneAt:time} 完成，要求 {amountDue:due} 前录入金额',
    en: '{by} recorded the work as done on {doneAt:time}; its amount is due by {amountDue:due}',
  },
  'slip.amount-entered': {
    zh: '{by}录入服务金额 {fen:yuan}（时限 {amountDue:due}）',
    en: '{by} entered the amount, {fen:yuan} (due by {amountDue:due})',
  },
  'slip.amount-corrected': {
    zh: '{by}将服务金额更正为 {fen:yuan}',
    en: '{by} corrected the amount to {fen:yuan}',
  },
  'slip.signed': {
    zh: '{by}登记：业户{how=agreed}确认服务和金额 {fen:yuan}[：{words:text}]',
    en: '{by} recorded that the owner confirmed work and amount, {fen:yuan}, {how=agreed}[: {words:text}]',
  },
  'slip.charged': {
    zh: '服务金额 {fen:yuan} 已入账，应缴日期 {dueDay:day}',
    en: '{fen:yuan} stands on the account, due {dueDay:day}',
  },
  'slip.cancelled': {
    zh: '{by}取消服务单（{reason=slip-cancelled}）：{words:text}',
    en: '{by} called it off ({reason=slip-cancelled}): {words:text}',
  },
};
