import type { Shape } from './shape.ts';

/** What a resource looks like to the others: its `Ref` and its `Fn::GetAtt` attributes. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

/** What a type may use to name itself. */
export interface Self {
  logicalId: string;
  account: string;
  region: string;
  /** Where the local cloud serves what has an address, without a slash at the end. */
  endpoints: Endpoints;
  /** The property as text when the template gives it, else `<stack>-<logicalId>`, cut to `max` characters. */
  name(property: string | undefined, max?: number): string;
  /** A property, resolved. */
  property(name: string): unknown;
}

export interface Endpoints {
  /** Base URL of the HTTP API. */
  api: string;
  /** Base URL of the gateway, where queues have their addresses. */
  gateway: string;
  /** Base URL of a Cognito user pool's issuer; only for templates that make one. */
  issuer?: string;
}

/** One resource type: its closed list of properties and how others refer to it. */
export interface ResourceType {
  shape: Shape;
  identify(self: Self): Identity;
}

/** A resource of the deployment, resolved. */
export interface Resource {
  stack: string;
  logicalId: string;
  /** CDK construct path without the trailing `/Resource`. */
  path: string;
  type: string;
  properties: Record<string, unknown>;
  identity: Identity;
}

export const arn = (self: Pick<Self, 'account' | 'region'>, service: string, rest: string) =>
  `arn:aws:${service}:${self.region}:${self.account}:${rest}`;

/** For what nobody refers to by anything but its name. */
export const byLogicalId = (self: Self): Identity => ({
  ref: self.name(undefined, 256),
  attributes: { Id: self.logicalId },
});
