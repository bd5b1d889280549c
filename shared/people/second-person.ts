import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Directory } from '../directory/units.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { PolicyValues } from '../policy/policy.ts';
import type { MessageKey } from '../text/catalogue.ts';
import { HOUR, type Instant } from '../time/clock.ts';
import { type Actor, type StaffCard, staffKey } from './access.ts';

/**
 * What takes two people takes two members of staff, whatever positions they hold. Who somebody is, their sign-in says: so one that
 * was changed counts for nothing here for a while, and what was begun under the one before has no first person any more.
 */
export interface On {
  actor: Pick<Actor, 'staff' | 'signInSince'>;
  now: Instant;
  context: { policy: Pick<PolicyValues, 'signInHours'> };
}

/** Who began it, and when. */
export interface Begun {
  by: string;
  at: Instant;
}

/** Since when the sign-in of whoever began something is theirs, where it was changed; read as it stands now. */
export const signInSince = async ({ doc, registry }: Directory, staff: string | undefined) => {
  if (staff === undefined) return undefined;
  const { Item } = await doc.send(new GetCommand({ TableName: registry, Key: staffKey(staff), ConsistentRead: true }));
  return (Item as StaffCard | undefined)?.signInSince;
};

/** Whose sign-in was changed a short while ago begins nothing that takes two people. */
export const newSignIn = ({ actor, now, context }: On): Refusal | undefined => {
  const hours = context.policy.signInHours;
  return actor.signInSince !== undefined && now < actor.signInSince + hours * HOUR
    ? refuse('second-person.new-sign-in', { hours })
    : undefined;
};

/**
 * Why somebody isn't the second person to what another began. @param since of whoever began it (`signInSince`); @param same how it is
 * said to that person themselves; @param another how, where they sign in as another since
 */
export const notSecond = (
  on: On,
  begun: Begun,
  since: Instant | undefined,
  same: MessageKey = 'account.second-person',
  another: MessageKey = 'second-person.began-as-another',
): Refusal | undefined => {
  if (begun.by === on.actor.staff) return refuse(same);
  return newSignIn(on) ?? (since !== undefined && since >= begun.at ? refuse(another) : undefined);
};
