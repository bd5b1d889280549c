/** What SES publishes about a mail that was sent with a configuration set. Source: SES developer guide, event data. */
import type { EventEntry } from '../gateway/services.ts';
import type { MailEvent } from '../model.ts';
import { bare, type Mail, type MailOutcome, recipientsOf } from './mail.ts';

const SECOND = 1000;
/** Clock time from the sending to what comes of it. SES tries for up to 14 hours before it gives an address up. */
const AFTER = {
  send: 0,
  reject: SECOND,
  delivery: 2 * SECOND,
  bounce: 3 * SECOND,
  complaint: 10 * SECOND,
  reply: 5 * SECOND,
  softBounce: 14 * 3600 * SECOND,
};

const DETAIL_TYPES: Record<MailEvent, [detailType: string, eventType: string]> = {
  send: ['Email Sent', 'Send'],
  delivery: ['Email Delivered', 'Delivery'],
  bounce: ['Email Bounced', 'Bounce'],
  complaint: ['Email Complaint Received', 'Complaint'],
  reject: ['Email Rejected', 'Reject'],
};

/** One thing to tell about a mail. */
export interface Feedback {
  event: MailEvent;
  /** Clock time, ms. */
  due: number;
  entry: EventEntry;
}

/** Who sends, as SES names it. */
export interface SentBy {
  account: string;
  region: string;
  /** The verified identity. */
  identity: string;
  /** `SendEmail` or `SendRawEmail`. */
  action: string;
}

/** Everything there will be to tell about a mail, in order of time; recipients of one fate are told of together. */
export function feedbackOf(mail: Mail, fates: ReadonlyMap<string, MailOutcome>, by: SentBy): Feedback[] {
  const meeting = (...outcomes: MailOutcome[]) =>
    [...fates].filter(([, outcome]) => outcomes.includes(outcome)).map(([address]) => address);
  const about = mailObject(mail, by);
  const tell = (event: MailEvent, delay: number, told: (at: string) => object): Feedback => {
    const due = mail.at + delay;
    const [detailType, eventType] = DETAIL_TYPES[event];
    const detail = { eventType, mail: about, [event]: told(new Date(due).toISOString()) };
    const resources = [`arn:aws:ses:${by.region}:${by.account}:configuration-set/${mail.configurationSet}`];
    return {
      event,
      due,
      entry: { bus: 'default', source: 'aws.ses', detailType, detail: JSON.stringify(detail), resources },
    };
  };

  if (meeting('rejected').length > 0) return [tell('reject', AFTER.reject, () => ({ reason: 'Bad content' }))];
  const feedback = [tell('send', AFTER.send, () => ({}))];
  const complained = meeting('complained');
  const delivered = meeting('delivered', 'complained', 'auto-replied', 'answered');
  if (delivered.length > 0) feedback.push(tell('delivery', AFTER.delivery, (at) => delivery(at, delivered)));
  for (const how of BOUNCES) {
    const bounced = meeting(how.outcome);
    if (bounced.length > 0) feedback.push(tell('bounce', how.after, (at) => bounce(at, mail, bounced, how)));
  }
  if (complained.length > 0) feedback.push(tell('complaint', AFTER.complaint, (at) => complaint(at, mail, complained)));
  return feedback.sort((a, b) => a.due - b.due);
}

interface Bounce {
  outcome: MailOutcome;
  after: number;
  kind: { bounceType: string; bounceSubType: string };
  /** What a mail server answered; absent of what somebody's own mail program sent back. */
  answer?: { status: string; diagnosis: string };
  /** What came back names no recipient. */
  nameless?: boolean;
}

const BOUNCES: Bounce[] = [
  {
    outcome: 'bounced',
    after: AFTER.bounce,
    kind: { bounceType: 'Permanent', bounceSubType: 'General' },
    answer: { status: '5.1.1', diagnosis: '550 5.1.1 user unknown' },
  },
  {
    outcome: 'suppressed',
    after: AFTER.bounce,
    kind: { bounceType: 'Permanent', bounceSubType: 'Suppressed' },
    answer: { status: '5.1.1', diagnosis: 'Amazon SES has suppressed sending to this address' },
  },
  {
    outcome: 'soft-bounced',
    after: AFTER.softBounce,
    kind: { bounceType: 'Transient', bounceSubType: 'General' },
    answer: { status: '4.4.7', diagnosis: '550 4.4.7 Message expired' },
  },
  {
    outcome: 'dead-domain',
    after: AFTER.bounce,
    kind: { bounceType: 'Transient', bounceSubType: 'General' },
    answer: { status: '5.4.4', diagnosis: '550 5.4.4 Invalid domain' },
  },
  {
    outcome: 'auto-replied',
    after: AFTER.reply,
    kind: { bounceType: 'Transient', bounceSubType: 'General' },
  },
  {
    outcome: 'answered',
    after: AFTER.reply,
    kind: { bounceType: 'Undetermined', bounceSubType: 'Undetermined' },
    nameless: true,
  },
];

const bounce = (timestamp: string, mail: Mail, bounced: string[], { outcome, kind, answer, nameless }: Bounce) => ({
  ...kind,
  bouncedRecipients: (nameless ? [] : bounced).map((emailAddress) => ({
    emailAddress,
    ...(answer && { action: 'failed', status: answer.status, diagnosticCode: `smtp; ${answer.diagnosis}` }),
  })),
  timestamp,
  feedbackId: `${mail.id}-${outcome}`,
  reportingMTA: 'dsn; smtp-out.amazonses.com',
});

const delivery = (timestamp: string, recipients: string[]) => ({
  timestamp,
  processingTimeMillis: AFTER.delivery,
  recipients,
  smtpResponse: '250 2.6.0 Message received',
  reportingMTA: 'smtp-out.amazonses.com',
});

const complaint = (timestamp: string, mail: Mail, complained: string[]) => ({
  complainedRecipients: complained.map((emailAddress) => ({ emailAddress })),
  timestamp,
  feedbackId: `${mail.id}-complained`,
  complaintSubType: null,
  complaintFeedbackType: 'abuse',
  userAgent: 'Amazon SES Mailbox Simulator',
  arrivalDate: timestamp,
});

function mailObject(mail: Mail, { account, region, identity, action }: SentBy) {
  const { id: messageId, from, to, subject } = mail;
  const headers = { From: from, To: to.join(', '), Subject: subject, ...mail.headers };
  const own = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: new Date(mail.at).toISOString(),
    source: from,
    sourceArn: `arn:aws:ses:${region}:${account}:identity/${identity}`,
    sendingAccountId: account,
    messageId,
    destination: recipientsOf(mail),
    headersTruncated: false,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    commonHeaders: { from: [from], to, messageId, subject },
    tags: {
      'ses:operation': [action],
      'ses:configuration-set': [mail.configurationSet],
      'ses:from-domain': [bare(from).split('@').at(-1)],
      ...Object.fromEntries(own),
    },
  };
}
