import { diagram, type Transitions } from '../../../shared/domain/machine.ts';
import type { Service } from '../services.ts';

/** Where it begins: the state nothing but the beginning leads to, or only steps that stay in it. */
export const initialOf = (transitions: Transitions<string, string>): string => {
  const steps = Object.values(transitions);
  const entered = new Set(steps.flatMap(({ from, to }) => to.filter((state) => !from.includes(state))));
  const initial = [...new Set(steps.flatMap(({ from }) => from))].filter((state) => !entered.has(state));
  if (initial.length !== 1) throw new Error(`it begins in one state, not in ${initial.join(', ') || 'none'}`);
  return initial[0] as string;
};

/** `states.md`: the states of every aggregate and the commands between them. */
export const states = (services: readonly Service[]): string =>
  [
    '# States',
    '',
    'Drawn from the `TRANSITIONS` that the commands themselves are guarded by.',
    '',
    ...services.flatMap(({ name: service, machines }) =>
      Object.entries(machines).flatMap(([name, transitions]) => [
        `## ${name} (${service})`,
        '',
        '```mermaid',
        diagram(transitions, initialOf(transitions)),
        '```',
        '',
      ]),
    ),
  ].join('\n');
