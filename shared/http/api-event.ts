/** The parts of API Gateway's HTTP API event (payload 2.0) that are used. */
export interface ApiEvent {
  routeKey: string;
  headers: Record<string, string | undefined>;
  pathParameters?: Record<string, string | undefined>;
  queryStringParameters?: Record<string, string | undefined>;
  body?: string;
  isBase64Encoded?: boolean;
  requestContext: { requestId?: string; authorizer?: { jwt?: { claims: Record<string, unknown> } } };
}

export interface ApiAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  /** The body stands for bytes, which API Gateway sends. */
  isBase64Encoded?: true;
}
