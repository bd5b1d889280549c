import type { Caller } from '../../local/client.ts';
import { type Cloud, type CloudOptions, startCloud } from '../../local/cloud.ts';
import { ADMIN, callersOf, setUp, staffOf } from '../../local/demo/group.ts';

export const SITE = 'bench';

/** The positions of the one site. */
export interface Desk {
  agent: Caller;
  other: Caller;
  supervisor: Caller;
  head: Caller;
  director: Caller;
  admin: Caller;
}

/** A fresh cloud with one site and its staff. */
export const benchCloud = async (
  assembly: string,
  options: Pick<CloudOptions, 'start' | 'speed' | 'onUse' | 'repeatable'>,
) => {
  const cloud: Cloud = await startCloud({
    assembly,
    ...options,
    parameters: { AdminSubject: ADMIN },
    log: (line) => console.error(line),
  });
  try {
    const site = {
      id: SITE,
      name: 'Bench',
      timeZone: 'Asia/Shanghai',
      departments: [{ id: 'works', name: 'Works' }],
    };
    await setUp(cloud, { name: 'Bench', sites: [site], staff: staffOf(site, SITE, ['Bench Staff'], 'en') });
    await cloud.clock.settle();
    const as = callersOf(cloud);
    const desk: Desk = {
      agent: await as(`${SITE}-agent-1`),
      other: await as(`${SITE}-agent-2`),
      supervisor: await as(`${SITE}-supervisor`),
      head: await as(`${SITE}-works`),
      director: await as(`${SITE}-director`),
      admin: await as(ADMIN),
    };
    return { cloud, desk };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
};

/** The cheapest whole command: a call answered and settled at once. */
export const settledContact = (desk: Desk, key: string) =>
  desk.agent.post(
    `/sites/${SITE}/contacts`,
    { channel: 'call', rings: 2, outcome: { settled: true, note: '询问缴费时间，已答复。' } },
    key,
  );
