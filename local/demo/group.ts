import { type Caller, caller } from '../client.ts';
import type { Cloud, Reachable } from '../cloud.ts';

/** A cloud in which a group lives. */
export type Lived = Reachable & Pick<Cloud, 'clock' | 'mail'>;

/** A member of staff to be set up: what they do, at which site. */
export interface StaffSpec {
  /** Also the OIDC subject. */
  sub: string;
  name: string;
  language: 'zh-CN' | 'en';
  /** A site's id, or `*`. */
  site: string;
  role: string;
  department?: string;
}

export interface SiteSpec {
  id: string;
  name: string;
  timeZone: string;
  departments: { id: string; name: string }[];
  desk?: { complaintPhone: string; address: string };
  howToPay?: string[];
}

export interface GroupSpec {
  name: string;
  sites: SiteSpec[];
  staff: StaffSpec[];
}

/** The subject that may set a group up; the local cloud names it as the template's `AdminSubject`. */
export const ADMIN = 'admin';

/** The usual positions of a site: two agents, a supervisor, a head for each department, a manager and a director. */
export const staffOf = (
  site: SiteSpec,
  prefix: string,
  names: readonly string[],
  language: 'zh-CN' | 'en',
): StaffSpec[] => {
  const positions: { sub: string; role: string; department?: string }[] = [
    { sub: 'agent-1', role: 'agent' },
    { sub: 'agent-2', role: 'agent' },
    { sub: 'supervisor', role: 'supervisor' },
    { sub: 'manager', role: 'centre-manager' },
    { sub: 'director', role: 'site-director' },
    ...site.departments.map(({ id }) => ({ sub: id, role: 'department-head', department: id })),
  ];
  return positions.map(({ sub, ...position }, i) => ({
    sub: `${prefix}-${sub}`,
    name: names[i % names.length] ?? sub,
    language,
    site: site.id,
    ...position,
  }));
};

/** Sets a group up through the public API; running it again changes nothing. Gives back staff ids by subject. */
export const setUp = async (
  cloud: Reachable,
  group: GroupSpec,
  log: (line: string) => void = () => {},
): Promise<Map<string, string>> => {
  const admin = caller(cloud.apiUrl, await cloud.token(ADMIN), 'en', cloud.fetch);
  await admin.put('/group', { name: group.name }, 'setup-group');
  for (const site of group.sites) {
    await admin.post('/sites', site, `setup-site-${site.id}`);
    log(`site ${site.name}`);
  }
  const ids = new Map<string, string>();
  for (const { sub, name, language, site, role, department } of group.staff) {
    const grant = { site, role, ...(department === undefined ? {} : { department }) };
    const body = { name, email: `${sub}@staff.example.com`, language, subject: sub, grants: [grant] };
    const made = await admin.post('/staff', body, `setup-staff-${sub}`);
    ids.set(sub, made.id);
  }
  log(`${group.staff.length} members of staff`);
  return ids;
};

/** Callers by subject, made when first asked for. */
export const callersOf = (cloud: Reachable, language = 'en') => {
  const made = new Map<string, Promise<Caller>>();
  return (sub: string): Promise<Caller> => {
    const known = made.get(sub) ?? cloud.token(sub).then((token) => caller(cloud.apiUrl, token, language, cloud.fetch));
    made.set(sub, known);
    return known;
  };
};
