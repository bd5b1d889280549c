/**
 * What became of a mail. The AWS mailbox simulator's addresses decide it; `soft-bounced` (given up after hours of
 * trying), `rejected` (never tried) and `unheard` (sent, and nobody ever says what became of it) only a test asks for.
 */
export type MailOutcome =
  | 'delivered'
  | 'bounced'
  | 'complained'
  | 'suppressed'
  | 'soft-bounced'
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

/** By name, a label (`bounce+a1@`) aside; also `success` and `ooto` are delivered. Source: SES developer guide, mailbox simulator. */
const SIMULATED: Record<string, MailOutcome> = {
  bounce: 'bounced',
  suppressionlist: 'suppressed',
  complaint: 'complained',
};

/** What becomes of a mail to this address. */
export function outcomeAt(address: string): MailOutcome {
  const [name = '', domain] = address.toLowerCase().split('@');
  return (domain === SIMULATOR && SIMULATED[name.split('+')[0] as string]) || 'delivered';
}

const WORST_FIRST: MailOutcome[] = ['bounced', 'suppressed', 'complained'];

export const worstOf = (outcomes: Iterable<MailOutcome>): MailOutcome => {
  const all = new Set(outcomes);
  return WORST_FIRST.find((outcome) => all.has(outcome)) ?? 'delivered';
};
