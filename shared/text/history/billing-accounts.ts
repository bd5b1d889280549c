import type { Telling } from './template.ts';

const isLess = (fen: unknown): boolean => typeof fen === 'number' && fen < 0;

/** What is charged, paid and corrected on an account. */
export const ACCOUNT_SENTENCES: Readonly<Record<string, Telling>> = {
  'account.opened': {
    zh: '{by}开立账户：{party:party}为{unit:unit}缴费',
    en: '{by} opened the account: {party:party} pays for {unit:unit}',
  },
  'account.charged': ({ run, slip }) =>
    run !== undefined
      ? {
          zh: '出账 {bills:count} 笔，共 {bills.fen:yuan}[，预存抵扣 {offsets.fen:yuan}]',
          en: '{bills#bill|bills} charged, {bills.fen:yuan} in all[; {offsets.fen:yuan} paid from prepaid]',
        }
      : slip !== undefined
        ? {
            zh: '有偿服务费 {bills.fen:yuan} 已入账[，预存抵扣 {offsets.fen:yuan}]',
            en: 'A paid service of {bills.fen:yuan} was charged[; {offsets.fen:yuan} paid from prepaid]',
          }
        : {
            zh: '{by}入账 {bills:count} 笔，共 {bills.fen:yuan}[，预存抵扣 {offsets.fen:yuan}]',
            en: '{by} entered {bills#bill|bills}, {bills.fen:yuan} in all[; {offsets.fen:yuan} paid from prepaid]',
          },
  'account.paid': ({ askedBy }) =>
    askedBy === undefined
      ? {
          zh: '{by}收到{method=method} {fen:yuan}（{paidOn:day}）[，与其他账户合并付款共 {whole.fen:yuan}][lead?，属合并付款的一部分][，其中 {creditFen:yuan} 转预存]',
          en: '{by} took {fen:yuan} on {paidOn:day} ({method=method})[, of {whole.fen:yuan} for several accounts][lead?, part of a payment for several accounts][, {creditFen:yuan} of it prepaid]',
        }
      : {
          zh: '{by}同意{askedBy:staff}补录{paidOn:day}收到的{method=method} {fen:yuan}[，其中 {creditFen:yuan} 转预存]',
          en: '{by} agreed to {fen:yuan} of {paidOn:day} ({method=method}) that {askedBy:staff} entered late[, {creditFen:yuan} of it prepaid]',
        },
  'account.payment-asked': {
    zh: '{by}补录{paidOn:day}收到的{method=method} {fen:yuan}（少计违约金 {lateFen:yuan}），待另一人审批',
    en: '{by} entered {fen:yuan} of {paidOn:day} late ({method=method}), which takes {lateFen:yuan} of late charges away; a second person decides',
  },
  'account.payment-refused': {
    zh: '{by}驳回补录的收款：{words:text}',
    en: '{by} refused the payment entered late: {words:text}',
  },
  'account.reversed': {
    zh: '{by}冲正收款 {fen:yuan}[，{reopened:count} 笔账单恢复未缴]：{words:text}',
    en: '{by} reversed a payment of {fen:yuan}[; {reopened#bill|bills} open again]: {words:text}',
  },
  'account.offset': {
    zh: '预存款抵扣账单 {offsets.fen:yuan}',
    en: '{offsets.fen:yuan} of prepaid money was offset against bills',
  },
  'account.refunded': ({ askedBy }) =>
    askedBy === undefined
      ? {
          zh: '{by}退还预存款 {fen:yuan}（{method=method}）：{words:text}',
          en: '{by} gave back {fen:yuan} of prepaid money ({method=method}): {words:text}',
        }
      : {
          zh: '{by}同意{askedBy:staff}的申请，退还预存款 {fen:yuan}（{method=method}）：{words:text}',
          en: '{by} agreed with {askedBy:staff} to give back {fen:yuan} of prepaid money ({method=method}): {words:text}',
        },
  'account.refund-asked': {
    zh: '{by}申请退还预存款 {fen:yuan}（{method=method}），待另一人审批：{words:text}',
    en: '{by} asked to give back {fen:yuan} of prepaid money ({method=method}); a second person decides: {words:text}',
  },
  'account.refund-refused': {
    zh: '{by}驳回退款申请：{words:text}',
    en: '{by} refused the refund: {words:text}',
  },
  'account.credit-moved': ({ fen }) =>
    isLess(fen)
      ? {
          zh: '{by}将预存款 {fen:amount} 转到该业户的另一账户[：{words:text}]',
          en: '{by} moved {fen:amount} of prepaid money to another account of the payer[: {words:text}]',
        }
      : {
          zh: '{by}从该业户的另一账户转入预存款 {fen:amount}[：{words:text}]',
          en: '{by} moved {fen:amount} of prepaid money here from another account of the payer[: {words:text}]',
        },
  'account.adjusted': ({ fen }) =>
    isLess(fen)
      ? {
          zh: '{by}调减{bill:bill} {fen:amount}[（{askedBy:staff}申请）][，多缴的 {freedFen:yuan} 转预存]：{words:text}',
          en: '{by} took {fen:amount} off {bill:bill}[ ({askedBy:staff} had asked)][; {freedFen:yuan} paid before is prepaid now]: {words:text}',
        }
      : {
          zh: '{by}调增{bill:bill} {fen:amount}[（{askedBy:staff}申请）]：{words:text}',
          en: '{by} added {fen:amount} to {bill:bill}[ ({askedBy:staff} had asked)]: {words:text}',
        },
  'account.adjustment-asked': ({ fen }) =>
    isLess(fen)
      ? {
          zh: '{by}申请调减{bill:bill} {fen:amount}，待另一人审批：{words:text}',
          en: '{by} asked to take {fen:amount} off {bill:bill}; a second person decides: {words:text}',
        }
      : {
          zh: '{by}申请调增{bill:bill} {fen:amount}，待另一人审批：{words:text}',
          en: '{by} asked to add {fen:amount} to {bill:bill}; a second person decides: {words:text}',
        },
  'account.adjustment-refused': {
    zh: '{by}驳回账单调整申请：{words:text}',
    en: '{by} refused the correction: {words:text}',
  },
  'account.waiver-asked': {
    zh: '{by}申请减免{bill:bill} {fen:yuan}，待另一人审批：{words:text}',
    en: '{by} asked to waive {fen:yuan} of {bill:bill}; a second person decides: {words:text}',
  },
  'account.waived': {
    zh: '{by}同意减免{bill:bill} {allocations.fen:yuan}（{askedBy:staff}申请）',
    en: '{by} agreed to waive {allocations.fen:yuan} of {bill:bill} ({askedBy:staff} had asked)',
  },
  'account.waiver-refused': {
    zh: '{by}驳回减免申请：{words:text}',
    en: '{by} refused the waiver: {words:text}',
  },
  'account.late-charged': ({ charges }) =>
    Array.isArray(charges) && charges.reduce((sum: number, { fen }: { fen: number }) => sum + fen, 0) < 0
      ? {
          zh: '冲回违约金 {charges.fen:amount}（计至{through:day}）',
          en: '{charges.fen:amount} of late charges taken back (up to {through:day})',
        }
      : {
          zh: '计收违约金 {charges.fen:yuan}（计至{through:day}）',
          en: '{charges.fen:yuan} of late charges accrued (up to {through:day})',
        },
  'account.mandated': {
    zh: '{by}登记银行代扣协议（{bank:name}）',
    en: '{by} entered the mandate for bank deduction ({bank:name})',
  },
  'account.mandate-ended': { zh: '{by}终止银行代扣协议', en: '{by} ended the mandate for bank deduction' },
  'account.rescheduled': {
    zh: '政策调整，账户的后续日程相应变更',
    en: 'The policy changed, and the dates of the account with it',
  },
  'account.closed': {
    zh: '自{on:day}起由他人缴费，本账户停止出账，原有欠费仍由本户承担',
    en: 'Somebody else pays from {on:day}; what was owed before stays with this payer',
  },
  'account.reopened': {
    zh: '房屋恢复由该业户缴费，账户重新启用',
    en: 'This payer pays for the unit again',
  },
};
