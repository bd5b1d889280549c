import type { Deployment } from '../../model.ts';
import { TemplateError } from '../errors.ts';
import type { Resource } from '../resource.ts';
import { buildApis } from './apis.ts';
import { buildBuckets } from './buckets.ts';
import { buildFunctions, buildMappings } from './functions.ts';
import { inventory as inventoryOf } from './inventory.ts';
import { buildConfigurationSets, buildSenders } from './mail.ts';
import { buildBuses, buildMachines, buildQueues, buildRules, buildSchedules } from './messaging.ts';
import { checkPermissions } from './permissions.ts';
import { buildRoles } from './roles.ts';
import { buildTables } from './tables.ts';

/**
 * The model out of resolved resources.
 * @throws TemplateError on references that lead out of the deployment, on missing resource permissions and on what the
 *   engines behind can't do
 */
export function buildDeployment(input: {
  resources: Resource[];
  assets: Map<string, string>;
  account: string;
  region: string;
}): Omit<Deployment, 'account' | 'region' | 'outputs'> {
  const inventory = inventoryOf(input);
  const roles = buildRoles(inventory);
  const deployment = {
    tables: buildTables(inventory),
    functions: buildFunctions(inventory, roles),
    mappings: buildMappings(inventory),
    queues: buildQueues(inventory),
    buckets: buildBuckets(inventory),
    buses: buildBuses(inventory),
    rules: buildRules(inventory),
    machines: buildMachines(inventory, roles),
    schedules: buildSchedules(inventory, roles),
    apis: buildApis(inventory),
    senders: buildSenders(inventory),
    configurationSets: buildConfigurationSets(inventory),
  };
  checkPermissions(inventory);
  if (inventory.problems.length) throw new TemplateError(inventory.problems);
  return deployment;
}
