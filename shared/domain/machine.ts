import type { MessageKey } from '../text/catalogue.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * The transitions of an aggregate as one table of data: the guard reads it, and so does the state diagram in the docs.
 * `to` lists every state a command can lead to.
 */
export type Transitions<Status extends string, Command extends string> = Record<
  Command,
  { from: readonly Status[]; to: readonly Status[] }
>;

/** Every state of a table. */
export const statesOf = <S extends string>(table: Transitions<S, string>): [S, ...S[]] =>
  [...new Set(Object.values<Transitions<S, string>[string]>(table).flatMap(({ from, to }) => [...from, ...to]))] as [
    S,
    ...S[],
  ];

/** A refusal when the aggregate isn't in a state from which this command is allowed; says from which it is. */
export const guard = <S extends string, C extends string>(
  table: Transitions<S, C>,
  command: C,
  status: S,
  code: MessageKey,
): Refusal | undefined =>
  table[command].from.includes(status)
    ? undefined
    : refuse(code, { command, status, allowedFrom: table[command].from.join(', ') });

/** The table as a Mermaid state diagram. */
export const diagram = <S extends string, C extends string>(table: Transitions<S, C>, initial: S): string => {
  const rows = (Object.entries(table) as [C, { from: readonly S[]; to: readonly S[] }][]).flatMap(
    ([command, { from, to }]) => from.flatMap((a) => to.map((b) => `  ${node(a)} --> ${node(b)}: ${command}`)),
  );
  return ['stateDiagram-v2', `  [*] --> ${node(initial)}`, ...rows].join('\n');
};

const node = (status: string) => status.replaceAll('-', '_');
