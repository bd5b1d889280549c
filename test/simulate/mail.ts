import type { Clock } from '../../local/clock.ts';
import { feedbackOf } from '../../local/front/feedback.ts';
import { type Mail as LocalMail, type MailOutcome, outcomeAt } from '../../local/front/mail.ts';
import type { EventEntry } from '../../local/gateway/services.ts';
import type { Deployment } from '../../local/model.ts';
import type { Chance } from './random.ts';

/** What went out, to one address. */
export interface Mail {
  to: string;
  subject: string;
  at: number;
  /** Of a letter: which. */
  letter?: string | undefined;
  /** What came of it. */
  fate?: MailOutcome | undefined;
}

/** SES: takes every mail, and tells later what came of those of a configuration set. */
export const postOf = (
  { account, region, configurationSets }: Deployment,
  clock: Clock,
  chance: Chance,
  publish: (entry: EventEntry) => void,
) => {
  const mails: Mail[] = [];
  /** Once in so many mails something else than its arrival becomes of it. */
  const ODD = 25;
  const odd: MailOutcome[] = ['bounced', 'soft-bounced', 'complained', 'auto-replied', 'answered', 'unheard'];
  const fateOf = (address: string): MailOutcome => (chance.oneIn(ODD) ? chance.pick(odd) : outcomeAt(address));

  const read = (name: string, input: Record<string, unknown>) => {
    if (name === 'SendEmail') {
      const { Destination, Message } = input as {
        Destination: { ToAddresses: string[] };
        Message: { Subject: { Data: string } };
      };
      return { to: Destination.ToAddresses, subject: Message.Subject.Data };
    }
    const { Destinations = [], RawMessage } = input as { Destinations?: string[]; RawMessage: { Data: Uint8Array } };
    return { to: Destinations, subject: /^Subject: (.*)$/im.exec(Buffer.from(RawMessage.Data).toString())?.[1] ?? '' };
  };

  const send = (name: string, input: Record<string, unknown>): { MessageId: string } => {
    const { to, subject } = read(name, input);
    const id = `mail-${mails.length}`;
    const tags = Object.fromEntries(
      ((input.Tags ?? []) as { Name: string; Value: string }[]).map((t) => [t.Name, t.Value]),
    );
    const set = configurationSets.find(({ name: of }) => of === input.ConfigurationSetName);
    const fates = new Map(to.map((address) => [address, set ? fateOf(address) : undefined]));
    const letter = tags.letter;
    for (const [address, fate] of fates) mails.push({ to: address, subject, at: clock.now(), letter, fate });
    if (set) {
      const mail: LocalMail = {
        ...{ id, from: String(input.Source), to, cc: [], bcc: [], subject, headers: {}, attachments: [], tags },
        ...{ configurationSet: set.name, at: clock.now(), outcome: 'delivered' },
      };
      const heard = feedbackOf(mail, fates as Map<string, MailOutcome>, {
        account,
        region,
        identity: String(input.Source),
        action: name,
      });
      for (const wanted of set.destinations) {
        for (const { event, due, entry } of heard) {
          if (wanted.includes(event))
            clock.at(Math.max(due, clock.now() + 1), 'feedback about a mail', () => publish(entry));
        }
      }
    }
    return { MessageId: id };
  };
  return { mails, send };
};
