import * as fc from 'fast-check';
import { type Answer, Problem } from '../../local/client.ts';
import { issuesRun, movesAccount, type Tried } from './fee-moves.ts';
import { fresh } from './keys.ts';
import { callbackOf, type Site } from './site.ts';
import { HOUR, MINUTE, type World } from './world.ts';

/** Something somebody tries, or time that passes; every number is chance, taken modulo what there is to choose from. */
export interface Move {
  what:
    | 'contact'
    | 'on-contact'
    | 'complaint'
    | 'on-complaint'
    | 'on-callback'
    | 'run'
    | 'on-account'
    | 'minutes'
    | 'hours'
    | 'days'
    | 'timers-die';
  atWestgate: boolean;
  which: number;
  how: number;
  who: number;
}

const WEIGHTS: Record<Move['what'], number> = {
  contact: 4,
  'on-contact': 4,
  complaint: 4,
  'on-complaint': 14,
  'on-callback': 7,
  run: 1,
  'on-account': 5,
  minutes: 3,
  hours: 2,
  days: 1,
  'timers-die': 1,
};

export const move: fc.Arbitrary<Move> = fc.record({
  what: fc.oneof(
    ...Object.entries(WEIGHTS).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what as Move['what']) })),
  ),
  atWestgate: fc.boolean(),
  which: fc.nat(1000),
  how: fc.nat(1000),
  who: fc.nat(1000),
});

const POSITIONS = ['agent-1', 'agent-2', 'supervisor', 'manager', 'engineering', 'security'];
const WORDS = { words: 'So it was.' };
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

/** What is tried on a complaint in each of its states; now and then something that isn't its turn. */
const onComplaint = (status: string, how: number): [command: string, body: object, by: string] => {
  const reason = { reason: 'no-fact', explanation: 'Nothing there.' };
  const usual: Record<string, [string, object, string][]> = {
    registered: [
      ['judge', { valid: true }, 'supervisor'],
      ['judge', { valid: true }, 'manager'],
      ['judge', { valid: false, ...reason }, 'supervisor'],
    ],
    doubted: [['second-look', { agree: how % 3 === 0, explanation: 'Seen.' }, 'manager']],
    assigned: [
      ['accept', {}, 'department'],
      ['accept', {}, 'department'],
      ['assign', { department: pick(['engineering', 'security'], how) }, 'supervisor'],
    ],
    accepted: [
      ['investigate', { findings: 'Found.' }, 'department'],
      ['investigate', { findings: 'Found.', upheld: how % 2 === 0 }, 'department'],
    ],
    investigated: [
      ['resolve', { result: 'Done.' }, 'department'],
      ['resolve', { result: 'Done.' }, 'department'],
      ['give-up', { reason: 'Cannot.' }, 'department'],
    ],
    unresolved: [['decide', { decision: 'Do it.' }, 'manager']],
    'called-back': [['sign', { feedback: 'Good.' }, 'department']],
  };
  const odd: [string, object, string] = ['important', { reason: 'It is.' }, 'supervisor'];
  return how % 11 === 0 ? odd : pick(usual[status] ?? [odd], how);
};

const onCallback = (how: number, now: number): [string, object, string] =>
  pick<[string, object, string]>(
    [
      ['attempts', { outcome: 'no-answer' }, 'agent-2'],
      ['attempts', { outcome: 'reached', rating: 1 + (how % 5) }, 'agent-2'],
      ['attempts', { outcome: 'reached', rating: 4, opinions: ['One.'] }, 'agent-2'],
      ['attempts', { outcome: 'reached', nextPromise: new Date(now + HOUR).toISOString() }, 'agent-1'],
      ['publish', { answer: 'At the gate.' }, 'agent-2'],
      ['waive', { reason: 'owner-refused', explanation: 'Asked.' }, 'supervisor'],
      ['claim', {}, 'agent-2'],
      ['reply', { reply: 'As promised.' }, 'agent-1'],
      ['opinions/answer', { item: 0, answer: 'So.' }, 'department'],
      ['opinions/sign', { item: 0 }, 'department'],
    ],
    how,
  );

/** Plays moves through the API. What the domain refuses is part of life; anything unexpected is thrown. */
export const simulation = (world: World) => {
  const known = {
    lakeside: { contacts: [] as string[], complaints: [] as string[] },
    westgate: { contacts: [] as string[], complaints: [] as string[] },
  };
  const tally = { done: 0, refused: 0 };

  const tried = async (site: Site, path: string, body: unknown, by: string): Promise<Answer> => {
    try {
      const answer = await site.only(path, body, { by, key: fresh('sim') });
      tally.done += 1;
      return answer;
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      tally.refused += 1;
      return undefined;
    }
  };

  /** Fees are lakeside's. */
  const atLakeside: Tried = (path, body, by) => tried(world.lakeside, path, body, by);

  const onward = async (site: Site, id: string, atCallback: boolean, how: number, who: number) => {
    await world.settle();
    const { status, department, resolutions } = await site.complaint(id);
    const callback = atCallback || status === 'resolved';
    const [command, body, by] = callback ? onCallback(how, world.cloud.clock.now()) : onComplaint(status, how);
    const path = callback ? `callbacks/${callbackOf(id, Math.max(1, resolutions))}` : `complaints/${id}`;
    const usual = by === 'department' ? department : by;
    await tried(site, `${path}/${command}`, body, how % 13 === 0 ? pick(POSITIONS, who) : usual);
  };

  const play = async ({ what, atWestgate, which, how, who }: Move): Promise<void> => {
    const site = atWestgate ? world.westgate : world.lakeside;
    const mine = atWestgate ? known.westgate : known.lakeside;
    const now = world.cloud.clock.now();
    const agent = pick(['agent-1', 'agent-2'], who);
    const department = pick(['engineering', 'security'], which);
    const repair = { as: pick(['repair', 'suggestion', 'enquiry'], how), department, ...WORDS };
    switch (what) {
      case 'minutes':
        return world.passes((1 + (how % 40)) * MINUTE + (which % 1000));
      case 'hours':
        return world.passes((1 + (how % 12)) * HOUR);
      case 'days':
        return world.passes((1 + (how % 3)) * 24 * HOUR);
      case 'run':
        return issuesRun(atLakeside, how);
      case 'on-account': {
        for (let step = 0; step <= who % 4; step++) await movesAccount(world, atLakeside, which + step, how + 5 * step);
        return;
      }
      case 'timers-die':
        world.cloud.stopExecutions();
        return;
      case 'contact': {
        const ways = [{ outcome: { settled: true } }, { outcome: repair }, { answered: false }, {}];
        const channel = pick(['call', 'call', 'message', 'visit'], which);
        const rings = channel === 'call' ? { rings: 1 + (how % 6) } : {};
        const made = await tried(site, 'contacts', { channel, ...rings, ...pick(ways, how) }, agent);
        if (made) mine.contacts.push(made.id);
        return;
      }
      case 'complaint': {
        const conduct = how % 3 === 0 && mine.contacts.length > 0;
        const about = {
          staff: world.staff(`${site.site}-agent-1`),
          ...(how % 2 ? { contact: pick(mine.contacts, which) } : {}),
        };
        const kind = conduct ? { kind: pick(['attitude', 'slowness', 'shirking'], which), about } : { kind: 'noise' };
        const outcome = { as: 'complaint', department, ...kind, ...WORDS, anonymous: how % 7 === 0 };
        const made = await tried(site, 'contacts', { channel: 'call', rings: 1 + (which % 4), outcome }, agent);
        if (made?.complaint) mine.complaints.push(made.complaint);
        return;
      }
      case 'on-contact': {
        if (mine.contacts.length === 0) return;
        const promise = { replyBy: new Date(now + HOUR).toISOString() };
        const commands: [string, object][] = [
          ['answer', {}],
          ['outcome', { settled: true }],
          ['outcome', repair],
          ['accept', {}],
          ['accept', { spokenBy: world.staff(`${site.site}-${department}`) }],
          ['promise', promise],
          ['reply', WORDS],
        ];
        const [command, body] = pick(commands, how);
        await tried(site, `contacts/${pick(mine.contacts, which)}/${command}`, body, pick(POSITIONS, who));
        return;
      }
      default: {
        if (mine.complaints.length === 0) return;
        const id = pick(mine.complaints, which);
        // A few steps in a row, so that some get far.
        for (let step = 0; step <= who % 4; step++) await onward(site, id, what === 'on-callback', how + 7 * step, who);
      }
    }
  };
  return { play, tally };
};
