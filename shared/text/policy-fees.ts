/** What the values of a policy mean that are about fees, letters, dunning and the books. */
export const POLICY_FEES = {
  'policy.dueDay': {
    zh: '费用缴费截止日：计费期首月的几号',
    en: 'Fees fall due on this day of the first month of their period',
  },
  'policy.dunFriendlyDays': { zh: '逾期后发送温馨提示（邮件）', en: 'A friendly reminder by email goes out' },
  'policy.dunReminderDays': { zh: '逾期后发送催缴邮件并安排电话催缴', en: 'A reminder by email and a phone task' },
  'policy.dunSecondNoticeDays': { zh: '逾期后发出第二次催缴通知单', en: 'The second notice' },
  'policy.dunDemandDays': {
    zh: '逾期后发出催缴函，送达须签收',
    en: 'The formal demand letter, delivered against signature',
  },
  'policy.dunVisitDays': { zh: '逾期后上门催缴', en: 'A visit' },
  'policy.dunReviewDays': { zh: '逾期后提请管理处主任复核', en: "The director's review" },
  'policy.dunMinute': { zh: '每日确定当天催缴步骤的时刻（09:00）', en: 'Dunning steps are decided at (09:00)' },
  'policy.letterCostFen': {
    zh: '每份函件的打印和派送成本，用于催缴试算',
    en: 'What a letter costs to print and deliver, for rehearsals',
  },
  'policy.demandPayDays': {
    zh: '第二次催缴通知单和催缴函给予业户的缴费期限',
    en: 'A second notice and a formal letter give the payer this long to pay',
  },
  'policy.arrivalDays': {
    zh: '催缴函发出后，取得送达凭证的时限',
    en: 'A formal letter that was sent has provably arrived within',
  },
  'policy.paymentBackDays': {
    zh: '收款最迟可在到账后多久补录',
    en: 'A payment is entered at most this long after the day on which it came',
  },
  'policy.backdateLateFen': {
    zh: '补录收款时，一人可冲减的违约金上限；超出的须由第二人审批',
    en: 'A payment entered late takes at most this much of late charges away by one person; more waits for a second',
  },
  'policy.adjustAloneFen': {
    zh: '一人可更正账单的金额上限（每张账单累计，且其账户 31 天内累计）；超出的须由第二人审批',
    en: 'Bills are corrected by at most this much by one person: a bill ever, and its account within 31 days; more waits for a second',
  },
  'policy.refundAloneFen': {
    zh: '一人可退还某账户预存款的累计金额上限；超出的须由第二人审批',
    en: 'Of an account’s prepaid money at most this much is given back by one person, taken together; more waits for a second',
  },
  'policy.cashDayAloneFen': {
    zh: '一人可重开日结的金额上限；现金长短款超出此数的，须由有权审批减免的人复核签字',
    en: 'A cash day of at most this much is reopened by one person; cash short or over by more is countersigned by who decides on waivers',
  },
  'policy.holdDays': { zh: '暂缓催缴的最长期限', en: 'A hold on dunning ends within' },
  'policy.holdRenewals': { zh: '暂缓催缴最多可续期的次数', en: 'A hold is renewed at most' },
  'policy.approveHours': {
    zh: '减免、暂缓、更正、退款、补录收款等申请，第二人审批的时限',
    en: 'A second person decides on a waiver, a hold, a correction, a refund or a payment entered late within',
  },
  'policy.limitationWarnMonths': {
    zh: '欠费三年诉讼时效将至，满多久即提醒',
    en: 'A debt nears its limitation of three years; somebody hears of it after',
  },
  'policy.lateChargePerMillion': {
    zh: '逾期本金的违约金日费率（单利，累计不超过本金；0 为不收取），法定上限为一年期 LPR 的四倍',
    en: 'Simple late charge on overdue principal, never above it; 0 is off. The legal cap is four times the one-year LPR',
  },
  'policy.mailUnknownMinutes': {
    zh: '邮件发送结果多久不明，即转人工处理',
    en: 'A mail whose outcome is unknown becomes a task of a person after',
  },
  'policy.mailsPerOwnerDay': {
    zh: '每位业户每日最多收到的邮件数，其余改用纸质函件',
    en: 'An owner gets at most this many mails a day; what is more goes on paper',
  },
  'policy.bounceStopPercent': {
    zh: '邮箱失效的退信达到多大比例，该批次出账停止发送邮件',
    en: 'A run stops sending at this share of hard bounces',
  },
  'policy.bounceStopFrom': {
    zh: '该批次出账的邮件达到多少封起，才按退信比例判断',
    en: 'A run looks at its bounces from this many mails on',
  },
  'policy.badAddressFrom': {
    zh: '连续多少封邮件被暂时退回，即由客服联系业户更换邮箱',
    en: 'So many mails in a row that came back for now make an address one that an agent asks to replace',
  },
  'policy.newAddressDays': {
    zh: '邮箱退信后，客服向业户索取新邮箱的时限',
    en: 'An agent asks for a new address when one bounces, within',
  },
  'policy.slipAmountDays': {
    zh: '有偿服务完工后，最迟在第几天 24:00 前录入金额',
    en: "A paid service's amount is entered by 24:00 of this many days after completion",
  },
  'policy.slipSignDays': { zh: '有偿服务单签字的时限', en: "A paid service's slip is signed within" },
  'policy.deductionCutOffDay': {
    zh: '有偿服务单纳入当月银行代扣的截止日',
    en: 'Slips go to the deduction batch by',
  },
  'policy.unclaimedDays': {
    zh: '对账单上的待认领款项，查清付款人的时限',
    en: 'Whose money a statement tells of is found out within',
  },
  'policy.closeCashDays': {
    zh: '按收款渠道完成日结的时限，自次日起算',
    en: 'After its day, a cash day is closed by channel within',
  },
  'policy.deductionResultDays': {
    zh: '代扣文件送出后，读取银行回盘结果的时限',
    en: "The bank's answer to a deduction batch is read within",
  },
  'policy.failedDeductionDays': {
    zh: '代扣失败后，与业户联系处理的时限',
    en: 'Failed deductions are taken up with their payers within',
  },
  'policy.invoiceDays': {
    zh: '业户索取的发票开具、作废收款的发票红冲的时限',
    en: 'An invoice that was asked for is issued, or one of a void payment flushed, within',
  },
  'policy.openRequestsMost': {
    zh: '同一账户最多可有多少项申请同时待第二人审批',
    en: 'At most this many requests of one account wait for a second person',
  },
  'policy.mailsPerHour': {
    zh: '每人每小时在一个项目最多引发多少封发给业户的邮件；一次出账无论发出多少封，只计一封',
    en: 'One person causes at most this many mails to owners an hour, at a site; a bill run is one, however many it mails',
  },
  'policy.rehearsalsPerHour': {
    zh: '每人每小时在一个项目最多试算催缴的次数',
    en: 'One person rehearses dunning at most this often an hour, at a site',
  },
  'policy.keepEvidenceDays': {
    zh: '催缴送达凭证的保存期限（《民法典》第一百八十八条）',
    en: 'Proof that a demand arrived is kept for (Civil Code art. 188)',
  },
  'policy.keepBooksDays': {
    zh: '会计档案的保存期限（法定 30 年）',
    en: 'What belongs to the books is kept for (30 years by law)',
  },
};
