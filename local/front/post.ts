import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { EventEntry } from '../gateway/services.ts';
import type { Kept } from '../kept.ts';
import type { Deployment } from '../model.ts';
import { feedbackOf } from './feedback.ts';
import { bare, type Mail, type MailOutcome, outcomeAt, recipientsOf, worstOf } from './mail.ts';
import type { Message } from './message.ts';

/** SES's limit per message. */
const MOST_RECIPIENTS = 50;

/** Says what becomes of a mail, for all its recipients; undefined leaves it to their addresses. */
export type DecideOutcome = (mail: Mail) => MailOutcome | undefined;

/** SES: takes mails, and tells later what became of those of a configuration set. */
export interface Post {
  /**
   * @param action SendEmail or SendRawEmail
   * @throws AwsError MessageRejected for an unverified sender, ConfigurationSetDoesNotExist, InvalidParameterValue
   */
  take(message: Message, action: string): Mail;
  list(): Mail[];
  /** From now on mails fare as it says. */
  decide(outcome: DecideOutcome): void;
  /** Takes up what an earlier process still had to tell. */
  resume(): void;
}

export interface PostOptions {
  deployment: Pick<Deployment, 'account' | 'region' | 'senders' | 'configurationSets'>;
  clock: Pick<Clock, 'now' | 'at'>;
  kept: Kept;
  /** An id for a mail. */
  id(): string;
  /** Hands what SES tells about a mail to the bus. */
  publish(entry: EventEntry): void;
}

/** Something to tell about a mail, kept until it is told. */
interface Pending {
  due: number;
  entry: EventEntry;
}

export function createPost({ clock, kept, deployment, id, publish }: PostOptions): Post {
  const mails = kept.all<Mail>('mail').map(({ value }) => value);
  let decide: DecideOutcome = () => undefined;

  function tell(key: string, { due, entry }: Pending): void {
    const now = () => {
      publish(entry);
      kept.drop('feedback', key);
    };
    if (due <= clock.now()) now();
    else clock.at(due, 'feedback about a mail', now);
  }

  /** What there will be to tell about a mail: to each destination of its configuration set what that asked for. */
  function pendingOf(mail: Mail, fates: Map<string, MailOutcome>, identity: string, action: string) {
    const set = setOf(deployment, mail.configurationSet);
    if (!set) return [];
    const feedback = feedbackOf(mail, fates, { ...deployment, identity, action });
    return set.destinations.flatMap((events) => feedback.filter(({ event }) => events.includes(event)));
  }

  return {
    take(message, action) {
      const identity = identityOf(deployment, message.from);
      setOf(deployment, message.configurationSet);
      const recipients = recipientsOf(message);
      if (recipients.length === 0) throw new AwsError('InvalidParameterValue', 'Missing final recipients');
      if (recipients.length > MOST_RECIPIENTS)
        throw new AwsError('InvalidParameterValue', 'Recipient count exceeds 50.');
      const mail: Mail = {
        id: id(),
        ...message,
        at: clock.now(),
        outcome: worstOf(recipients.map(outcomeAt)),
      };
      const decided = decide(mail);
      if (decided) mail.outcome = decided;
      const fates = new Map(recipients.map((recipient) => [recipient, decided ?? outcomeAt(recipient)]));
      const pending = pendingOf(mail, fates, identity, action).map(({ due, entry }, index) => {
        return { key: `${mail.id} ${index}`, due, entry };
      });
      // Kept before the mail is: one that is there is also told of, whenever this process dies.
      for (const { key, ...one } of pending) kept.put('feedback', key, one satisfies Pending);
      mails.push(mail);
      kept.put('mail', mail.id, mail);
      for (const { key, ...one } of pending) tell(key, one);
      return mail;
    },
    list: () => [...mails],
    decide(outcome) {
      decide = outcome;
    },
    resume() {
      for (const { key, value } of kept.all<Pending>('feedback')) tell(key, value);
    },
  };
}

/** The verified identity that lets an address send. */
function identityOf({ senders, region }: PostOptions['deployment'], from: string): string {
  const address = bare(from).toLowerCase();
  const domain = address.split('@').at(-1)!;
  const identity = senders.find((one) => one === address || one === domain || domain.endsWith(`.${one}`));
  if (identity !== undefined) return identity;
  const which = `The following identities failed the check in region ${region.toUpperCase()}: ${address}`;
  throw new AwsError('MessageRejected', `Email address is not verified. ${which}`);
}

function setOf({ configurationSets }: PostOptions['deployment'], name: string | undefined) {
  const set = configurationSets.find((one) => one.name === name);
  if (name !== undefined && !set)
    throw new AwsError('ConfigurationSetDoesNotExist', `Configuration set <${name}> does not exist.`);
  return set;
}
