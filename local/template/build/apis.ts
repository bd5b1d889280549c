import type { ApiModel, RouteModel } from '../../model.ts';
import type { Resource } from '../resource.ts';
import { arnOf, type Inventory, list, optional } from './inventory.ts';

interface Cors {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
}

export function buildApis(inventory: Inventory): ApiModel[] {
  const routes = inventory.ofType('AWS::ApiGatewayV2::Route');
  const stages = inventory.ofType('AWS::ApiGatewayV2::Stage');
  return inventory.ofType('AWS::ApiGatewayV2::Api').map((api) => {
    const id = api.identity.ref;
    const mine = ({ properties }: Resource) => properties.ApiId === id;
    if (!stages.some(mine)) inventory.note(api, 'has no $default stage, so nothing would be served');
    const cors = api.properties.CorsConfiguration as Cors | undefined;
    return {
      id,
      name: String(api.properties.Name),
      routes: routes.filter(mine).map((route) => buildRoute(inventory, route)),
      ...optional(
        'cors',
        cors && {
          origins: cors.AllowOrigins ?? [],
          methods: cors.AllowMethods ?? [],
          headers: cors.AllowHeaders ?? [],
          exposed: cors.ExposeHeaders ?? [],
        },
      ),
    };
  });
}

function buildRoute(inventory: Inventory, route: Resource): RouteModel {
  const { RouteKey: key, Target: target, AuthorizationType: kind, AuthorizerId: authorizerId } = route.properties;
  const integrationId = String(target).replace('integrations/', '');
  const integration = inventory.find('AWS::ApiGatewayV2::Integration', integrationId, route);
  const handler =
    integration && inventory.find('AWS::Lambda::Function', integration.properties.IntegrationUri, integration);
  const authorizer = kind === 'JWT' ? inventory.find('AWS::ApiGatewayV2::Authorizer', authorizerId, route) : undefined;
  const jwt = authorizer?.properties.JwtConfiguration as { Issuer: string; Audience: string[] } | undefined;
  return {
    key: String(key),
    functionArn: handler ? arnOf(handler) : '',
    ...optional('authorizer', jwt && { issuer: jwt.Issuer, audience: list<string>(jwt.Audience) }),
  };
}
