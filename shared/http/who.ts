import type { Actor } from '../people/access.ts';
import { isOneOf, type Role, roleWord } from '../people/positions.ts';
import type { MessageKey } from '../text/catalogue.ts';
import type { RouteDef } from './route.ts';

/** Who may call it, for those who may not. */
export const whoMay = ({ who, positions }: RouteDef): MessageKey[] => {
  if (positions) return (Object.keys(positions) as Role[]).map(roleWord);
  return typeof who === 'string' ? ['may.staff-here'] : who.map(roleWord);
};

/** Whether somebody may call it, by the positions they hold where it is. */
export const isAllowed = ({ who }: RouteDef, actor: Actor, here = actor.roles.length): boolean =>
  who === 'everybody' || (who === 'staff' ? here > 0 : isOneOf(who, actor));
