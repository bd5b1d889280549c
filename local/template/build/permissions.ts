/**
 * Resource policies: who may invoke a function or write to a queue from outside. The services that deliver here don't
 * pass the gateway, so a missing permission is found when the template is read.
 */
import type { Resource } from '../resource.ts';
import { arnOf, type Fields, type Inventory, list, statements } from './inventory.ts';

/** Notes every delivery of a rule or an API that no permission allows. */
export function checkPermissions(inventory: Inventory): void {
  for (const rule of inventory.ofType('AWS::Events::Rule')) {
    for (const target of list<Fields>(rule.properties.Targets)) {
      const to = String(target.Arn);
      if (to.includes(':lambda:')) expectInvoke(inventory, rule, to, 'events.amazonaws.com', arnOf(rule));
      else if (to.includes(':sqs:')) expectSend(inventory, rule, to);
      else if (!target.RoleArn) inventory.note(rule, `target ${to} needs a RoleArn`);
      const deadLetter = (target.DeadLetterConfig as { Arn: string } | undefined)?.Arn;
      if (deadLetter) expectSend(inventory, rule, deadLetter);
    }
  }
  for (const route of inventory.ofType('AWS::ApiGatewayV2::Route')) {
    const id = String(route.properties.Target).replace('integrations/', '');
    const integration = inventory.ofType('AWS::ApiGatewayV2::Integration').find(({ identity }) => identity.ref === id);
    if (!integration) continue;
    const [method, path] = String(route.properties.RouteKey).split(' ');
    const { region, account } = inventory;
    const api = `arn:aws:execute-api:${region}:${account}:${String(route.properties.ApiId)}`;
    // `$default` routes have neither method nor path.
    const source = path ? `${api}/$default/${method === 'ANY' ? '*' : method}${path}` : `${api}/$default/$default`;
    expectInvoke(inventory, route, String(integration.properties.IntegrationUri), 'apigateway.amazonaws.com', source);
  }
}

function expectInvoke(inventory: Inventory, asker: Resource, functionArn: string, service: string, source: string) {
  const allowed = inventory.ofType('AWS::Lambda::Permission').some(({ properties }) => {
    const name = String(properties.FunctionName);
    return (
      (name === functionArn || functionArn.endsWith(`:function:${name}`)) &&
      properties.Principal === service &&
      (properties.SourceArn === undefined || like(String(properties.SourceArn), source))
    );
  });
  if (!allowed) inventory.note(asker, `no AWS::Lambda::Permission lets ${service} invoke ${functionArn}`);
}

function expectSend(inventory: Inventory, rule: Resource, queueArn: string) {
  const allowed = inventory
    .ofType('AWS::SQS::QueuePolicy')
    .flatMap(({ properties }) => statements(properties.PolicyDocument))
    .some((statement) => {
      const principal = statement.Principal as { Service?: string | string[] } | undefined;
      const source = Object.values(statement.Condition ?? {}).flatMap((keys) => list<string>(keys['aws:SourceArn']));
      return (
        statement.Effect === 'Allow' &&
        list<string>(principal?.Service).includes('events.amazonaws.com') &&
        list<string>(statement.Action).some((action) => like(action, 'sqs:SendMessage')) &&
        list<string>(statement.Resource).some((resource) => like(resource, queueArn)) &&
        (source.length === 0 || source.some((pattern) => like(pattern, arnOf(rule))))
      );
    });
  if (!allowed) inventory.note(rule, `no queue policy lets events.amazonaws.com send to ${queueArn}`);
}

/** IAM's `*` and `?`. */
function like(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(value);
}
