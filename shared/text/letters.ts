/** Refusals of letters, the page behind a letter's link, and what an address is told that another took the place of. */
export const LETTERS = {
  'letter.not-now': {
    zh: '信函当前状态为“{status}”，不能执行“{command}”（允许的状态：{allowedFrom}）',
    en: 'A letter that is {status} does not allow {command}; it is allowed from: {allowedFrom}',
  },
  'letter.withdrawn': {
    zh: '函件所列费用已结清，函件已撤回，无须再打印或派送',
    en: 'What this letter asks for has been settled; it was withdrawn and is neither printed nor delivered',
  },
  'letter.parted': {
    zh: '原合并的业户已撤销合并，函件已撤回，并分别重新发函；已打印的请勿派送',
    en: 'The payer it was opened for is two again; it was withdrawn, and each gets a letter of their own. Do not deliver a printed one',
  },
  'letter.being-sent': { zh: '正在发送，请稍候', en: 'It is being sent; wait for what comes of it' },
  'letter.nothing-awaited': { zh: '该信函无须再确认送达', en: 'The arrival of this letter is not waited for' },
  'letter.nothing-asked': { zh: '没有待补的联系地址', en: 'No address is asked for' },
  'letter.run-not-stopped': { zh: '该批次的邮件没有暂停', en: "This run's mail is not stopped" },
  'letter.no-link': {
    zh: '该信函没有以邮件发出，没有链接',
    en: 'This letter was never mailed: there is no link to end',
  },
  'letter.link-ended': {
    zh: '该链接已失效。请使用最近一封通知中的链接，或联系{site}客服中心。',
    en: 'This link has ended. Please use the link of your latest notice, or ask the desk of {site}.',
  },
  'letter.questions': {
    zh: '同一信函最多提问 {most} 次，请致电前台',
    en: 'One letter takes at most {most#question|questions}; please call the desk',
  },

  'letter.payer-of': { zh: '{unit} 业户', en: 'The payer of {unit}' },
  'letter.quantity': { zh: '{n} × {rate} 元', en: '{n} × ¥{rate}' },
  'letter.shared': { zh: '公摊，按面积 {n} m² 分摊', en: 'shared by area, {n} m²' },
  'letter.flat': { zh: '{rate} 元', en: '¥{rate}' },
  'letter.flat.months': { zh: '{rate} 元 × {n} 个月', en: '¥{rate} × {n#month|months}' },
  'letter.flat.part': { zh: '每月 {rate} 元，按天计算', en: '¥{rate} a month, by the day' },
  'letter.discount': { zh: '优惠 {fen}', en: 'discount {fen}' },

  'address-left.title': { zh: '本邮箱不再使用', en: 'This email address is no longer used' },
  'address-left.subject': {
    zh: '【{site}】本邮箱不再用于接收通知',
    en: '[{site}] This email address is no longer used',
  },
  'address-left.text': {
    zh: '您在{site}登记的联系邮箱已于 {day} 变更或删除，今后的通知不再发送到本邮箱。如果不是您本人要求变更，请尽快联系客服中心核实。',
    en: 'On {day} the email address that {site} has for you was changed or removed; this one is no longer used, and notices no longer go to it. If you did not ask for that, please call the desk.',
  },
  'page.title': { zh: '{site}：您的账单', en: '{site}: your bills' },
  'page.sent': { zh: '通知编号 {number}，{day}', en: 'Notice {number} of {day}' },
  'page.said': { zh: '通知内容', en: 'What the notice says' },
  'page.as-sent': {
    zh: '以上为通知发出时的内容；此后的缴费及新产生的费用不在此显示，可向客服中心查询。',
    en: 'This is what the notice said when it went out. What was paid or billed since is not shown here; the desk can tell you.',
  },
  'page.unit': { zh: '房号', en: 'Unit' },
  'page.bill': { zh: '费用', en: 'Bill' },
  'page.due': { zh: '应缴日期', en: 'Due' },
  'page.open': { zh: '未缴金额', en: 'Open' },
  'page.late': { zh: '违约金', en: 'Late charge' },
  'page.total': { zh: '合计', en: 'Total' },
  'page.how': { zh: '缴费方式', en: 'How to pay' },
  'page.desk': { zh: '客服中心', en: 'The desk' },
  'page.ask': { zh: '对账单有疑问？', en: 'A question about these bills?' },
  'page.words': { zh: '请写下您的疑问', en: 'Your question' },
  'page.send': { zh: '提交', en: 'Send' },
  'page.asked': {
    zh: '已收到您的疑问，客服中心会答复您。',
    en: 'Your question has been received; the desk will answer it.',
  },
  'page.refused': { zh: '抱歉', en: 'Sorry' },
  'page.refused.link': {
    zh: '该链接无效或已过期。请使用最近一封通知中的链接，或联系客服中心。',
    en: 'This link is not valid, or has expired. Please use the link of your latest notice, or ask the desk.',
  },
  'page.refused.question': {
    zh: '未能提交：请写下您的疑问，不超过 1000 字。',
    en: 'Nothing was sent: please write your question, in at most 1,000 characters.',
  },
  'page.back': { zh: '返回', en: 'Back' },
  'page.other': { zh: 'English', en: '中文' },
};
