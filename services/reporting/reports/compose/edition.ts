/** Which print of a report it is. */
export interface Edition {
  number: string;
  edition: number;
  /** Absent where whoever reads it has not signed in: what people wrote is not for everybody who has a link. */
  texts?: Map<string, string>;
}
