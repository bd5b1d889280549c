/**
 * Words of the documents that billing sends and prints. Only what the law allows is asked and announced (Civil Code 944):
 * a letter names the debt, a reasonable time, and courts or arbitration at most.
 */
export const PAPER = {
  'paper.title.fee-notice': { zh: '缴费通知单', en: 'Fee notice' },
  'paper.title.friendly-reminder': { zh: '友情提醒', en: 'Friendly reminder' },
  'paper.title.reminder': { zh: '催缴提醒', en: 'Payment reminder' },
  'paper.title.second-notice': { zh: '二次催缴通知', en: 'Second notice' },
  'paper.title.demand-letter': { zh: '催缴函', en: 'Demand letter' },
  'paper.title.delivery-sheet': { zh: '送达登记表', en: 'Delivery sheet' },
  'paper.title.receipt': { zh: '收据', en: 'Receipt' },
  'paper.title.account-statement': { zh: '对账单', en: 'Account statement' },

  'paper.subject': { zh: '【{site}】{title}（{number}）', en: '[{site}] {title} ({number})' },
  'paper.subject.due': {
    zh: '【{site}】{title}：请于{due}前缴费（{number}）',
    en: '[{site}] {title}: due {due} ({number})',
  },
  'paper.page': { zh: '第 {n} 页，共 {m} 页', en: 'Page {n} of {m}' },
  'paper.missing': {
    zh: '“〓”为字库未收录的生僻字，请打印后手工填写',
    en: '〓 stands for a character that this font lacks: please write it in by hand',
  },
  'paper.fact': { zh: '{label}：{value}', en: '{label}: {value}' },
  'paper.between': { zh: '、', en: ', ' },
  'paper.day': { zh: '{y}年{m}月{d}日', en: '{day}' },
  'paper.span': { zh: '{from} 至 {to}', en: '{from} to {to}' },

  'paper.number': { zh: '编号', en: 'Number' },
  'paper.issued': { zh: '日期', en: 'Date' },
  'paper.payer': { zh: '业户', en: 'Payer' },
  'paper.units': { zh: '房号', en: 'Units' },
  'paper.due': { zh: '缴费截止', en: 'Pay by' },
  'paper.as-of': { zh: '统计截至', en: 'As of' },
  'paper.desk.phone': { zh: '服务与投诉电话：{phone}', en: 'Service and complaints: {phone}' },
  'paper.desk.address': { zh: '地址：{address}', en: 'Address: {address}' },

  'paper.column.unit': { zh: '房号', en: 'Unit' },
  'paper.column.item': { zh: '费用项目', en: 'Item' },
  'paper.column.period': { zh: '账期', en: 'Period' },
  'paper.column.span': { zh: '计费起止', en: 'From – to' },
  'paper.column.quantity': { zh: '计算方式', en: 'Calculation' },
  'paper.column.amount': { zh: '金额', en: 'Amount' },
  'paper.column.due-day': { zh: '应缴日期', en: 'Due' },
  'paper.column.open': { zh: '欠缴金额', en: 'Open' },
  'paper.column.late': { zh: '违约金', en: 'Late charge' },
  'paper.column.day': { zh: '日期', en: 'Day' },
  'paper.column.what': { zh: '摘要', en: 'Entry' },
  'paper.column.debit': { zh: '应收', en: 'Charged' },
  'paper.column.credit': { zh: '已收或减免', en: 'Paid or credited' },
  'paper.column.balance': { zh: '余额', en: 'Balance' },

  'paper.greeting': { zh: '尊敬的{payer}：', en: 'Dear {payer},' },
  'paper.fee-notice': {
    zh: '您名下房屋的本期费用如下，请于{due}前（含当日）缴清。感谢您的支持与配合。',
    en: 'The fees of your units for this period are listed below. Please pay them on or before {due}. Thank you.',
  },
  'paper.fee-notice.covered': {
    zh: '您名下房屋的本期费用如下，已由预存款全额抵扣，无需再缴。',
    en: 'The fees of your units for this period are listed below. Your prepaid balance covers them; nothing is to be paid.',
  },
  'paper.current': { zh: '本期费用', en: 'This period' },
  'paper.current.sum': { zh: '本期小计', en: 'This period in all' },
  'paper.offset': { zh: '预存款抵扣', en: 'Prepaid, offset' },
  'paper.arrears': { zh: '往期欠费', en: 'Open from before' },
  'paper.arrears.sum': { zh: '往期小计', en: 'Open from before in all' },
  'paper.to-pay': { zh: '应缴合计', en: 'Total to pay' },
  'paper.open': { zh: '欠缴合计', en: 'Total open' },
  'paper.how-to-pay': { zh: '缴费方式', en: 'How to pay' },
  'paper.link': { zh: '在线查看明细或提出疑问', en: 'See the details online, or question them' },
  'paper.ask': {
    zh: '如对以上内容有疑问，请联系{site}客服前台，我们会为您核实。',
    en: 'If anything here is unclear or seems wrong, please ask the front desk of {site}; we will look into it.',
  },
  'paper.ask.phone': {
    zh: '如对以上内容有疑问，请致电 {phone} 联系{site}客服前台，我们会为您核实。',
    en: 'If anything here is unclear or seems wrong, please call the front desk of {site}, {phone}; we will look into it.',
  },

  'paper.friendly-reminder': {
    zh: '您好！截至{asOf}，我们还没有收到下列费用。也许只是一时忙忘了，特此提醒；如已缴纳，请忽略本提醒。',
    en: 'Up to {asOf} we have not received the fees below. Perhaps they slipped your mind; if you have paid them, please disregard this.',
  },
  'paper.reminder': {
    zh: '截至{asOf}，下列费用已过缴费期限，尚未缴清，请尽快缴纳。如对费用有疑问，或缴纳确有困难，请告诉我们，我们会核实并与您协商。',
    en: 'Up to {asOf} the fees below are past their due date and still open. Please pay them soon. If you question them, or paying is difficult, please tell us; we will look into it with you.',
  },
  'paper.second-notice': {
    zh: '截至{asOf}，下列费用仍未缴清，现再次通知您。如对费用或服务有异议，请尽快提出，我们会先行核实处理。',
    en: 'Up to {asOf} the fees below are still open, and we notify you of them again. If you object to the fees or to our service, please say so soon; we will look into that first.',
  },
  'paper.pay-by': {
    zh: '请您于{payBy}前（含当日）缴清。',
    en: 'Please pay on or before {payBy}.',
  },
  'paper.demand-letter': {
    zh: '截至{asOf}，您尚欠下列费用共计人民币{capitals}（{total}）。',
    en: 'Up to {asOf} you owe the fees below, {total} in all.',
  },
  'paper.demand-letter.time': {
    zh: '根据双方约定和有关法律规定（物业费适用《中华人民共和国民法典》第九百四十四条），请您于{payBy}前（含当日）缴清上述费用。期限届满仍不支付的，我方可以依法提起诉讼或者申请仲裁。',
    en: 'Under what we agreed and the law (for the property management fee, article 944 of the Civil Code), please pay on or before {payBy}. If they are not paid when this time has passed, we may turn to a court or to arbitration.',
  },
  'paper.demand-letter.limitation': {
    zh: '本函是我方向您提出的履行请求。依照《中华人民共和国民法典》第一百八十八条、第一百九十五条，三年诉讼时效期间自本函送达时中断，并重新计算。',
    en: 'This letter is our demand for performance. Under articles 188 and 195 of the Civil Code the limitation period of three years is interrupted when it reaches you, and runs anew from then.',
  },
  'paper.demand-letter.object': {
    zh: '如您对费用有异议，或认为我方服务有不到之处，请在上述期限内提出，我方将先行核实处理。',
    en: 'If you object to the fees, or find our service wanting, please say so within this time; we will look into that first.',
  },
  'paper.sealed': { zh: '{site}（盖章）', en: '{site}' },
  'paper.served': { zh: '送达回证', en: 'Proof of delivery' },
  'paper.served.text': {
    zh: '兹收到{site}《催缴函》（{number}）。签收人可为业户本人，或与其同住的成年亲属。',
    en: 'I have received the demand letter {number} of {site}. The payer may sign, or an adult relative living in the same home.',
  },
  'paper.served.by': { zh: '送达人', en: 'Delivered by' },
  'paper.received-by': { zh: '签收人', en: 'Received by' },
  'paper.relation': { zh: '与业户关系', en: 'Relation to payer' },
  'paper.received-at': { zh: '签收时间', en: 'Date and time' },
  'paper.signature': { zh: '签名', en: 'Signature' },

  'paper.delivery.no': { zh: '序号', en: 'No.' },
  'paper.delivery.number': { zh: '文书编号', en: 'Document' },
  'paper.delivery.kind': { zh: '文书名称', en: 'Kind' },
  'paper.delivery.count': { zh: '件数', en: 'Documents' },
  'paper.delivery.one': { zh: '{number}（{unit}）', en: '{number} ({unit})' },
  'paper.delivery.withdrawn': {
    zh: '以下文书的款项已结清，不再送达，已打印的请抽出作废：{list}。',
    en: 'What these documents asked for has been settled: do not deliver them; take out those already printed: {list}.',
  },
  'paper.delivery.note': {
    zh: '签收人可为业户本人或与其同住的成年亲属，须写明关系和时间。未能送达的，在签名栏写明原因、时间并签名。',
    en: 'The payer or an adult relative living in the same home may sign, with relation and time. Where nobody could be reached, write why and when in the last column and sign.',
  },

  'paper.serial': { zh: '收据号', en: 'Serial' },
  'paper.paid-on': { zh: '收款日期', en: 'Paid on' },
  'paper.method': { zh: '收款方式', en: 'Paid by' },
  'paper.prepaid.kept': { zh: '转入预存款', en: 'Kept as prepaid' },
  'paper.received': { zh: '实收合计', en: 'Received in all' },
  'paper.capitals': { zh: '人民币（大写）', en: 'In Chinese capital numerals' },
  'paper.not-an-invoice': {
    zh: '本收据是收款凭证，不是发票。需要发票的，请向客服前台申请开具。',
    en: 'This receipt confirms a payment; it is not an invoice (发票). Please ask the front desk for an invoice.',
  },
  'paper.voided': { zh: '已作废', en: 'VOID' },
  'paper.seal': { zh: '收款单位（盖章）', en: 'Received for the site (seal)' },
  'paper.cashier': { zh: '收款人', en: 'Cashier' },

  'paper.statement.span': { zh: '对账期间', en: 'Span' },
  'paper.statement.opening': { zh: '期初余额', en: 'Opening balance' },
  'paper.statement.closing': { zh: '期末余额', en: 'Closing balance' },
  'paper.statement.prepaid': { zh: '预存款余额', en: 'Prepaid balance' },
  'paper.statement.note': {
    zh: '余额为正数是尚欠金额，为负数是预存款等应归业户的金额。如有出入，请持本单到客服前台核对。',
    en: 'A balance above zero is owed; one below zero is in your favour, as prepaid money is. If anything differs, please bring this statement to the front desk.',
  },
};
