import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import * as nodeProcess from 'node:process';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { SourceTextModule, SyntheticModule } from 'node:vm';

/** What an environment has that others have not. */
export interface Surroundings {
  variables: Record<string, string>;
  /** Where what it prints goes. */
  print(text: string): void;
  exit(code: number): never;
}

/**
 * Loads a bundle as it would be deployed, as a module of its own that goes with its environment. What is the process's alone
 * on AWS comes to it by imports that are appended: they move no line or column, and come before all it does itself.
 */
export async function loadBundle(file: string, surroundings: Surroundings): Promise<Record<string, unknown>> {
  const own = ownModules(surroundings);
  const load = (specifier: string) => own.get(specifier) ?? builtin(specifier);
  const url = pathToFileURL(file).href;
  const bundle = new SourceTextModule(`${readFileSync(file, 'utf8')}\nimport{process,console}from'environment';`, {
    identifier: url,
    initializeImportMeta: (meta) => void Object.assign(meta, { url }),
    importModuleDynamically: async (specifier) => evaluated(await load(specifier)),
  });
  await bundle.link(load);
  await bundle.evaluate();
  return bundle.namespace as Record<string, unknown>;
}

function ownModules({ variables, print, exit }: Surroundings): Map<string, SyntheticModule> {
  // What a function prints is its log; it goes to the log group, not to the terminal.
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _, done) {
      print(chunk.toString());
      done();
    },
  });
  const env = { ...variables };
  const own = Object.create(process, {
    env: { value: env, writable: true },
    stdout: { value: output },
    stderr: { value: output },
    exit: { value: (code = 0) => exit(code) },
  }) as NodeJS.Process;
  return new Map([
    ['environment', synthetic({ process: own, console: new Console(output) })],
    ['node:process', synthetic({ ...nodeProcess, env, default: own })],
  ]);
}

/** Node's own modules, which all environments share. */
const builtins = new Map<string, Promise<SyntheticModule>>();
function builtin(specifier: string): Promise<SyntheticModule> {
  const known = builtins.get(specifier) ?? import(specifier).then(synthetic);
  builtins.set(specifier, known);
  return known;
}

function synthetic(exports: object): SyntheticModule {
  const entries = Object.entries(exports);
  return new SyntheticModule(Object.keys(exports), function (this: SyntheticModule) {
    for (const [name, value] of entries) this.setExport(name, value);
  });
}

async function evaluated(module: SyntheticModule): Promise<SyntheticModule> {
  if (module.status === 'unlinked') await module.link(() => undefined as never);
  await module.evaluate();
  return module;
}
