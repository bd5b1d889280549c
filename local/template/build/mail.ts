import type { ConfigurationSetModel, MailEvent } from '../../model.ts';
import { type Fields, type Inventory, list } from './inventory.ts';
import { defaultBus } from './messaging.ts';

export const buildSenders = (inventory: Inventory): string[] =>
  inventory.ofType('AWS::SES::EmailIdentity').map(({ properties }) => String(properties.EmailIdentity));

/** Every configuration set with what its event destinations ask for; one that isn't the default bus is a problem. */
export function buildConfigurationSets(inventory: Inventory): ConfigurationSetModel[] {
  const sets = inventory
    .ofType('AWS::SES::ConfigurationSet')
    .map(({ identity }): ConfigurationSetModel => ({ name: identity.ref, destinations: [] }));
  for (const resource of inventory.ofType('AWS::SES::ConfigurationSetEventDestination')) {
    const { ConfigurationSetName, EventDestination } = resource.properties;
    const found = inventory.find('AWS::SES::ConfigurationSet', ConfigurationSetName, resource);
    const { Enabled, MatchingEventTypes, EventBridgeDestination } = (EventDestination ?? {}) as Fields;
    const bus = (EventBridgeDestination as Fields | undefined)?.EventBusArn;
    if (bus !== defaultBus(inventory)) {
      inventory.note(resource, `SES publishes to the default bus only, not to ${JSON.stringify(bus)}`);
    }
    const set = sets.find(({ name }) => name === found?.identity.ref);
    // Source: SES API, EventDestination: nothing is published unless Enabled is true.
    if (set && String(Enabled) === 'true') set.destinations.push(list<MailEvent>(MatchingEventTypes));
  }
  return sets;
}
