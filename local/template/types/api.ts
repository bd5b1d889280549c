import { byLogicalId, type ResourceType } from '../resource.ts';
import { LABELS, OBSERVED, USED } from '../shape.ts';

/** API Gateway HTTP APIs. */
export const apiTypes: Record<string, ResourceType> = {
  'AWS::ApiGatewayV2::Api': {
    shape: {
      Name: USED,
      ProtocolType: ['HTTP'],
      CorsConfiguration: {
        AllowOrigins: USED,
        AllowMethods: USED,
        AllowHeaders: USED,
        ExposeHeaders: USED,
        MaxAge: 'no effect: browser cache',
      },
      Description: LABELS,
      Tags: LABELS,
    },
    identify: (self) => ({
      ref: self.logicalId.toLowerCase(),
      attributes: { ApiId: self.logicalId.toLowerCase(), ApiEndpoint: self.endpoints.api },
    }),
  },
  'AWS::ApiGatewayV2::Stage': {
    shape: {
      ApiId: USED,
      // A named stage would put its name in front of every path.
      StageName: ['$default'],
      AutoDeploy: [true],
      DefaultRouteSettings: 'no effect: throttling',
      RouteSettings: 'no effect: throttling',
      AccessLogSettings: OBSERVED,
      Description: LABELS,
      Tags: LABELS,
    },
    identify: (self) => ({ ref: String(self.property('StageName')), attributes: {} }),
  },
  'AWS::ApiGatewayV2::Route': {
    shape: {
      ApiId: USED,
      RouteKey: USED,
      Target: USED,
      AuthorizationType: ['NONE', 'JWT'],
      AuthorizerId: USED,
      OperationName: LABELS,
    },
    identify: byLogicalId,
  },
  'AWS::ApiGatewayV2::Integration': {
    shape: {
      ApiId: USED,
      IntegrationType: ['AWS_PROXY'],
      IntegrationUri: USED,
      PayloadFormatVersion: ['2.0'],
      Description: LABELS,
    },
    identify: byLogicalId,
  },
  'AWS::ApiGatewayV2::Authorizer': {
    shape: {
      ApiId: USED,
      AuthorizerType: ['JWT'],
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: USED, Audience: USED },
      Name: LABELS,
    },
    identify: byLogicalId,
  },
};
