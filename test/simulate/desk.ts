import { HOUR, MINUTE } from '../../shared/time/clock.ts';
import type { Site } from './group.ts';
import type { Life } from './life.ts';

const WORDS = 'So it was.';
/** How long somebody takes: mostly within what is due, now and then far beyond it, and some never come back to it. */
const delay = ({ chance }: Life, usual: number): number | undefined => {
  if (chance.oneIn(60)) return undefined;
  return chance.oneIn(8) ? usual * (2 + 6 * chance.next()) : usual * (0.1 + chance.next());
};

/** What may be said to have happened before it is recorded. */
const MAY_BE_LATER = new Set(['accept', 'reply', 'investigate', 'resolve']);
/** Now and then it is recorded later than it happened: at times longer ago than it may be, or before it was owed. */
const recordedLater = ({ chance, cloud }: Life, command: string): object =>
  MAY_BE_LATER.has(command) && chance.oneIn(4)
    ? { happenedAt: new Date(cloud.clock.now() - chance.next() ** 2 * 2 * HOUR).toISOString(), evidence: WORDS }
    : {};

type Act = [by: keyof Site['staff'] | 'department', command: string, body: object, usual: number];

/** What is done about a complaint in each of its states; now and then something that isn't its turn. */
const nextOf = ({ chance }: Life, status: string): Act | undefined => {
  const doubted: Act = ['supervisor', 'judge', { valid: false, reason: 'no-fact', explanation: WORDS }, 40 * MINUTE];
  const usual: Record<string, Act[]> = {
    registered: [
      ['supervisor', 'judge', { valid: true }, 40 * MINUTE],
      ['manager', 'judge', { valid: true }, 50 * MINUTE],
      doubted,
    ],
    doubted: [['manager', 'second-look', { agree: chance.oneIn(2), explanation: WORDS }, 20 * HOUR]],
    assigned: [
      ['department', 'accept', {}, 40 * MINUTE],
      ['department', 'accept', {}, 30 * MINUTE],
      ['supervisor', 'assign', { department: chance.pick(['engineering', 'security']) }, HOUR],
    ],
    accepted: [
      [
        'department',
        'investigate',
        { findings: WORDS, ...(chance.oneIn(3) ? { upheld: chance.oneIn(2) } : {}) },
        3 * HOUR,
      ],
    ],
    investigated: [
      ['department', 'resolve', { result: WORDS }, 18 * HOUR],
      ['department', 'resolve', { result: WORDS }, 12 * HOUR],
      ['department', 'give-up', { reason: WORDS }, 20 * HOUR],
    ],
    unresolved: [['manager', 'decide', { decision: WORDS }, 20 * HOUR]],
    'called-back': [['department', 'sign', { feedback: WORDS }, 20 * HOUR]],
  };
  if (chance.oneIn(20))
    return chance.pick([
      ['supervisor', 'important', { reason: WORDS }, HOUR],
      ['agent', 'judge', { valid: true }, HOUR],
      ['security', 'resolve', { result: WORDS }, HOUR],
    ] as Act[]);
  const found = usual[status];
  return found && chance.pick(found);
};

const callBack = async (
  life: Life,
  site: Site,
  complaint: string,
  { resolutions, department }: { resolutions: number; department: keyof Site['staff'] },
): Promise<void> => {
  const { chance } = life;
  const path = `/sites/${site.id}/callbacks/${complaint.replace('cmp_', 'cbk_')}-${resolutions}`;
  const number = { number: '+86 138 0000 0000' };
  const reached = { outcome: 'reached', rating: 1 + chance.below(5), ...(chance.oneIn(2) ? number : {}) };
  const acts: [keyof Site['staff'], string, object][] = [
    ['agent2', 'attempts', { outcome: 'no-answer' }],
    ['agent2', 'attempts', reached],
    ['agent', 'attempts', reached],
    ['agent2', 'attempts', { ...reached, opinions: [WORDS] }],
    [
      'agent',
      'attempts',
      {
        outcome: 'reached',
        nextPromise: new Date(life.cloud.clock.now() + HOUR * (1 + chance.below(30))).toISOString(),
      },
    ],
    ['supervisor', 'waive', { reason: 'owner-refused', explanation: WORDS }],
    ['agent2', 'claim', {}],
    ['agent', 'reply', { reply: WORDS }],
  ];
  const [by, command, body] = chance.oneIn(3) ? chance.pick(acts) : chance.pick(acts.slice(0, 3));
  await life.does(site.staff[by], `${path}/${command}`, body);
  if ('opinions' in body) {
    const head = site.staff[department] ?? site.staff.manager;
    await life.does(head, `${path}/opinions/answer`, { item: 0, answer: WORDS });
    await life.does(head, `${path}/opinions/sign`, { item: 0 });
  }
};

/** Somebody follows a complaint up, as long as anything is to be done about it. */
const follows = (life: Life, site: Site, id: string, left = 25): void => {
  const on = async () => {
    const seen = await life.reads(site.staff.manager, `/sites/${site.id}/complaints/${id}`);
    if (left === 0) return;
    // Not there yet: who is to do something about it looks again.
    if (!seen) return life.after(2 * HOUR, async () => follows(life, site, id, left - 1));
    const act = seen.status === 'resolved' ? undefined : nextOf(life, seen.status);
    const usual = act?.[3] ?? 20 * HOUR;
    if (seen.status !== 'resolved' && !act) return;
    const wait = delay(life, usual);
    if (wait === undefined) return;
    life.after(wait, async () => {
      if (seen.status === 'resolved') await callBack(life, site, id, seen);
      else if (act) {
        const [by, command, body] = act;
        const who =
          by === 'department'
            ? (site.staff[seen.department as keyof Site['staff']] ?? site.staff.manager)
            : site.staff[by];
        const said = { ...body, ...recordedLater(life, command) };
        await life.does(who, `/sites/${site.id}/complaints/${id}/${command}`, said);
      }
      follows(life, site, id, left - 1);
    });
  };
  life.after(0, on);
};

/** Somebody calls, writes or comes by. */
export const contact = async (life: Life, site: Site): Promise<void> => {
  const { chance, cloud } = life;
  const agent = chance.pick([site.staff.agent, site.staff.agent2]);
  const channel = chance.pick(['call', 'call', 'message', 'visit']);
  const department = chance.pick(['engineering', 'security'] as const);
  const as = (kind: object) => ({ as: 'complaint', department, words: WORDS, ...kind });
  const conduct = {
    kind: chance.pick(['attitude', 'slowness', 'shirking']),
    about: { staff: chance.pick(site.staffIds) },
  };
  const outcome = chance.pick<object | undefined>([
    { settled: true },
    { as: chance.pick(['repair', 'suggestion', 'enquiry']), department, words: WORDS },
    as({ kind: chance.pick(['noise', 'noise', 'fees', 'quality']) }),
    as({ kind: 'noise', anonymous: chance.oneIn(3) }),
    as(chance.oneIn(6) ? conduct : { kind: 'noise' }),
    undefined,
  ]);
  // What is written is often answered later; what rings is mostly taken.
  const asks = chance.oneIn(channel === 'message' ? 2 : 10) ? { answered: false } : outcome ? { outcome } : {};
  const made = await life.does(agent, `/sites/${site.id}/contacts`, {
    channel,
    ...(channel === 'call' ? { rings: 1 + chance.below(6) } : {}),
    ...asks,
  });
  if (!made) return;
  if (made.complaint) return follows(life, site, made.complaint);
  const path = `/sites/${site.id}/contacts/${made.id}`;
  const steps: [keyof Site['staff'], string, object, number][] = [
    ['agent', 'answer', {}, 10 * MINUTE],
    [
      'agent2',
      'outcome',
      chance.oneIn(3) ? { settled: true } : { as: 'repair', department, words: WORDS },
      20 * MINUTE,
    ],
    [department, 'accept', {}, 40 * MINUTE],
    ['agent', 'promise', { replyBy: new Date(cloud.clock.now() + 5 * HOUR).toISOString() }, HOUR],
    ['agent', 'reply', { words: WORDS }, 4 * HOUR],
  ];
  for (const [by, command, body, usual] of steps) {
    if (chance.oneIn(2)) continue;
    const wait = delay(life, usual);
    if (wait !== undefined)
      life.after(
        wait,
        async () =>
          void (await life.does(site.staff[by], `${path}/${command}`, { ...body, ...recordedLater(life, command) })),
      );
  }
};
