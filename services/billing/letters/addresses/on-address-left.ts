import { MailRefused, type SendMail } from '../../../../shared/aws/ses.ts';
import { idsOf, payerOf } from '../../../../shared/directory/payer.ts';
import type { Directory } from '../../../../shared/directory/units.ts';
import type { PersonalRef } from '../../../../shared/domain/events.ts';
import type { claimsIn } from '../../../../shared/journal/claims.ts';
import { consumerFor } from '../../../../shared/lambda/bus.ts';
import { log } from '../../../../shared/lambda/log.ts';
import { type Email, mailed } from '../../../../shared/paper/mail.ts';
import type { PersonalReader } from '../../../../shared/people/personal.ts';
import type { Policies } from '../../../../shared/policy/policies.ts';
import type { SiteFacts } from '../../../../shared/policy/policy.ts';
import { type Language, say } from '../../../../shared/text/catalogue.ts';
import { type Clock, localDay } from '../../../../shared/time/clock.ts';
import { partyChanged } from '../../../registry/events.ts';
import { deskFacts } from '../../documents/contract.ts';
import type { Payers } from '../store.ts';
import { payerIdOf } from './payer.ts';

/** What became of telling an address: not told where mail there came back or is unwanted, or nobody has it any more. */
export type LeftState = 'due' | 'sending' | 'sent' | 'refused' | 'not-told';

export interface LeftDeps {
  payers: Payers;
  directory: Directory;
  policies: Policies;
  personal: PersonalReader;
  claims: ReturnType<typeof claimsIn<LeftState>>;
  send: SendMail;
  /** The copy of an address goes once it has been told, or isn't to be. */
  forget(site: string, ref: string): Promise<void>;
  clock: Clock;
}

/** Nothing in it that whoever reads mail there may not know: no name, no unit, no new address. */
const letterOf = (site: SiteFacts, day: string, language: Language): Email => {
  const { complaintPhone, address } = deskFacts(site);
  return mailed({
    language,
    title: say('address-left.title', language),
    subject: say('address-left.subject', language, { site: site.name }),
    site: site.name,
    number: '',
    desk: [complaintPhone, address].filter((line) => line !== undefined),
    blocks: [{ block: 'paragraph', text: say('address-left.text', language, { site: site.name, day }) }],
  });
};

/**
 * In: an email address is a party's no more. Out: it is told so there, once, in the party's language, with whom to ask:
 * whoever has an address changed that isn't theirs is found out. Claims, sends, settles (shared/journal/claims.ts).
 */
export const onAddressLeft = consumerFor<LeftDeps>()({
  name: 'billing-on-address-left',
  events: [partyChanged],
  having: { 'party.changed': 'left' },
  async handle({ id, site, aggregate, at, data }, deps) {
    const { directory, payers, policies, personal, claims, send, forget, clock } = deps;
    const { left = [], language } = data;
    const [facts, card] = await Promise.all([policies.site(site), payerOf(directory, site, aggregate)]);
    const known = await payers.heads(site, (card ? idsOf(card) : [aggregate]).map(payerIdOf));
    const silent = (was: string) =>
      known.some(({ state }) => state?.failed.includes(was) || state?.unwanted.includes(was));
    const tell = async (was: string, { ref, hash }: PersonalRef) => {
      const key = { pk: `${site}#left#${aggregate}`, sk: `${id}#${ref}` };
      const to = silent(was) ? undefined : (await personal.read(site, [{ ref, hash }])).get(ref);
      await claims.offer(key, to === undefined ? 'not-told' : 'due');
      const claim = await claims.claim<{ mail: LeftState }>(key, clock());
      if (claim === 'busy') throw new Error('another has it');
      if (claim !== 'done' && to !== undefined) {
        try {
          const mail = await send(to, letterOf(facts, localDay(at, facts.timeZone), language));
          log('HY-MAI-1', { item: id, mail });
          await claims.settle(key, 'sent', clock(), mail);
        } catch (error) {
          if (!(error instanceof MailRefused)) throw error;
          log('HY-MAI-2', { item: id });
          await claims.settle(key, 'refused', clock());
        }
      }
      await forget(site, ref);
    };
    for (const { was, address } of left) await tell(was, address);
  },
});
