/**
 * What became of a mail. The AWS mailbox simulator's addresses decide it, and a domain that can't be (`.invalid`, RFC 2606)
 * is dead. Only a test asks for `soft-bounced` (given up after hours of trying), `answered` (delivered, and what came back
 * nobody could make out), `rejected` (never tried) and `unheard` (sent, and nobody ever says what became of it).
 */
export type MailOutcome =
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'suppressed'
  | 'soft-bounced'
  | 'dead-domain'
  | 'auto-replied'
  | 'answered'
  | 'rejected'
  | 'unheard';

export interface Mail {
  id: string;
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text?: string;
  html?: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  attachments: { name: string; type: string; content: string }[];
  configurationSet?: string;
  /** Message tags, which come back with what SES tells about the mail. */
  tags: Record<string, string>;
  /** Clock time, ms. */
  at: number;
  /** The worst that happened to any of its recipients. */
  outcome: MailOutcome;
}

/** Everybody it goes to, as bare addresses. */
export const recipientsOf = ({ to, cc, bcc }: Pick<Mail, 'to' | 'cc' | 'bcc'>): string[] =>
  [...to, ...cc, ...bcc].map(bare);

export function bare(address: string): string {
  return (/<([^>]+)>/.exec(address)?.[1] ?? address).trim();
}

const SIMULATOR = 'simulator.amazonses.com';

/** By name, a label (`bounce+a1@`) aside; also `success` is delivered. Source: SES developer guide, mailbox simulator. */
const SIMULATED: Record<string, MailOutcome> = {
  bounce: 'bounced',
  suppressionlist: 'suppressed',
  complaint: 'complained',
  ooto: 'auto-replied',
};

/** What becomes of a mail to this address. */
export function outcomeAt(address: string): MailOutcome {
  const [name = '', domain = ''] = address.toLowerCase().split('@');
  if (domain.endsWith('.invalid')) return 'dead-domain';
  return (domain === SIMULATOR && SIMULATED[name.split('+')[0] as string]) || 'delivered';
}

const WORST_FIRST: MailOutcome[] = ['bounced', 'suppressed', 'dead-domain', 'complained', 'auto-replied'];

export const worstOf = (outcomes: Iterable<MailOutcome>): MailOutcome => {
  const all = new Set(outcomes);
  return WORST_FIRST.find((outcome) => all.has(outcome)) ?? 'delivered';
};
