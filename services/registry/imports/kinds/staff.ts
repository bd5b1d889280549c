import { newId } from '../../../../shared/domain/ids.ts';
import { accessKey, type Grant } from '../../../../shared/people/access.ts';
import { type KnownTexts, refersTo } from '../../../../shared/people/personal.ts';
import type { Role } from '../../../../shared/people/positions.ts';
import { ROLES } from '../../../../shared/people/positions.ts';
import type { Language } from '../../../../shared/text/catalogue.ts';
import type { RowFault } from '../../events.ts';
import { EVERYWHERE } from '../../group.ts';
import { email } from '../../routes/party-parts.ts';
import { subjectIn, unknownGrants } from '../../routes/staff.ts';
import { GRANTS_MAX, join, type Staff, staffTexts } from '../../staff.ts';
import { publishStaff } from '../../staff-published.ts';
import { commit, step } from '../batch.ts';
import { as, type CellFault, fault, language, oneOf, text } from '../cells.ts';
import type { Importer, ReadRow, RowOutcome } from '../importer.ts';

interface StaffRow {
  name: string;
  email: string | undefined;
  subject: string;
  language: Language;
  role: Role;
  site: string;
  department: string | undefined;
}

const grantOf = ({ site, role, department }: StaffRow): Grant => ({
  site,
  role,
  ...(department === undefined ? {} : { department }),
});
const same = (a: Grant, b: Grant) => a.site === b.site && a.role === b.role && a.department === b.department;

const siteOrAll = (cell: string): string | CellFault => {
  if (cell === '*' || cell === '全部') return '*';
  return /^[A-Za-z0-9_-]{1,60}$/.test(cell) ? cell : fault('import.unknown-site');
};

/** What a row says of somebody who is there already that isn't so there. */
const differencesFrom = (state: Staff, line: number, row: StaffRow, texts: KnownTexts): RowFault[] => {
  const { name, email: address, language } = row;
  const sameMail = address === undefined ? !state.email : !!state.email && refersTo(state.email, address, texts);
  const otherwise = (field: string, rule = 'import.exists-otherwise') => ({ line, field, rule });
  return [
    ...(state.active ? [] : [otherwise('subject', 'import.inactive')]),
    ...(refersTo(state.name, name, texts) ? [] : [otherwise('name')]),
    ...(sameMail ? [] : [otherwise('email')]),
    ...(state.language === language
      ? []
      : [{ ...otherwise('language', 'import.exists-as'), details: { there: `language.${state.language}` } }]),
    ...(state.grants.some((grant) => same(grant, grantOf(row))) ? [] : [otherwise('role', 'import.no-such-position')]),
  ];
};

/** Staff (员工): one row for each position somebody holds. */
export const staff: Importer<StaffRow> = {
  columns: {
    name: { titles: ['姓名', '员工姓名', 'staffname', 'fullname', 'employee', 'employeename'], read: text(100) },
    email: {
      titles: ['邮箱', '电子邮箱', '电子邮件', 'emailaddress', 'mail'],
      read: as(email, 'import.email'),
      empty: { value: undefined },
    },
    subject: {
      titles: ['sub', '账号', '登录账号', '登录名', 'signin', 'login', 'loginname', 'account', 'username', 'userid'],
      read: as(subjectIn, 'import.id'),
    },
    language: {
      titles: ['语言', 'lang', 'preferredlanguage'],
      read: language,
      empty: { value: 'zh-CN' },
    },
    role: {
      titles: ['岗位', '角色', '职务', 'post', 'position', 'jobtitle'],
      read: oneOf<Role>(ROLES.map((role) => [role, `role.${role}`, role] as const)),
    },
    site: { titles: ['项目', '项目编号', 'siteid', 'sitecode', 'project'], read: siteOrAll },
    department: { titles: ['部门', '部门编号', 'dept', 'departmentid'], read: text(60), empty: { value: undefined } },
  },
  checks: [
    {
      reads: ['role', 'site', 'department'],
      wrong: ({ line, value: { role, site, department } }) => {
        if (role === 'department-head' && department === undefined) {
          return [{ line, field: 'department', rule: 'import.department-needed' }];
        }
        return site === '*' && department !== undefined
          ? [{ line, field: 'department', rule: 'import.unknown-department' }]
          : [];
      },
    },
  ],
  key: (row) => [row.subject, row.site, row.role, row.department ?? ''].join('\n'),
  keyed: ['subject', 'site', 'role', 'department'],
  about: ({ subject, name, email: address, language }) => ({
    things: [subject],
    says: { name, email: address, language },
  }),

  async compare(rows, { registry, personal, isDeployments }) {
    const unknown = await unknownGrants(
      { registry },
      rows.map(({ value }) => grantOf(value)),
    );
    const faults = new Map(unknown.map(({ index, field }) => [index, field]));
    const published = await registry.publishedAll(rows.map(({ value }) => accessKey(value.subject)));
    const heads = await registry.staff.heads(
      EVERYWHERE,
      published.map((item) => item.staff as string),
    );
    const there = new Map(published.map((item, i) => [item.pk, heads[i]?.state as Staff]));
    const texts = await personal.both(
      EVERYWHERE,
      heads.flatMap(({ state }) => (state ? staffTexts(state) : [])),
    );
    const positions = new Map<string, number>();
    return rows.map(({ line, value }, i): RowOutcome => {
      const field = faults.get(i);
      if (field) return [{ line, field, rule: `import.unknown-${field}` }];
      const state = there.get(accessKey(value.subject).pk);
      // Somebody had that sign-in before, or has it by the deployment: it is nobody else's.
      const taken = state ? state.subject !== value.subject : isDeployments(value.subject);
      if (taken) return [{ line, field: 'subject', rule: 'import.sign-in-taken' }];
      if (!state) {
        const count = (positions.get(value.subject) ?? 0) + 1;
        positions.set(value.subject, count);
        return count <= GRANTS_MAX ? 'new' : [tooMany(line)];
      }
      const otherwise = differencesFrom(state, line, value, texts);
      return otherwise.length > 0 ? otherwise : 'same';
    });
  },

  async write(rows, context) {
    const { registry, person, now, random } = context;
    const steps = [...Map.groupBy(rows, ({ value }) => value.subject)].map(([subject, lines]) => {
      const { name, email: address, language } = (lines[0] as ReadRow<StaffRow>).value;
      const facts = { name, email: address, language, subject, grants: lines.map(({ value }) => grantOf(value)) };
      const current = { site: EVERYWHERE, id: newId('staff', now, random), version: 0, state: undefined };
      const decision = join(undefined, facts, { person, now, random, holder: undefined });
      return step(registry.staff, context, current, decision, publishStaff(address));
    });
    await commit(context, steps);
  },
};

const tooMany = (line: number): RowFault => ({
  line,
  field: 'subject',
  rule: 'import.too-many',
  details: { max: GRANTS_MAX },
});
