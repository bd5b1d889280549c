import type { NewEvent } from '../../shared/domain/events.ts';
import type { Obligation } from '../../shared/domain/obligation.ts';
import type { PolicyContext } from '../../shared/policy/policy-context.ts';
import type { Instant } from '../../shared/time/clock.ts';
import type { Complaint } from './complaint.ts';
import { owe } from './duties.ts';
import type { ComplaintEvent } from './events.ts';

export const WORDS = { ref: 'txt_1', hash: 'h' };

/** A registration as the desk causes it, about noise unless it says otherwise. */
export const registration = (
  at: Instant,
  context: PolicyContext,
  about: Partial<Pick<Complaint, 'kind' | 'about'>> = {},
): NewEvent<ComplaintEvent> => {
  const [judge, close] = (['judge', 'close'] as const).map((duty) =>
    owe(duty, at, context, undefined, about.about?.alone),
  ) as [Obligation, Obligation];
  return {
    name: 'complaint.registered',
    data: {
      contact: 'con_1',
      kind: 'noise',
      words: WORDS,
      department: 'engineering',
      anonymous: false,
      confidential: false,
      callable: true,
      receivedBy: 'li',
      registeredBy: 'li',
      policy: 0,
      closeDue: close.due,
      opens: [judge, close],
      ...about,
    },
  };
};
