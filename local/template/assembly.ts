/** Reads what `cdk synth` wrote: the manifest, each stack's template, asset list and construct paths. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TemplateError } from './errors.ts';

export interface Template {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, TemplateParameter>;
  Conditions?: Record<string, unknown>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; Condition?: string }>;
}

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}

export interface TemplateParameter {
  Type: string;
  Default?: string | number;
  AllowedValues?: (string | number)[];
  AllowedPattern?: string;
  MinLength?: number;
  MaxLength?: number;
  MinValue?: number;
  MaxValue?: number;
}

export interface StackFiles {
  name: string;
  template: Template;
  /** Object key in the asset bucket → folder here. */
  assets: Map<string, string>;
  /** Logical id → construct path without `/Resource`. */
  paths: Map<string, string>;
}

const SECTIONS = new Set(
  'AWSTemplateFormatVersion Description Metadata Parameters Conditions Mappings Resources Outputs Rules'.split(' '),
);
const RESOURCE_KEYS = new Set(
  'Type Properties Condition DependsOn Metadata DeletionPolicy UpdateReplacePolicy'.split(' '),
);

type MetadataFile = Record<string, { type: string; data?: unknown }[]>;
interface Artifact {
  type: string;
  properties?: { templateFile?: string; file?: string; stackName?: string };
  dependencies?: string[];
  metadata?: MetadataFile;
  additionalMetadataFile?: string;
}

/**
 * The stacks in the order their dependencies allow.
 * @throws TemplateError on a section or resource key this cloud doesn't know
 */
export function readAssembly(dir: string): StackFiles[] {
  const json = (file: string) => JSON.parse(readFileSync(join(dir, file), 'utf8'));
  const artifacts = (json('manifest.json') as { artifacts: Record<string, Artifact> }).artifacts;
  const problems: string[] = [];
  const stacks: StackFiles[] = [];
  const visited = new Set<string>();

  const visit = (id: string) => {
    const artifact = artifacts[id];
    if (!artifact || visited.has(id)) return;
    visited.add(id);
    for (const dependency of artifact.dependencies ?? []) visit(dependency);
    if (artifact.type !== 'aws:cloudformation:stack') {
      if (artifact.type === 'cdk:cloud-assembly') problems.push(`${id}: nested assemblies (stages) are not known here`);
      return;
    }
    const template = json(artifact.properties?.templateFile as string) as Template;
    const assets = new Map<string, string>();
    for (const dependency of artifact.dependencies ?? []) {
      const of = artifacts[dependency];
      if (of?.type === 'cdk:asset-manifest') addAssets(assets, dir, json(of.properties?.file as string));
    }
    const metadata = artifact.additionalMetadataFile ? (json(artifact.additionalMetadataFile) as MetadataFile) : {};
    const name = artifact.properties?.stackName ?? id;
    problems.push(...unknownParts(name, template));
    stacks.push({ name, template, assets, paths: constructPaths({ ...artifact.metadata, ...metadata }) });
  };
  for (const id of Object.keys(artifacts)) visit(id);
  if (problems.length) throw new TemplateError(problems);
  return stacks;
}

interface AssetFile {
  files?: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
}

function addAssets(assets: Map<string, string>, dir: string, list: AssetFile): void {
  for (const file of Object.values(list.files ?? {})) {
    for (const destination of Object.values(file.destinations)) {
      assets.set(destination.objectKey, resolve(dir, file.source.path));
    }
  }
}

function constructPaths(metadata: MetadataFile): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    for (const entry of entries) {
      if (entry.type !== 'aws:cdk:logicalId') continue;
      paths.set(String(entry.data), path.replace(/^\//, '').replace(/\/Resource$/, ''));
    }
  }
  return paths;
}

function unknownParts(stack: string, template: Template): string[] {
  const problems = Object.keys(template)
    .filter((section) => !SECTIONS.has(section))
    .map((section) => `${stack}: unknown template section ${section}`);
  // The one rule CDK writes looks at the account's bootstrap stack; others would have to be evaluated.
  for (const rule of Object.keys((template as { Rules?: object }).Rules ?? {})) {
    if (rule !== 'CheckBootstrapVersion') problems.push(`${stack}: template rule ${rule} is not known here`);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    for (const key of Object.keys(resource)) {
      if (!RESOURCE_KEYS.has(key)) problems.push(`${stack}/${logicalId} (${resource.Type}): unknown ${key}`);
    }
  }
  return problems;
}
