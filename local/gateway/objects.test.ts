import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, deployment } from './fixtures/deployment.ts';
import { openRig, type Rig } from './fixtures/rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await openRig(
    deployment({
      Writer: [allow(['s3:PutObject'], 'arn:aws:s3:::box/events/*')],
      Reader: [allow(['s3:GetObject'], 'arn:aws:s3:::box/*'), allow(['s3:ListBucket'], 'arn:aws:s3:::box')],
    }),
  );
});
afterAll(() => rig.close());

const client = (name: string) => new S3Client(rig.as(name));
const put = (Key: string, Body: string, as = 'Writer') =>
  client(as).send(new PutObjectCommand({ Bucket: 'box', Key, Body: Buffer.from(Body) }));

test('an object is a file under its key, and comes back as it was; the same key is written over', async () => {
  const Key = 'events/date=2026-11-24/回 & 音.gz';
  await put(Key, 'first');
  await put(Key, 'second');
  expect(readFileSync(join(rig.services.objects.folderOf('box'), Key), 'utf8')).toBe('second');
  const { Body } = await client('Reader').send(new GetObjectCommand({ Bucket: 'box', Key }));
  expect(await Body?.transformToString()).toBe('second');
});

test('keys are listed by prefix, in order, page by page', async () => {
  for (const key of ['events/b/2', 'events/b/1', 'events/b/3']) await put(key, key);
  const reader = client('Reader');
  const page = (ContinuationToken?: string) =>
    reader.send(new ListObjectsV2Command({ Bucket: 'box', Prefix: 'events/b/', MaxKeys: 2, ContinuationToken }));
  const first = await page();
  expect(first.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
    ['events/b/1', 10],
    ['events/b/2', 10],
  ]);
  expect(first.IsTruncated).toBe(true);
  const second = await page(first.NextContinuationToken);
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['events/b/3']);
  expect(second.IsTruncated).toBe(false);
});

test('roles are enforced, and what is not served is refused', async () => {
  await expect(put('reports/x', 'x')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(client('Writer').send(new ListObjectsV2Command({ Bucket: 'box' }))).rejects.toThrow(/s3:ListBucket/);
  const reader = client('Reader');
  await expect(reader.send(new GetObjectCommand({ Bucket: 'box', Key: 'none' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  });
  await expect(reader.send(new ListObjectsV2Command({ Bucket: 'other' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  await expect(put('events/../x', 'x', 'root')).rejects.toMatchObject({ name: 'InvalidRequest' });
  const once = new PutObjectCommand({ Bucket: 'box', Key: 'events/once', Body: 'x', IfNoneMatch: '*' });
  await expect(client('Writer').send(once)).rejects.toMatchObject({ name: 'NotImplemented' });
});

test('puts and lists are counted apart from gets', async () => {
  const before = rig.gateway.meter.snapshot();
  await put('events/counted', 'x');
  await client('Reader').send(new GetObjectCommand({ Bucket: 'box', Key: 'events/counted' }));
  expect(rig.gateway.meter.since(before)).toEqual({
    Writer: { PutObject: { 's3.puts': 1 } },
    Reader: { GetObject: { 's3.gets': 1 } },
  });
});
