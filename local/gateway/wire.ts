/** An SDK call as it goes over the wire. */
export interface HttpCall {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string | Uint8Array;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}
