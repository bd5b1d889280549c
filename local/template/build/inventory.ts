import type { PolicyStatement } from '../../model.ts';
import type { Resource } from '../resource.ts';

/** The resolved resources to build from, and where what doesn't fit is noted. */
export interface Inventory {
  account: string;
  region: string;
  resources: Resource[];
  /** Asset object key → folder. */
  assets: Map<string, string>;
  problems: string[];
  ofType(type: string): Resource[];
  /** The one resource of the type whose ARN (or `Ref`) this is; a missing one is noted as a problem. */
  find(type: string, reference: unknown, asker: Resource): Resource | undefined;
  note(resource: Resource, problem: string): void;
}

/** A JSON object in a template whose fields the closed list has let through. */
export type Fields = Record<string, unknown>;

export function inventory(input: {
  resources: Resource[];
  assets: Map<string, string>;
  account: string;
  region: string;
}): Inventory {
  const problems: string[] = [];
  const note = (resource: Resource, problem: string) => {
    problems.push(`${resource.stack}/${resource.logicalId} (${resource.type}): ${problem}`);
  };
  const ofType = (type: string) => input.resources.filter((resource) => resource.type === type);
  return {
    ...input,
    problems,
    note,
    ofType,
    find(type, reference, asker) {
      const found = ofType(type).find(
        ({ identity }) => identity.ref === reference || identity.attributes.Arn === reference,
      );
      if (!found) note(asker, `refers to ${JSON.stringify(reference)}, which is no ${type} of this deployment`);
      return found;
    },
  };
}

export const arnOf = (resource: Resource): string => resource.identity.attributes.Arn ?? resource.identity.ref;
export const list = <T>(value: unknown): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];
export const seconds = (value: unknown, fallback: number): number => Number(value ?? fallback) * 1000;
export const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
export const statements = (document: unknown): PolicyStatement[] =>
  list<PolicyStatement>((document as { Statement?: unknown } | undefined)?.Statement);
