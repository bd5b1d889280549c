import type { Instant } from '../../../../shared/time/clock.ts';
import { chain, type DutyChain, inOrder } from './chain.ts';

/** One step of a department's acceptance of a complaint, under its version in the complaint's journal. */
export interface Acceptance {
  is: 'assigned' | 'accepted' | 'missed';
  /** When it happened. */
  at: Instant;
  due: Instant;
  department?: string | undefined;
  /** Recorded for somebody who accepted by word of mouth. */
  proxy?: true | undefined;
  /** Recorded later than it was given. */
  later?: true | undefined;
}

const LINK = { assigned: 'owed', accepted: 'done', missed: 'missed' } as const;

/** Where the acceptance of a complaint stands, and whose it is. */
export const acceptance = (steps: Record<string, Acceptance> = {}): DutyChain =>
  chain(
    inOrder(steps).map(({ is, ...step }) => ({ ...step, is: LINK[is] })),
    'accepted-late',
  );

export const firstAccepted = (steps: Record<string, Acceptance> = {}): Acceptance | undefined =>
  inOrder(steps).find(({ is }) => is === 'accepted');
