import type { Telling } from './template.ts';

/** Letters to payers, payers' addresses, and the mail of a bill run. */
export const LETTER_SENTENCES: Readonly<Record<string, Telling>> = {
  'letter.opened': {
    zh: '须向{party:party}发出{kind=letter-kind,rung}（{channel=letter-channel}[，{why=paper-reason}]），要求 {due:due} 前完成',
    en: 'A {kind=letter-kind,rung} is to go to {party:party} {channel=letter-channel}[ ({why=paper-reason})] by {due:due}',
  },
  'letter.added': {
    zh: '该业户另有 {accounts:count} 个账户并入本函（{kind=letter-kind,rung}）',
    en: '{accounts#account|accounts} of the payer joined it ({kind=letter-kind,rung})',
  },
  'letter.requeued': {
    zh: '邮件迟迟未发出，已重新提交发送',
    en: 'It waited for long and was handed to the mailer again',
  },
  'letter.claimed': {
    zh: '开始第 {attempt} 次发送邮件，收件邮箱 {address:name}',
    en: 'Sending the email to {address:name} began (try {attempt})',
  },
  'letter.released': {
    zh: '第 {attempt} 次发送未被邮件服务受理，稍后重发',
    en: 'The mail service did not take it for now (try {attempt}); it is tried again',
  },
  'letter.sent': {
    zh: '邮件已发出（{acceptedAt:time}，第 {attempt} 次发送）',
    en: 'The email was sent ({acceptedAt:time}, try {attempt})',
  },
  'letter.delivered': {
    zh: '邮件已送达 {address:name}（{deliveredAt:time}）',
    en: 'The email arrived at {address:name} ({deliveredAt:time})',
  },
  'letter.bounced': ({ hard }) =>
    hard === true
      ? {
          zh: '邮件被退回，邮箱 {address:name} 无效（{bouncedAt:time}）',
          en: 'The email came back for good: {address:name} is a bad address ({bouncedAt:time})',
        }
      : {
          zh: '邮件被暂时退回，邮箱 {address:name}（{bouncedAt:time}）',
          en: 'The email to {address:name} came back for now ({bouncedAt:time})',
        },
  'letter.complained': {
    zh: '业户将邮件标为垃圾邮件（{complainedAt:time}）',
    en: 'The payer marked the email as unwanted ({complainedAt:time})',
  },
  'letter.moved-to-paper': ({ why }) =>
    why === 'person'
      ? {
          zh: '{by}决定改为纸质派送，要求 {due:due} 前完成',
          en: '{by} decided that it goes on paper, by {due:due}',
        }
      : {
          zh: '改为纸质派送（{why=paper-reason}），要求 {due:due} 前完成',
          en: 'It goes on paper ({why=paper-reason}), by {due:due}',
        },
  'letter.unknown': {
    zh: '第 {attempt} 次发送结果不明，须人工核实',
    en: 'Nothing told what became of the email (try {attempt}); a person decides',
  },
  'letter.resend-decided': {
    zh: '{by}决定再次发送（此前可能已发出）',
    en: '{by} decided to send it again, though it may have been sent',
  },
  'letter.withdrawn': ({ parted }) =>
    parted === true
      ? {
          zh: '业户合并已撤销，本函撤回，分别重新发函',
          en: 'Its payer is two again: it was withdrawn, and each gets a letter of their own',
        }
      : {
          zh: '所列费用已结清，本函撤回',
          en: 'What it asks for was settled: it was withdrawn',
        },
  'letter.printed': { zh: '{by}打印{kind=letter-kind,rung}', en: '{by} printed the {kind=letter-kind,rung}' },
  'letter.handed-over': {
    zh: '{by}送达{kind=letter-kind,rung}，{receivedBy=receiver}签收[（{relation:name}）]',
    en: '{by} handed over the {kind=letter-kind,rung}; {receivedBy=receiver} took it[ ({relation:name})]',
  },
  'letter.attempted': {
    zh: '{by}派送{kind=letter-kind,rung}未成功[（第 {nth} 次）]：{words:text}',
    en: '{by} tried to hand over the {kind=letter-kind,rung}[ (try {nth})]: {words:text}',
  },
  'letter.given-up': {
    zh: '{by}决定不再等待送达：{words:text}',
    en: '{by} waits for its arrival no longer: {words:text}',
  },
  'letter.links-ended': {
    zh: '{by}停用已发出的链接：{words:text}',
    en: '{by} ended the links that went out: {words:text}',
  },
  'letter.questioned': {
    zh: '业户{party:party}通过链接提出疑问：{words:text}',
    en: '{party:party} questioned it through the link: {words:text}',
  },

  'payer.address-failed': {
    zh: '邮箱 {address:name} 无效，须向{party:party}索取新邮箱',
    en: '{address:name} is a bad address; {party:party} is to be asked for a new one',
  },
  'payer.mail-returned': {
    zh: '发往 {address:name} 的邮件被暂时退回（{bouncedAt:time}）',
    en: 'Mail to {address:name} came back for now ({bouncedAt:time})',
  },
  'payer.mail-arrived': {
    zh: '发往 {address:name} 的邮件恢复送达（{deliveredAt:time}）',
    en: 'Mail to {address:name} arrives again ({deliveredAt:time})',
  },
  'payer.complained': {
    zh: '{party:party}将邮件标为垃圾邮件，可不发邮件的改为纸质',
    en: '{party:party} marked mail as unwanted: what need not be mailed goes on paper',
  },
  'payer.address-renewed': {
    zh: '已有新的可用邮箱 {address:name}',
    en: 'There is an address again: {address:name}',
  },
  'payer.no-address': {
    zh: '{by}已联系，业户不提供其他邮箱，改为纸质：{words:text}',
    en: '{by} asked, the payer gives no other address, and letters go on paper: {words:text}',
  },

  'runmail.stopped': {
    zh: '本批邮件退信过多（已发 {sent} 封，退回 {bounced} 封），暂停发送',
    en: 'Too much mail came back ({bounced} of {sent#mail|mails}): the rest waits',
  },
  'runmail.resumed': {
    zh: '{by}决定继续发送本批邮件：{words:text}',
    en: '{by} decided that the mail goes on: {words:text}',
  },
  'runmail.moved-to-paper': {
    zh: '{by}决定本批其余函件改为纸质：{words:text}',
    en: '{by} decided that the rest goes on paper: {words:text}',
  },
};
