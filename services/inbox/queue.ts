import type { MailKey } from './store.ts';

/** Hands emails to the mailer. Twice is harmless: whoever mails claims first. */
export type Enqueue = (keys: readonly MailKey[]) => Promise<void>;
