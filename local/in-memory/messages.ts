import { type Message, parseRaw, tagsOf } from '../front/message.ts';

interface Tag {
  Name: string;
  Value: string;
}
interface Simple {
  Source: string;
  Destination: { ToAddresses?: string[]; CcAddresses?: string[]; BccAddresses?: string[] };
  Message: { Subject: { Data: string }; Body: { Text?: { Data: string }; Html?: { Data: string } } };
}
interface Raw {
  Source?: string;
  Destinations?: string[];
  RawMessage: { Data: Uint8Array };
}

export type Content = Omit<Message, 'tags' | 'configurationSet'>;
/** Reads a mail in MIME. */
export type ReadRaw = (raw: Uint8Array, source?: string, destinations?: readonly string[]) => Promise<Content>;

/** As much of a mail in MIME as is known of it without reading its parts, which is done in other threads. */
export const readHead: ReadRaw = async (raw, source = '', destinations = []) => ({
  from: source,
  to: [...destinations],
  cc: [],
  bcc: [],
  subject: /^Subject: (.*)$/im.exec(Buffer.from(raw).toString('latin1', 0, MOST_HEAD))?.[1] ?? '',
  headers: {},
  attachments: [],
});
const MOST_HEAD = 4096;

/** The mail that an input of SendEmail or SendRawEmail asks for. */
export const messageOf = async (action: string, input: object, readRaw: ReadRaw = parseRaw): Promise<Message> => {
  const { ConfigurationSetName, Tags = [] } = input as { ConfigurationSetName?: string; Tags?: Tag[] };
  const about = {
    tags: tagsOf(Tags.map(({ Name, Value }) => [Name, Value])),
    ...(ConfigurationSetName === undefined ? {} : { configurationSet: ConfigurationSetName }),
  };
  if (action === 'SendRawEmail') {
    const { Source, Destinations, RawMessage } = input as Raw;
    return { ...(await readRaw(RawMessage.Data, Source, Destinations)), ...about };
  }
  const { Source, Destination, Message: said } = input as Simple;
  return {
    from: Source,
    to: Destination.ToAddresses ?? [],
    cc: Destination.CcAddresses ?? [],
    bcc: Destination.BccAddresses ?? [],
    subject: said.Subject.Data,
    ...(said.Body.Text ? { text: said.Body.Text.Data } : {}),
    ...(said.Body.Html ? { html: said.Body.Html.Data } : {}),
    headers: {},
    attachments: [],
    ...about,
  };
};
