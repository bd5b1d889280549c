import type { RouteDef } from '../../../shared/http/route.ts';
import type { Actor } from '../../../shared/people/access.ts';
import { type Caller, FINANCE, isOneOf, ROLES, type Role } from '../../../shared/people/positions.ts';
import { type MessageKey, say } from '../../../shared/text/catalogue.ts';
import type { Service } from '../services.ts';
import { table } from './markdown.ts';

/** Positions as columns; the head of finance is a department's head who may more. */
const POSITIONS: readonly Caller[] = ROLES.flatMap((role): Caller[] =>
  role === 'department-head' ? [role, 'finance-head'] : [role],
);

const actorIn = (position: Caller): Pick<Actor, 'roles' | 'departments'> =>
  position === 'finance-head'
    ? { roles: ['department-head'], departments: [FINANCE] }
    : { roles: [position], departments: [] };
/** Whether a position may make a call at its site. */
const may = ({ who }: RouteDef, position: Caller): boolean =>
  typeof who === 'string' || isOneOf(who, actorIn(position));

/** Conditions under which somebody may, in the order in which the page names them first. */
const conditionsOf = (services: readonly Service[]): MessageKey[] => [
  ...new Set(services.flatMap(({ routes }) => routes.flatMap(({ positions = {} }) => Object.values(positions)))),
];

/** Whether somebody may: always, or under which condition. */
const cell = (route: RouteDef, position: Caller, conditions: readonly MessageKey[]): string => {
  if (!route.positions) return may(route, position) ? '●' : '';
  const condition = route.positions[position as Role];
  return condition === undefined ? '' : `(${conditions.indexOf(condition) + 1})`;
};

const marked = (route: RouteDef, conditions: readonly MessageKey[]): string[] => [
  `\`${route.method} ${route.path}\``,
  route.who === 'everybody' ? 'everybody' : route.personal ? 'recorded' : '',
  ...POSITIONS.map((position) => cell(route, position, conditions)),
];

/** `access.md`: who may make which call. */
export const accessPage = (services: readonly Service[]): string => {
  const conditions = conditionsOf(services);
  return [
    '# Who may do what',
    '',
    'From the `who` of each route. A role counts at the sites it was given for; a call without a site in its path takes a role of',
    'the whole group. Beyond this a command asks for the relation to the case: the department that has it, another person than who asked,',
    'nobody who is accused. What a reader sees of a case is decided in `shared/people/confidential.ts` (ADR 0016). *recorded*: it answers with',
    "people's own data, and each time it is recorded who read it. *everybody*: without signing in. A number in place of ● is a condition:",
    '',
    ...conditions.map((key, i) => `- (${i + 1}) ${say(key, 'en')}`),
    '',
    ...services
      .filter(({ routes }) => routes.length > 0)
      .flatMap(({ name, routes }) => [
        `## ${name}`,
        '',
        ...table(
          ['call', '', ...POSITIONS.map((position) => position.replaceAll('-', ' '))],
          routes.map((route) => marked(route, conditions)),
        ),
        '',
      ]),
  ].join('\n');
};
