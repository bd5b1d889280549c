import type { Answer } from '../../local/client.ts';
import { fresh } from './keys.ts';
import { callbackOf } from './site.ts';
import type { World } from './world.ts';

/** Somebody who pays for a home that was billed, and how they could be told by. */
export interface Owner {
  unit: string;
  party: string;
  account: string;
  letter: string;
  /** All that says who it is: ids, name, number, address. */
  names: string[];
}

/** A case whose owner is kept from some, by the things of it. */
export interface Concealed {
  what: 'confidential' | 'conduct' | 'promised' | 'anonymous';
  owner: Owner;
  department: string;
  things: Record<string, string>;
  /** What was said of it, and what the desk told its owner. */
  said: string;
  told: string;
}

/** Owners at lakeside, as many as are asked for, in an order drawn from a seed. */
export const drawOwners = async (world: World, many: number, seed: number): Promise<Owner[]> => {
  const manager = await world.as('lakeside-manager');
  const { items: letters } = await manager.get('/sites/lakeside/letters?limit=100');
  const drawn = [...letters].sort((a: Answer, b: Answer) => rank(a.id, seed) - rank(b.id, seed)).slice(0, many);
  return Promise.all(
    drawn.map(async ({ id: letter, party, accounts }: Answer): Promise<Owner> => {
      const [{ account, unit }] = accounts;
      const { name, contacts } = await manager.get(`/sites/lakeside/parties/${party}`);
      const ways = contacts.map(({ value }: Answer) => value);
      return { unit, party, account, letter, names: [unit, party, name, ...ways] };
    }),
  );
};
/** A place in an order that the seed decides. */
const rank = (id: string, seed: number): number => [...id].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1e9, seed);

/** A call of an owner's. */
export const callOf = ({ unit, party }: Owner) => ({ channel: 'call', rings: 1, unit, party });

/**
 * Four cases whose owners are kept from departments: in confidence, about fees and about the matter, the latter with a promise kept;
 * about the conduct of `accused`, who took an earlier call of theirs; and anonymously, by somebody whose name was taken first.
 * Each goes as far as the callback.
 */
export const concealedCases = async (
  world: World,
  owners: readonly Owner[],
  accused: { staff: string; contact: string },
): Promise<Concealed[]> => {
  const { lakeside: site } = world;
  const [fees, conduct, matter, nobody] = owners as [Owner, Owner, Owner, Owner];
  const take = async (body: object, by = 'agent-2') =>
    (await site.callerAt(by)).post('/sites/lakeside/contacts', body, fresh());
  const settle = () => world.settle();

  const complaint = (what: Concealed['what'], department: string, more: object) => ({
    as: 'complaint',
    department,
    words: `said in ${what}`,
    ...more,
  });
  const promise = { replyBy: new Date(world.cloud.clock.now() + 3_600_000).toISOString() };
  const taken: [Concealed['what'], Owner, string, Answer][] = [
    [
      'confidential',
      fees,
      'finance',
      await take({
        ...callOf(fees),
        outcome: complaint('confidential', 'finance', { kind: 'fees', confidential: true }),
      }),
    ],
    [
      'conduct',
      conduct,
      'security',
      await take({
        ...callOf(conduct),
        outcome: complaint('conduct', 'security', {
          kind: 'attitude',
          about: accused,
        }),
      }),
    ],
    [
      'promised',
      matter,
      'engineering',
      await take({
        ...callOf(matter),
        promise,
        outcome: complaint('promised', 'engineering', { kind: 'maintenance', confidential: true }),
      }),
    ],
  ];
  const { id: first } = await take(callOf(nobody));
  const outcome = complaint('anonymous', 'cleaning', { kind: 'cleaning', anonymous: true, callable: true });
  taken.push([
    'anonymous',
    nobody,
    'cleaning',
    await site.only(`contacts/${first}/outcome`, outcome, { by: 'agent-2' }),
  ]);
  await settle();

  const cases: Concealed[] = [];
  for (const [what, owner, department, { id: contact, complaint: id }] of taken) {
    const told = `told the owner in ${what}`;
    if (what === 'promised') await site.only(`contacts/${contact}/reply`, { words: told }, { by: 'agent-2' });
    await site.judges(id);
    await site.accepts(id, { by: department });
    await site.investigates(id, what === 'conduct' ? { upheld: true } : {}, { by: department });
    await site.resolves(id, { by: department });
    const [name = '', ...ways] = owner.names.slice(2);
    const number = ways.find((way) => /^\+?[\d ]+$/.test(way)) ?? '';
    const nextPromise = new Date(world.cloud.clock.now() + 3_600_000).toISOString();
    const reached = { number, spokeWith: name, rating: 4, opinions: [`opinion of ${what}`], nextPromise };
    await site.callsBack(id, { ...reached, by: 'agent-1' });
    await site.onCallback(id, 'reply', { reply: told }, 'agent-1');
    const things = { site: 'lakeside', contact, complaint: id, callback: callbackOf(id), ...idsOf(owner) };
    cases.push({ what, owner, department, things, said: `said in ${what}`, told });
  }
  await settle();
  return cases;
};

/** Routes are asked of all that is an owner's, too. */
export const idsOf = ({ unit, party, account, letter }: Owner): Record<string, string> => ({
  unit,
  party,
  account,
  letter,
});
