import type { Deployment } from '../model.ts';
import { readAssembly } from './assembly.ts';
import { buildDeployment } from './build/index.ts';
import { TemplateError } from './errors.ts';
import type { Endpoints, Resource } from './resource.ts';
import { resolveStack } from './stack.ts';

export interface ReadOptions {
  /** CloudFormation parameters by name; each goes to every stack that declares it. */
  parameters?: Record<string, string>;
  account?: string;
  region?: string;
  /** Where the local cloud will serve; they end up in `Ref`s of queues and in outputs. */
  endpoints?: Partial<Endpoints>;
}

/**
 * The deployment that `cdk synth` wrote into `assemblyDir`, every reference resolved.
 * @throws TemplateError naming everything in it this cloud doesn't know, and every parameter no stack declares
 */
export function readDeployment(assemblyDir: string, options: ReadOptions = {}): Deployment {
  const { parameters = {}, account = '000000000000', region = 'us-east-1' } = options;
  const endpoints = { api: 'http://api.localhost', gateway: 'http://aws.localhost', ...options.endpoints };
  const stacks = readAssembly(assemblyDir);
  const problems: string[] = [];
  const resources: Resource[] = [];
  const outputs: Deployment['outputs'] = {};
  const exports = new Map<string, unknown>();
  const assets = new Map<string, string>();

  for (const name of Object.keys(parameters)) {
    const declared = stacks.some((stack) => Object.hasOwn(stack.template.Parameters ?? {}, name));
    if (!declared) problems.push(`parameter ${name}: no stack declares it`);
  }
  for (const files of stacks) {
    const result = resolveStack(files, { account, region, endpoints, parameters, exports });
    resources.push(...result.resources);
    problems.push(...result.problems);
    outputs[files.name] = result.outputs;
    for (const [key, folder] of files.assets) assets.set(key, folder);
  }
  if (problems.length) throw new TemplateError(problems);
  return { account, region, ...buildDeployment({ resources, assets, account, region }), outputs };
}
