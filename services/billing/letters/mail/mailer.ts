import * as z from 'zod';
import { DELAY_MOST } from '../../../../shared/aws/queue.ts';
import { MailRefused } from '../../../../shared/aws/ses.ts';
import { idsOf, type PayerCard, payerOf } from '../../../../shared/directory/payer.ts';
import type { PersonalRef } from '../../../../shared/domain/events.ts';
import type { Current } from '../../../../shared/journal/aggregate.ts';
import type { Evidence } from '../../../../shared/journal/evidence.ts';
import { execute } from '../../../../shared/journal/execute.ts';
import { errorName, log } from '../../../../shared/lambda/log.ts';
import { eachMessage, type QueueBatch } from '../../../../shared/lambda/queue.ts';
import type { BatchAnswer } from '../../../../shared/lambda/stream.ts';
import { contextOf, type PolicyContext } from '../../../../shared/policy/policy-context.ts';
import { type Clock, DAY, localDay, SECOND } from '../../../../shared/time/clock.ts';
import { contentHash, emailOf } from '../../documents/contract.ts';
import { mailableAt, payerIdOf } from '../addresses/payer.ts';
import { part, SHOWN_DAYS } from '../decide.ts';
import type { Letter } from '../letter.ts';
import { paysFor, type ReadDeps, readLetter } from '../read-store.ts';
import { countMail, type MailCount, type Payers, putLetterLink, type RunMails, readMailCount } from '../store.ts';
import type { PaperReason } from '../terms.ts';
import { foreignIn } from '../withdrawn/parted.ts';
import { evidenceUntil, isDemand } from './evidence.ts';
import type { Pace } from './pace-store.ts';
import type { Enqueue, ToMail } from './queue.ts';
import { accepted, claim, notMailed, refused, released } from './sending.ts';
import type { SendLetter } from './ses.ts';
import { inTurn } from './turn.ts';

export interface MailerDeps extends ReadDeps {
  payers: Payers;
  runMails: RunMails;
  pace: Pace;
  enqueue: Enqueue;
  send: SendLetter;
  evidence: Evidence;
  clock: Clock;
  /** A token nobody can guess: 128 bits, anew each time. */
  token(): string;
  /** Where the page of a token stands. */
  apiUrl: string;
}

const message = z.object({
  site: z.string(),
  letter: z.string(),
  moment: z.number().optional(),
  again: z.boolean().optional(),
});
const BY = 'system:mailer';
const FAILED = 'HY-MAI-4';
/** A link is kept for longer than it opens anything: until then it says that it has ended, and whom to ask. */
const LINK_KEPT = 2 * SHOWN_DAYS * DAY;
/** Letters mailed side by side. */
const WIDTH = 5;

/**
 * In: letters to be mailed, any number of times. Out: each claimed, sent, and recorded as taken by the mail service. A
 * mailer that dies in between leaves a letter that is being sent: what the mail service tells settles it, or a person.
 */
export const mailer =
  (deps: MailerDeps) =>
  async (batch: QueueBatch): Promise<BatchAnswer> => {
    const { pace, clock, enqueue } = deps;
    const waiting: { id: string; asks: ToMail }[] = [];
    let room: Promise<boolean> | undefined;
    const hasRoom = () => (room ??= pace.hasRoom(clock()));
    const { batchItemFailures } = await eachMessage(batch, { failed: FAILED, width: WIDTH }, async (one) => {
      const asked = message.parse(JSON.parse(one.body));
      const asks = await inTurn(
        asked,
        { pace, hasRoom, now: clock() },
        {
          ready: () => mailingOf(asked, deps),
          go: (wanted) => send(wanted, deps),
        },
      );
      if (asks) waiting.push({ id: one.messageId, asks });
    });
    if (waiting.length === 0) return { batchItemFailures };
    try {
      await enqueue(waiting.map(({ asks }) => asks));
    } catch (error) {
      for (const { id } of waiting) log(FAILED, { message: id, error: errorName(error) });
      batchItemFailures.push(...waiting.map(({ id }) => ({ itemIdentifier: id })));
    }
    return { batchItemFailures };
  };

interface Mailing {
  current: Current<Letter>;
  addressed: Addressed;
  context: PolicyContext;
}

/** A letter that is to be mailed, and to whom; `undefined` when it is not, or goes on paper. Asked anew when its turn has come. */
const mailingOf = async ({ site, letter: id }: ToMail, deps: MailerDeps): Promise<Mailing | undefined> => {
  const { letters, runMails, policies, directory, clock } = deps;
  const current = await letters.head(site, id);
  const { state } = current;
  if (state?.status !== 'queued') return undefined;
  const run = state.run === undefined ? undefined : (await runMails.head(site, state.run)).state?.status;
  // It stays as it is until somebody decides.
  if (run === 'stopped') return undefined;
  const context = await contextOf(policies, site, state.policy);
  if (run === 'paper') return onPaper(current, 'run-stopped', context, deps);
  const addressed = await addressedTo(site, state, deps);
  if ('why' in addressed) return onPaper(current, addressed.why, context, deps);
  const foreign = await foreignIn(directory, site, state, addressed.card);
  if (foreign.length === 0) return { current, addressed, context };
  await execute(letters, { site, id, now: clock(), by: BY, decide: part });
  return undefined;
};

interface Addressed {
  card: PayerCard;
  address: PersonalRef;
  /** Mail to it came back before. */
  doubtful: boolean;
}

/** To whom it goes, as the registry and what earlier mail taught have it now. */
const addressedTo = async (
  site: string,
  { party, mandatory }: Letter,
  { directory, payers }: MailerDeps,
): Promise<Addressed | { why: PaperReason }> => {
  const [card, payer] = await Promise.all([payerOf(directory, site, party), payers.head(site, payerIdOf(party))]);
  const others = card ? idsOf(card).filter((id) => id !== party) : [];
  const known = [payer, ...(await payers.heads(site, others.map(payerIdOf)))].map(({ state }) => state);
  const { address, why = 'no-address' } = mailableAt(card?.emails ?? [], known, mandatory);
  if (!card || !address) return { why };
  return { card, address, doubtful: known.some((one) => (one?.returned[address.ref] ?? []).length > 0) };
};

const onPaper = async (
  { site, id }: Current<Letter>,
  why: PaperReason,
  context: PolicyContext,
  { letters, clock }: MailerDeps,
): Promise<undefined> => {
  const now = clock();
  await execute(letters, { site, id, now, by: BY, decide: (state) => notMailed({ state, now, context }, why) });
};

/** Claims it, unless the payer got enough mail today: then it goes on paper the same day. */
const claimed = async (
  { site, id }: Current<Letter>,
  { card: { party }, address, doubtful }: Addressed,
  { token, hash, paying }: { token: string; hash: string; paying: boolean },
  context: PolicyContext,
  { letters, clock }: MailerDeps,
): Promise<number | undefined> => {
  const now = clock();
  const day = localDay(now, context.zone);
  const enough = ({ mails }: MailCount) => mails >= context.policy.mailsPerOwnerDay;
  const { events } = await execute(letters, {
    site,
    id,
    now,
    by: BY,
    read: () => readMailCount(letters, site, party, day),
    decide: (known, count) => {
      const on = { state: known, now, context };
      return enough(count) ? notMailed(on, 'cap') : claim(on, { address, doubtful, contentHash: hash });
    },
    extraItems: (_, count, [event]) => {
      if (enough(count) || !event) return [];
      const link = { site, letter: id, version: event.version, address: address.ref, paying };
      return [countMail(letters, site, party, day, count), putLetterLink(letters, token, link, now + LINK_KEPT)];
    },
  });
  const [first] = events;
  return first?.name === 'letter.claimed' ? (first.data as { attempt: number }).attempt : undefined;
};

const send = async ({ current, addressed, context }: Mailing, deps: MailerDeps): Promise<void> => {
  const { letters, personal, clock, token: draw, apiUrl } = deps;
  const { site, id } = current;
  const { card, address } = addressed;
  const known = await personal.both(site, [card.name, address], 'contract');
  const texts = new Map([...known].map(([ref, { shown }]) => [ref, shown]));
  const to = texts.get(address.ref);
  // Erased: nobody has it any more.
  if (to === undefined) return onPaper(current, 'no-address', context, deps);
  const { paper, units } = await readLetter(deps, current, { card, texts });
  const token = draw();
  const paying = paysFor(units, card, localDay(clock(), context.zone));
  const attempt = await claimed(current, addressed, { token, hash: contentHash(paper), paying }, context, deps);
  if (attempt === undefined) return;
  if (isDemand(current.state)) await deps.evidence(site, known, evidenceUntil(clock(), context.policy));
  const email = emailOf({ ...paper, link: `${apiUrl}/n/${token}` });
  const at = clock();
  let messageId: string;
  try {
    messageId = await deps.send({ ...email, to, site, letter: id });
  } catch (error) {
    if (error instanceof MailRefused) return notTaken(error, { attempt, party: card.party }, current, context, deps);
    // It may be on its way: nobody sends it again before something tells.
    log('HY-LET-1', { letter: id, error: errorName(error) });
    return;
  }
  const taken = { attempt, messageId, acceptedAt: at };
  await execute(letters, {
    site,
    id,
    now: clock(),
    by: BY,
    decide: (state) => accepted({ state, now: at, context }, taken),
  });
  log('HY-LET-2', { letter: id, mail: messageId });
};

/** A minute after the first refusal, then twice as long each time, up to what the queue holds back. */
const backOff = (attempt: number): number => Math.min(DELAY_MOST, 60 * 2 ** Math.min(attempt - 1, 4));

/** The mail service certainly did not take it: it waits, or goes on paper. */
const notTaken = async (
  { why, code }: MailRefused,
  { attempt, party }: { attempt: number; party: string },
  { site, id }: Current<Letter>,
  context: PolicyContext,
  { letters, pace, enqueue, clock }: MailerDeps,
): Promise<void> => {
  const now = clock();
  const day = localDay(now, context.zone);
  log('HY-LET-3', { letter: id, error: code });
  await execute(letters, {
    site,
    id,
    now,
    by: BY,
    read: () => readMailCount(letters, site, party, day),
    decide: (known) => {
      const on = { state: known, now, context };
      return why === 'address' ? refused(on, attempt) : released(on, attempt, code);
    },
    // It was counted as a mail of today, and is none.
    extraItems: (_, count) => (count.mails > 0 ? [countMail(letters, site, party, day, count, -1)] : []),
  });
  if (why === 'other') throw new Error(`the mail service refuses letters: ${code}`);
  if (why === 'address') return;
  const delay = backOff(attempt);
  await pace.hold(now + Math.min(delay, 60) * SECOND);
  await enqueue([{ site, letter: id, delay }]);
};
