import { createRequire } from 'node:module';
import { closeServer } from './api.ts';
import type { Mail } from './mail.ts';
import { parseMessage } from './message.ts';
import { createPost, type Post, type PostOptions } from './post.ts';

// Required rather than imported, so that server and store are one instance whoever loads this file.
const require = createRequire(import.meta.url);
const { default: startPage } = require('aws-ses-v2-local') as typeof import('aws-ses-v2-local');
const { clearStore, saveEmail } =
  require('aws-ses-v2-local/dist/store.js') as typeof import('aws-ses-v2-local/dist/store.js');

/** SES with a page on which people read the mail. */
export interface Mailbox extends Pick<Post, 'list' | 'decide' | 'resume'> {
  url: string;
  /** Takes a SendEmail or SendRawEmail form. @throws AwsError as `Post.take`, and for a form that can't be read */
  send(form: URLSearchParams): Promise<{ messageId: string }>;
  stop(): Promise<void>;
}

export async function startMailbox({ port, ...options }: PostOptions & { port: number }): Promise<Mailbox> {
  const post = createPost(options);
  // The page's store belongs to the process, not to a server.
  clearStore();
  for (const mail of post.list()) show(mail);
  const server = await startPage({ port, host: '127.0.0.1' });
  const address = server.address();
  return {
    url: `http://localhost:${typeof address === 'object' && address ? address.port : port}`,
    async send(form) {
      const mail = post.take(await parseMessage(form), form.get('Action') ?? '');
      show(mail);
      return { messageId: mail.id };
    },
    list: post.list,
    decide: post.decide,
    resume: post.resume,
    stop: () => closeServer(server),
  };
}

function show(mail: Mail): void {
  saveEmail({
    messageId: mail.id,
    from: mail.from,
    replyTo: mail.headers['reply-to'] ? [mail.headers['reply-to']] : [],
    destination: { to: mail.to, cc: mail.cc, bcc: mail.bcc },
    subject: mail.outcome === 'delivered' ? mail.subject : `[${mail.outcome}] ${mail.subject}`,
    body: { text: mail.text, html: mail.html },
    attachments: mail.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content,
      size: Buffer.byteLength(content, 'base64'),
    })),
    headers: Object.entries(mail.headers).map(([name, value]) => ({ name, value })),
    at: Math.floor(mail.at / 1000),
  });
}
