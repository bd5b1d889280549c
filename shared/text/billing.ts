/** Refusals of billing. */
export const BILLING = {
  'account.not-open': { zh: '账单“{bill}”没有未结金额', en: 'Nothing is open of bill {bill}' },
  'account.nothing-open': { zh: '该账户没有未结金额', en: 'Nothing is open on this account' },
  'account.reversed-before': { zh: '该笔收款已冲正', en: 'Payment {payment} was reversed before' },
  'account.refunded-before': {
    zh: '该笔收款的余额已退还，不能冲正；请先收回退款',
    en: 'What was prepaid by {payment} has been refunded; it cannot be reversed',
  },
  'account.not-prepaid': { zh: '预存余额只有 {fen} 分', en: 'Only {fen} fen are prepaid' },
  'account.more-than-billed': { zh: '该账单只有 {fen} 分', en: 'The bill is only {fen} fen' },
  'account.more-than-open': { zh: '该账单未结金额只有 {fen} 分', en: 'Only {fen} fen of the bill are open' },
  'account.second-person': { zh: '须由另一人审批', en: 'A second person has to decide this' },
  'account.renewed-enough': { zh: '暂停催缴最多续期 {times} 次', en: 'A hold is renewed at most {times} times' },
  'account.no-step': { zh: '该账户没有待办的此类催缴', en: 'No dunning step of this account asks for that now' },
};

/** Words of billing's closed lists, as statements and receipts say them. */
export const BILLING_TERMS = {
  'method.cash': { zh: '现金', en: 'Cash' },
  'method.transfer': { zh: '银行转账', en: 'Bank transfer' },
  'method.deduction': { zh: '银行代扣', en: 'Bank deduction' },
  'method.online': { zh: '线上支付', en: 'Online' },
  'entry.charge': { zh: '应收', en: 'Charged' },
  'entry.discount': { zh: '优惠', en: 'Discount' },
  'entry.late': { zh: '违约金', en: 'Late charge' },
  'entry.adjustment': { zh: '更正', en: 'Corrected' },
  'entry.payment': { zh: '收款', en: 'Paid' },
  'entry.prepayment': { zh: '预存', en: 'Prepaid' },
  'entry.offset': { zh: '预存抵扣', en: 'Paid from prepaid' },
  'entry.waiver': { zh: '减免', en: 'Waived' },
  'entry.refund': { zh: '退款', en: 'Refunded' },
  'entry.reversed': { zh: '冲正：{what}', en: 'Reversed: {what}' },
};
