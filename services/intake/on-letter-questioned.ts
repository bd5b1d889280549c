import { derivedId } from '../../shared/domain/ids.ts';
import { Refusal } from '../../shared/domain/refusal.ts';
import { execute } from '../../shared/journal/execute.ts';
import { consumerFor } from '../../shared/lambda/bus.ts';
import { FINANCE } from '../../shared/people/positions.ts';
import type { Policies } from '../../shared/policy/policies.ts';
import { contextAt } from '../../shared/policy/policy-context.ts';
import { localDay } from '../../shared/time/clock.ts';
import { letterQuestioned } from '../billing/events.ts';
import { answer, receive, route, together } from './decide.ts';
import type { Contacts } from './store.ts';

/**
 * In: a payer questioned a letter through its link. Out: a contact of that moment, handed to finance as an enquiry; at a
 * site without finance it waits for the desk like whatever else is written.
 */
export const onLetterQuestioned = consumerFor<{ contacts: Contacts; policies: Policies }>()({
  name: 'intake-on-letter-questioned',
  events: [letterQuestioned],
  async handle({ site, aggregate: letter, at, by, data }, { contacts, policies }) {
    const { ordinal, unit, party, words } = data;
    const [context, { departments }] = await Promise.all([contextAt(policies, site, at), policies.site(site)]);
    const actor = { staff: by, roles: [], departments: [] };
    const received = receive({ channel: 'web', unit, party, receivedAt: at, words, letter });
    const handed = [
      answer({ answeredAt: at }),
      route({ as: 'enquiry', department: FINANCE, words, anonymous: false, confidential: false, callable: true }),
    ];
    const decide = departments.some(({ id }) => id === FINANCE) ? together(received, ...handed) : received;
    await execute(contacts, {
      site,
      id: derivedId('contact', letter, ordinal),
      now: at,
      by,
      numberedOn: localDay(at, context.zone),
      decide: (state) => {
        if (state) return [];
        const newEvents = decide({ state, actor, now: at, context });
        if (newEvents instanceof Refusal) throw newEvents;
        return newEvents;
      },
    });
  },
});
