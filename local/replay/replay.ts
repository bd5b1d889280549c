import type { Caller } from '../client.ts';
import { callersOf, type GroupSpec, type Lived, setUp, staffOf } from '../demo/group.ts';
import { type ComplaintRow, ZONE } from './rows.ts';
import { isAttitude, type Moment, momentsOf, ratingOf, ringsOf } from './steps.ts';

/** Callers of one site by what they do, and the staff id of the agent who takes its calls. */
interface Desk {
  site: string;
  taker: Caller;
  takerId: string;
  other: Caller;
  supervisor: Caller;
  head(department: string): Promise<Caller>;
  departmentId(name: string): string;
}

/** Sites and departments of the rows, each under an id that any name can have. */
export const groupOf = (
  rows: readonly ComplaintRow[],
): { group: GroupSpec; siteId: Map<string, string>; departmentId: Map<string, string> } => {
  const numbered = (names: string[], prefix: string) =>
    new Map([...new Set(names)].sort().map((name, i) => [name, `${prefix}${i + 1}`] as const));
  const siteId = numbered(
    rows.map(({ site }) => site),
    'site-',
  );
  const departmentId = numbered(
    rows.map(({ department }) => department),
    'department-',
  );
  const sites = [...siteId].map(([name, id]) => {
    const used = new Set(rows.filter(({ site }) => site === name).map(({ department }) => department));
    const departments = [...departmentId].filter(([department]) => used.has(department));
    return {
      id,
      name,
      timeZone: ZONE,
      departments: departments.map(([department, of]) => ({ id: of, name: department })),
    };
  });
  const manager = {
    sub: 'group-manager',
    name: 'Replay Group Manager',
    language: 'en' as const,
    site: '*',
    role: 'group-manager',
  };
  const quality = {
    sub: 'quality-manager',
    name: 'Replay Quality Manager',
    language: 'en' as const,
    site: '*',
    role: 'quality-manager',
  };
  const staff = sites.flatMap((site) => staffOf(site, site.id, ['Replay Staff'], 'en'));
  return { group: { name: 'Replay', sites, staff: [manager, quality, ...staff] }, siteId, departmentId };
};

/** Sends the rows through the public API, the clock moved to each moment; nothing at or after `until` happens. */
export const replayRows = async (
  cloud: Lived,
  rows: readonly ComplaintRow[],
  until: number,
  progress: (line: string) => void,
) => {
  const { group, siteId, departmentId } = groupOf(rows);
  const staff = await setUp(cloud, group, progress);
  await cloud.clock.settle();
  const callers = callersOf(cloud);
  const desks = new Map<string, Desk>();
  for (const [name, site] of siteId) {
    desks.set(name, {
      site,
      taker: await callers(`${site}-agent-1`),
      takerId: staff.get(`${site}-agent-1`) ?? '',
      other: await callers(`${site}-agent-2`),
      supervisor: await callers(`${site}-supervisor`),
      head: (department) => callers(`${site}-${departmentId.get(department)}`),
      departmentId: (department) => departmentId.get(department) ?? '',
    });
  }
  const complaints = new Map<number, string>();
  const moments = momentsOf(rows, until);
  let done = 0;
  for (const [at, together] of byInstant(moments)) {
    await cloud.clock.advance({ to: at });
    for (const what of ['take', 'resolve', 'call-back'] as const) {
      const now = together.filter((moment) => moment.what === what);
      if (now.length === 0) continue;
      await inStages(cloud, now, desks, complaints);
      done += now.length;
      if (done % 100 < now.length)
        progress(`${new Date(at).toISOString().slice(0, 16)}  ${done} of ${moments.length} moments`);
    }
  }
  await cloud.clock.advance({ to: until });
  return { siteId };
};

const byInstant = (moments: readonly Moment[]): Map<number, Moment[]> => Map.groupBy(moments, ({ at }) => at);

type Stage = (moment: Moment, desk: Desk, complaints: Map<number, string>) => Promise<unknown>;

const key = ({ row }: Moment, step: string) => `line-${row.line}-${step}`;
const path = ({ site }: Desk, moment: Moment, complaints: Map<number, string>, command: string) =>
  `/sites/${site}/complaints/${complaints.get(moment.row.line)}/${command}`;
const ofComplaint =
  (
    command: string,
    by: (desk: Desk, row: ComplaintRow) => Caller | Promise<Caller>,
    body: (row: ComplaintRow) => unknown,
  ): Stage =>
  async (moment, desk, complaints) =>
    (await by(desk, moment.row)).post(path(desk, moment, complaints, command), body(moment.row), key(moment, command));

/** What is done at each kind of moment, in order; what one step causes has happened before the next. */
const STAGES: Record<Moment['what'], Stage[]> = {
  take: [
    async (moment, desk, complaints) => {
      const { row } = moment;
      const call = { channel: 'call', rings: ringsOf(row) };
      const outcome = {
        as: 'complaint',
        kind: 'other',
        department: desk.departmentId(row.department),
        words: row.words,
      };
      const contacts = `/sites/${desk.site}/contacts`;
      if (!isAttitude(row)) {
        const taken = await desk.taker.post(contacts, { ...call, outcome }, key(moment, 'take'));
        complaints.set(row.line, taken.complaint);
        return;
      }
      // It is about whoever took the call: somebody else has to register it.
      const { id } = await desk.taker.post(contacts, call, key(moment, 'take'));
      const about = { staff: desk.takerId, contact: id };
      const routed = await desk.other.post(
        `${contacts}/${id}/outcome`,
        { ...outcome, kind: 'attitude', about },
        key(moment, 'route'),
      );
      complaints.set(row.line, routed.complaint);
    },
    ofComplaint(
      'judge',
      ({ supervisor }) => supervisor,
      () => ({ valid: true }),
    ),
    ofComplaint(
      'accept',
      (desk, row) => desk.head(row.department),
      () => ({}),
    ),
    ofComplaint(
      'investigate',
      (desk, row) => desk.head(row.department),
      (row) => ({
        findings: 'As reported.',
        ...(isAttitude(row) ? { upheld: true } : {}),
      }),
    ),
  ],
  resolve: [
    ofComplaint(
      'resolve',
      (desk, row) => desk.head(row.department),
      () => ({ result: 'Done.' }),
    ),
  ],
  'call-back': [
    async (moment, desk, complaints) => {
      const callback = `cbk_${complaints.get(moment.row.line)?.slice('cmp_'.length)}-1`;
      const attempt = { outcome: 'reached', rating: ratingOf(moment.row) };
      return desk.other.post(`/sites/${desk.site}/callbacks/${callback}/attempts`, attempt, key(moment, 'call-back'));
    },
  ],
};

/** So many rows of one moment are under way together. */
const WIDTH = 16;

const inStages = async (
  cloud: Lived,
  moments: readonly Moment[],
  desks: Map<string, Desk>,
  complaints: Map<number, string>,
) => {
  for (const stage of STAGES[moments[0]?.what ?? 'take']) {
    for (let i = 0; i < moments.length; i += WIDTH) {
      await Promise.all(
        moments.slice(i, i + WIDTH).map((moment) => stage(moment, desks.get(moment.row.site) as Desk, complaints)),
      );
    }
    await cloud.clock.settle();
  }
};
