import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { inParallel } from '../../shared/aws/many.ts';
import { type EventDef, personalRef } from '../../shared/domain/events.ts';
import type { Transitions } from '../../shared/domain/machine.ts';
import { obligation } from '../../shared/domain/obligation.ts';
import type { RouteDef } from '../../shared/http/route.ts';
import type { Consumer } from '../../shared/lambda/bus.ts';

/** The top of the repository. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** What a service declares, found where the shape of a service says it stands; there is no list to forget it in. */
export interface Service {
  name: string;
  routes: readonly RouteDef[];
  events: readonly EventDef[];
  consumers: readonly Pick<Consumer<EventDef, never>, 'name' | 'events'>[];
  /** By the file that declares it: `complaint`. */
  machines: Record<string, Transitions<string, string>>;
}

type Module = Record<string, unknown>;

const load = async (file: string): Promise<Module> => (await import(pathToFileURL(file).href)) as Module;

/**
 * One file after the other: the test runner knows a file by the address it is asked for and by the one others import
 * it by; asked for both at once, it now and then runs the file twice, and each of its routes is declared twice.
 */
const loadEach = (files: readonly string[]): Promise<Module[]> => inParallel(files, 1, load);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isEvent = (value: unknown): value is EventDef =>
  isObject(value) &&
  typeof value.name === 'string' &&
  typeof value.about === 'string' &&
  value.data instanceof z.ZodType;
const isRoute = (value: unknown): value is RouteDef =>
  isObject(value) &&
  typeof value.method === 'string' &&
  typeof value.path === 'string' &&
  value.answer instanceof z.ZodType;
const isConsumer = (value: unknown): value is Service['consumers'][number] =>
  isObject(value) && typeof value.name === 'string' && Array.isArray(value.events) && value.events.every(isEvent);

/** Events a module declares, alone or in a list, each once; those of a list in its order. */
const eventsOf = (module: Module): EventDef[] => {
  const values = Object.values(module);
  const all = [...values.filter(Array.isArray).flat(), ...values].filter(isEvent);
  return [...new Map(all.map((event) => [event.name, event])).values()];
};

/** `timed-events.ts` declares its consumer in two constants, since its code is shared. */
const starterOf = ({ STARTER, TIMED_EVENTS }: Module): unknown => ({ name: STARTER, events: TIMED_EVENTS });

/** Loading an entry would start it. */
const isNoEntry = (file: string): boolean => !/(^|\/)lambda\//.test(file);

const read = async (folder: string): Promise<Service> => {
  const at = (file: string) => join(folder, file);
  const optional = async (file: string): Promise<Module> => (existsSync(at(file)) ? load(at(file)) : {});
  // A large service has rooms, each of the same shape.
  const files = globSync('**/*.ts', { cwd: folder })
    .filter((file) => !file.endsWith('.test.ts') && isNoEntry(file))
    .sort();
  const called = (name: RegExp) => files.filter((file) => name.test(basename(file)));
  const reacting = await loadEach(called(/^on-/).map(at));
  const apis = await loadEach(called(/(^|-)api\.ts$/).map(at));
  const starters = await loadEach(called(/^timed-events\.ts$/).map(at));
  const declaring = files.filter((file) => readFileSync(at(file), 'utf8').includes('export const TRANSITIONS'));
  const machines = (await loadEach(declaring.map(at))).map(
    ({ TRANSITIONS }, place) => [basename(declaring[place] ?? '', '.ts'), TRANSITIONS] as const,
  );
  return {
    name: basename(folder),
    routes: [...new Set(apis.flatMap((module) => Object.values(module)).flat())].filter(isRoute),
    events: eventsOf(await optional('events.ts')),
    consumers: [...reacting.flatMap((module) => Object.values(module)), ...starters.map(starterOf)].filter(isConsumer),
    machines: Object.fromEntries(machines) as Service['machines'],
  };
};

/** Every service in `services/`, by name. @throws when one of its files can't be loaded */
export const findServices = async (): Promise<Service[]> => {
  const folders = readdirSync(join(ROOT, 'services')).sort();
  return inParallel(folders, 1, (folder) => read(join(ROOT, 'services', folder)));
};

/** Parts of events that many share. */
const PARTS = { PersonalRef: personalRef, Obligation: obligation };

/** The name a shape has in the docs, by its name in the code: `complaintOut` is `Complaint`. */
const shapeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1, -'Out'.length);

/** Gives the shapes that answers and events are made of a name where they have none: the docs describe each once. */
export const nameShapes = async (services: readonly Service[]): Promise<void> => {
  const files = [
    'shared/http/schemas.ts',
    ...services.flatMap(({ name }) =>
      globSync(`services/${name}/**/*{view,api}.ts`, { cwd: ROOT }).filter(isNoEntry).sort(),
    ),
  ];
  const modules = await loadEach(files.map((file) => join(ROOT, file)));
  const answers = modules
    .flatMap((module) => Object.entries(module))
    .filter((entry): entry is [string, z.ZodType] => entry[0].endsWith('Out') && entry[1] instanceof z.ZodObject)
    .map(([name, schema]) => [shapeName(name), schema] as const);
  for (const [id, schema] of [...Object.entries(PARTS), ...answers]) {
    z.globalRegistry.add(schema, { id, ...schema.meta() });
  }
};
