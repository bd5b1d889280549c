/** Refusals of billing. */
export const BILLING = {
  'receipt.void': { zh: '收据 {serial} 已作废', en: 'Receipt {serial} is void' },
  'receipt.refunded': { zh: '收据 {serial} 的款项已全部退还', en: 'What receipt {serial} is for was given back' },
  'receipt.too-many': {
    zh: '该区间的收据超过 {max} 张，请缩短区间',
    en: 'There are more than {max#receipt|receipts} in that span; ask for a shorter one',
  },
  'invoice.not-now': {
    zh: '发票处于“{status}”状态，不能这样操作（允许的状态：{allowedFrom}）',
    en: 'The invoice is {status}; this is possible from: {allowedFrom}',
  },
  'deduction.not-now': {
    zh: '该批次处于“{status}”状态，不能这样操作（允许的状态：{allowedFrom}）',
    en: 'The batch is {status}; this is possible from: {allowedFrom}',
  },
  'deduction.nothing-due': {
    zh: '已签代扣协议的账户没有到期未结金额',
    en: 'No account with a mandate owes anything that is due',
  },
  'deduction.nothing-failed': { zh: '没有待跟进的代扣失败', en: 'No failed deduction waits to be followed up' },
  'deduction.account-number': {
    zh: '这看起来是银行账号；只能登记银行给出的代扣协议号',
    en: "This looks like an account number; only the bank's token for the mandate is kept",
  },
  'deduction.closed': { zh: '该账户已于 {on} 关闭', en: 'The account was closed on {on}' },
  'slip.not-now': {
    zh: '服务单处于“{status}”状态，不能这样操作（允许的状态：{allowedFrom}）',
    en: 'The slip is {status}; this is possible from: {allowedFrom}',
  },
  'slip.other-department': { zh: '该服务单由其他部门负责', en: 'Another department does this work' },
  'slip.above-price': {
    zh: '金额超过业户确认的价格（{fen:yuan}），请先由业户重新确认',
    en: 'The owner agreed to {fen:yuan}; a higher amount has to be confirmed anew first',
  },
  'account.not-open': { zh: '账单“{bill}”没有未结金额', en: 'Nothing is open of bill {bill}' },
  'account.payment-shared': {
    zh: '该笔收款分布在业户的多个账户，请通过“收款冲正”整笔冲正',
    en: 'Payment {payment} lies on several accounts of the payer; it is reversed as a whole',
  },
  'account.other-payer': { zh: '账户 {account} 不属于该缴费人', en: 'Account {account} is not of this payer' },
  'account.no-accounts': { zh: '该缴费人在本项目没有账户', en: 'This payer has no account at the site' },
  'remittance.not-now': {
    zh: '该笔到账款项（或其中一部分）已认领、已标记为非本项目款项，或拆分状态不符',
    en: 'This money, or a part of it, has been claimed, set aside, split or joined',
  },
  'remittance.part': {
    zh: '拆分后的部分不能再拆分；请先合并，再重新拆分',
    en: 'This is a part already; join the line, and split it anew',
  },
  'remittance.doubtful': {
    zh: '金额与该缴费人现有欠费不符，不能自动入账，须人工认领',
    en: 'It is not what is owed by now: a person claims it',
  },
  'remittance.payment-taken': {
    zh: '收款 {payment} 已对应另一笔到账款项',
    en: 'Payment {payment} is another line of a statement already',
  },
  'remittance.payment-reversed': {
    zh: '收款 {payment} 已冲正，不能与到账款项对应；请按实际缴费人认领',
    en: 'Payment {payment} was reversed; claim the money for whose it is',
  },
  'remittance.other-sum': {
    zh: '收款 {payment} 的金额为 {fen:yuan}，与到账款项不符',
    en: 'Payment {payment} is of {fen:yuan}; that is not what came',
  },
  'remittance.other-channel': {
    zh: '收款 {payment} 登记的渠道是“{method:word}”，与该笔来款的渠道不一致；登记有误的，请先冲正再认领',
    en: 'Payment {payment} was entered as {method:word}; the money came by another channel. If that was a mistake, reverse it first',
  },
  'cashday.moved': {
    zh: '当日账目在您查看之后有变动，请重新查看、核对后再签字',
    en: 'The day has changed since you looked at it; look again before you sign',
  },
  'cashday.closed': {
    zh: '当日已结账，此后没有变动；如需更正，请先撤销结账',
    en: 'This day is closed, and nothing has changed since; to correct it, reopen it first',
  },
  'cashday.being-booked': {
    zh: '当日有已认领的款项正在生成收据，请稍候片刻再结账',
    en: 'The receipt of money that was just claimed is being written; close the day in a moment',
  },
  'cashday.not-closed': {
    zh: '当日尚未结账，或已由第二人复核',
    en: 'The day is not closed, or has its second signature already',
  },
  'cashday.not-signed': { zh: '当日尚未结账，无需撤销', en: 'The day is not closed; there is nothing to reopen' },
  'cashday.closed-as-another': {
    zh: '日结人的登录账号或岗位在此之后已变更，请撤销日结后重新日结',
    en: 'Who closed the day signs in as another since, or was given another position: reopen the day, and close it anew',
  },
  'cashday.second-person': {
    zh: '复核须由结账人以外的另一人签字',
    en: 'The second signature has to be of another person than who closed the day',
  },
  'cashday.decider': {
    zh: '现金长短款超过 {fen:yuan}，须由服务中心经理或管理处主任复核签字',
    en: 'Cash is short or over by more than {fen:yuan}: the centre manager or the director gives the second signature',
  },
  'cashday.reopen-asked': {
    zh: '已有人申请撤销该日结，正等待审批',
    en: 'Somebody has asked to reopen this day; it waits for a second person',
  },
  'statement.line.day': { zh: '第 {line} 行：看不出日期', en: 'Line {line}: no day can be read' },
  'statement.line.day-too-far': {
    zh: '第 {line} 行：日期不在 {from} 至 {to} 之间，未读入',
    en: 'Line {line}: its day is not from {from} to {to}; it was not read',
  },
  'statement.line.amount': { zh: '第 {line} 行：看不出金额', en: 'Line {line}: no amount can be read' },
  'statement.line.direction': {
    zh: '第 {line} 行：看不出是收入还是支出',
    en: 'Line {line}: it does not say whether money came or went',
  },
  'statement.line.number-again': {
    zh: '第 {line} 行：流水号和金额与前面一行相同，其他内容不同，请核对后手工登记',
    en: 'Line {line}: number and sum are those of a line before, the rest differs: look at both and enter it by hand',
  },
  'statement.columns': {
    zh: '流水文件缺少日期或金额列；读到的表头：{header}',
    en: 'The statement has no column of days or of amounts; taken for its header: {header}',
  },
  'account.same-reference': {
    zh: '该流水号已登记过一笔收款：{paidOn}，{fen:yuan}。是否为同一笔？确认是另一笔的，请以“另一笔”（sameReference）提交',
    en: 'A payment with this reference is known: {fen:yuan} of {paidOn}. Is it the same one? If it is another, send it with sameReference',
  },
  'account.nothing-open': { zh: '该账户没有未结金额', en: 'Nothing is open on this account' },
  'account.reversed-before': { zh: '该笔收款已冲正', en: 'Payment {payment} was reversed before' },
  'account.refunded-before': {
    zh: '该笔收款的余额已退还，不能冲正；请先收回退款',
    en: 'What was prepaid by {payment} has been refunded; it cannot be reversed',
  },
  'account.not-prepaid': { zh: '预存余额只有 {fen:yuan}', en: 'Only {fen:yuan} is prepaid' },
  'account.refund-parts': {
    zh: '预存余额由多笔收款组成，单次最多可退 {fen:yuan}，请分次办理',
    en: 'The prepaid balance comes from very many payments: give back at most {fen:yuan} at once',
  },
  'account.invoiced': {
    zh: '现在最多可退 {fen:yuan}：收款 {payments} 已开发票，请先红冲',
    en: 'At most {fen:yuan} can be given back now: the invoice of {payments} has to be flushed in red first',
  },
  'account.more-than-billed': { zh: '该账单只有 {fen:yuan}', en: 'The bill is only {fen:yuan}' },
  'account.too-large': { zh: '一笔账单最多 {fen:yuan}', en: 'A bill is at most {fen:yuan}' },
  'arrears.twice': {
    zh: '{period} 的同一收费项目填写了两次；每个账期只填一笔',
    en: 'The same fee item is there twice for {period}; give each period once',
  },
  'arrears.another': {
    zh: '{period} 的该项欠费已录入，原金额为 {fen:yuan}，与本次的金额或缴费截止日期不一致；如需更正请做账单调整',
    en: 'Arrears of {period} are there already, of {fen:yuan}; the sum or the due day differs. Adjust the bill to correct it',
  },
  'account.more-than-open': { zh: '该账单未结金额只有 {fen:yuan}', en: 'Only {fen:yuan} of the bill is open' },
  'account.called-enough': {
    zh: '该催缴步骤已登记 {most} 次未接通的电话，请改用上门或信函',
    en: 'This step has {most#call|calls} in vain already; visit the payer, or write',
  },
  'account.requests-most': {
    zh: '该账户待他人审批的申请已达上限（{most} 件），请先审批后再提交',
    en: 'At most {most#request|requests} of one account wait for a second person; some have to be decided first',
  },
  'account.second-person': { zh: '须由另一人审批', en: 'A second person has to decide this' },
  'second-person.new-sign-in': {
    zh: '您的登录账号或岗位启用、变更不满 {hours} 小时，暂不能提出或审批须两人办理的事项',
    en: 'Your sign-in was changed, or your position is new, less than {hours#hour|hours} ago: until then you neither ask for nor decide on what takes two people',
  },
  'second-person.began-as-another': {
    zh: '提出人的登录账号或岗位在此之后已变更，该申请不再有效：请驳回，由其重新提出',
    en: 'Who asked signs in as another since, or was given another position, so this no longer stands: refuse it, and have it asked for anew',
  },
  'account.renewed-enough': { zh: '暂停催缴最多续期 {times} 次', en: 'A hold is renewed at most {times#time|times}' },
  'account.hold-over': {
    zh: '该暂停已于 {until} 到期，只能驳回',
    en: 'The hold would have ended on {until}; it can only be refused',
  },
  'account.no-step': { zh: '该账户没有待办的此类催缴', en: 'No dunning step of this account asks for that now' },
  'fees.too-many-versions': {
    zh: '收费标准最多 {max} 个版本',
    en: 'A fee schedule has at most {max#version|versions}',
  },
  'fees.too-many-items': { zh: '收费项目最多 {max} 个', en: 'A site has at most {max} fee items over time' },
  'fees.item-changed': {
    zh: '收费项目“{item}”的计费方式或周期不能更改；请用新的项目代码',
    en: 'What fee item {item} is worked out from, or its cycle, cannot change; use a new code',
  },
  'fees.not-metered': { zh: '“{item}”不是按表计量的收费项目', en: '{item} is no metered fee item of this site' },
  'fees.not-shared': { zh: '“{item}”不是公摊收费项目', en: '{item} is no shared fee item of this site' },
  'fees.being-billed': {
    zh: '{period} 正在计费；请等它完成，或先取消该批次，再改收费标准',
    en: '{period} is being billed: let the run finish, or cancel it, before what is charged for it changes',
  },
  'fees.billed': {
    zh: '{period} 的计费已开始，房屋 {unit} 的读数不能再改；请用账单更正',
    en: 'Billing of {period} has begun: the reading of {unit} can no longer change; correct the bill instead',
  },
  'fees.pool-billed': {
    zh: '{period} 的计费已开始，公摊金额不能再改；请用账单更正',
    en: 'Billing of {period} has begun: what is shared can no longer change; correct the bills instead',
  },
  'exemption.decided': { zh: '该减免已审批', en: 'This exemption has been decided on' },
  'exemption.not-in-force': { zh: '该减免未生效', en: 'This exemption is not in force' },
  'run.no-schedule': {
    zh: '该项目在 {period} 没有收费标准',
    en: 'The site has no fee schedule in force in {period}',
  },
  'run.no-units': { zh: '该项目没有房屋', en: 'The site has no units' },
  'run.too-many-units': { zh: '房屋超过 {max} 套', en: 'The site has more than {max#unit|units}' },
  'run.not-running': { zh: '该批次不在计费中', en: 'This run is not charging' },
};

/** Words of billing's closed lists, as statements and receipts say them. */
export const BILLING_TERMS = {
  'asks.service-complaint': {
    zh: '该房屋有经核实属实、尚未办结的服务投诉，先解决服务问题再催缴：请申请暂停催缴，或上门沟通并登记结果；确需发函的，由您决定照常发出',
    en: 'A complaint about the service to this unit was judged valid and is still open; the service is put right first. Ask for a hold, or visit and record how it went; where the letter has to go all the same, you send it',
  },
  'asks.unclaimed-money': {
    zh: '有一笔待认领的来款很可能是该业主付的，先核实再催缴：请致电业主核对，是其所付的请财务认领（认领后自动销账）；确认不是的，由您决定照常发出',
    en: 'Money that nobody has claimed yet is probably from this payer; it is cleared up first. Call and ask: if it is theirs, finance claims it, and it pays what is open; if it is not, you send the letter',
  },
  'method.cash': { zh: '现金', en: 'Cash' },
  'method.transfer': { zh: '银行转账', en: 'Bank transfer' },
  'method.wechat': { zh: '微信', en: 'WeChat Pay' },
  'method.alipay': { zh: '支付宝', en: 'Alipay' },
  'method.pos': { zh: 'POS刷卡', en: 'Card (POS)' },
  'method.deduction': { zh: '银行代扣', en: 'Bank deduction' },
  'method.online': { zh: '其他线上支付', en: 'Online, other' },
  'entry.charge': { zh: '应收', en: 'Charged' },
  'entry.discount': { zh: '优惠', en: 'Discount' },
  'entry.late': { zh: '违约金', en: 'Late charge' },
  'entry.adjustment': { zh: '更正', en: 'Corrected' },
  'entry.payment': { zh: '收款', en: 'Paid' },
  'entry.prepayment': { zh: '预存', en: 'Prepaid' },
  'entry.offset': { zh: '预存抵扣', en: 'Paid from prepaid' },
  'entry.waiver': { zh: '减免', en: 'Waived' },
  'entry.refund': { zh: '退款', en: 'Refunded' },
  'entry.credit-moved': { zh: '预存转移', en: 'Prepaid moved' },
  'entry.reversed': { zh: '冲正：{what}', en: 'Reversed: {what}' },
  'run.payer-changed': {
    zh: '缴费人变更，按天重新分摊',
    en: 'The unit has changed hands; the bill is shared by day',
  },
};
