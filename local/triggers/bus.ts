import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { EventEntry } from '../gateway/services.ts';
import type { Deployment, RuleModel } from '../model.ts';
import type { Deliveries } from './deliveries.ts';
import { shapeInput } from './input.ts';
import { compilePattern, type Matcher } from './pattern.ts';

export interface Bus {
  put(entries: EventEntry[]): { EventId: string }[];
}

/** EventBridge buses: matches each event against the bus's rules, all patterns compiled (and checked) at boot. */
export function createBus(deployment: Deployment, clock: Clock, deliveries: Deliveries): Bus {
  const rules = new Map<string, { rule: RuleModel; matches: Matcher }[]>([['default', []]]);
  for (const bus of deployment.buses) rules.set(bus.name, []);
  for (const rule of deployment.rules) {
    const onBus = rules.get(busName(rule.bus));
    if (!onBus) throw new Error(`Rule ${rule.arn} is on a bus that is not in the template: ${rule.bus}`);
    const matches = compilePattern(rule.pattern);
    if (rule.enabled) onBus.push({ rule, matches });
  }

  function publish(entry: EventEntry): { EventId: string } {
    const onBus = rules.get(busName(entry.bus));
    if (!onBus) throw new AwsError('ResourceNotFoundException', `Event bus ${entry.bus} does not exist.`);
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.detailType,
      source: entry.source,
      account: deployment.account,
      // EventBridge gives whole seconds.
      time: new Date(entry.time === undefined ? clock.now() : entry.time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: deployment.region,
      resources: entry.resources,
      detail: JSON.parse(entry.detail) as unknown,
    };
    for (const { rule, matches } of onBus) {
      if (!matches(event)) continue;
      const sender = { attribute: 'RULE_ARN', arn: rule.arn };
      for (const target of rule.targets) deliveries.deliver(sender, target, shapeInput(target, event, rule.arn));
    }
    return { EventId: event.id };
  }

  return { put: (entries) => entries.map(publish) };
}

function busName(nameOrArn: string): string {
  return nameOrArn.split('/').at(-1)!;
}
