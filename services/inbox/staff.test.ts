import { beforeAll, beforeEach, expect, test } from 'vitest';
import { isFor } from '../../shared/testing/is-for.ts';
import type { Noticed } from './notifications.ts';
import { onNotice } from './on-notice.ts';
import { holder, rung, startWorld, type World, world } from './testing.ts';

let w: World;
beforeAll(startWorld);
beforeEach(async () => {
  w = await world();
});

const ofStaff = (name: string, staff: string, data: object, by = 'stf_dir') =>
  ({
    ...rung('x', 1, ''),
    id: `${staff}.${by}`,
    name: `staff.${name}`,
    site: '*',
    aggregate: staff,
    by,
    data,
  }) as unknown as Noticed;

test('a sign-in is told at every address the person had until lately, whatever positions are left to them', async () => {
  w.left = { stf_sue: ['sue@before.test'] };
  w.roster['sit_lake supervisor'] = [];
  w.roster['* administrator'] = [holder('adm')];
  const reason = { ref: 'txt_1', hash: 'h' };
  await w.hear(ofStaff('sign-in-asked', 'stf_sue', { subject: 'x', grants: [], reason }));
  await w.deliver();
  expect(w.mails.map(({ to }) => to)).toEqual(expect.arrayContaining(['sue@before.test', 'adm@example.com']));
  expect(await w.list('stf_sue')).toMatchObject([{ duty: 'sign-in-asked', mail: 'sent' }]);
});

test('that an address is theirs no more is told there', async () => {
  w.left = { stf_sue: ['sue@before.test'] };
  const grants = [{ site: 'sit_lake', role: 'supervisor' }];
  await w.hear(ofStaff('changed', 'stf_sue', { grants, told: ['address-left'] }));
  await w.deliver();
  expect(w.mails.map(({ to }) => to).sort()).toEqual(['sue@before.test', 'sue@example.com']);
  expect(w.mails[0]?.letter.subject).toBe('【湖滨】员工账号与岗位：Sue（stf_sue）登记的邮箱已更换或删除');
});

test('a changed sign-in is told to whose it is, also where nobody is left above who took no part in it', async () => {
  w.roster['* administrator'] = [holder('adm'), holder('boss')];
  const grants = [{ site: 'sit_lake', role: 'site-director' }];
  await w.hear(ofStaff('sign-in-changed', 'stf_dir', { subject: 'x', grants, askedBy: 'stf_adm' }, 'stf_boss'));
  await w.deliver();
  expect(await w.list('stf_dir')).toMatchObject([{ duty: 'sign-in-changed', mail: 'sent' }]);
});

test('a refused sign-in is told to who asked, and to whose it is', async () => {
  const grants = [{ site: 'sit_lake', role: 'supervisor' }];
  await w.hear(ofStaff('sign-in-refused', 'stf_sue', { subject: 'x', grants, askedBy: 'stf_max' }, 'stf_adm'));
  await w.deliver();
  for (const staff of ['stf_sue', 'stf_max']) {
    expect(await w.list(staff), staff).toMatchObject([{ duty: 'sign-in-refused', mail: 'sent', by: 'stf_max' }]);
  }
  expect(w.mails).toHaveLength(2);
});

test.each(['joined', 'changed', 'activated'])(
  'who has a position that decides for two is told to those above and to the other administrators: %s',
  async (name) => {
    w.roster['* group-manager'] = [holder('gm')];
    w.roster['* administrator'] = [holder('adm'), holder('boss')];
    const grants = [{ site: 'sit_lake', role: 'centre-manager' }];
    const duty = name === 'changed' ? 'position-given' : name;
    const event = ofStaff(name, 'stf_new', { grants, told: [duty] });
    expect(isFor(onNotice, event)).toBe(true);
    expect(isFor(onNotice, { ...event, data: { grants } } as Noticed)).toBe(false);
    await w.hear(event);
    await w.hear(ofStaff(name, 'stf_new', { grants, told: [duty] }, 'stf_boss'));
    await w.deliver();
    const both = [
      { duty, mail: 'sent' },
      { duty, mail: 'sent' },
    ];
    expect(await w.list('stf_adm')).toMatchObject(both);
    // The director did the one: the position above hears; of the other the director does.
    expect(await w.list('stf_gm')).toMatchObject([{ by: 'stf_dir' }]);
    // Whoever did it is nobody's superior in it.
    expect(await w.list('stf_dir')).toMatchObject([{ by: 'stf_boss' }]);
    expect(await w.list('stf_boss')).toMatchObject([{ by: 'stf_dir' }]);
  },
);

test('while a group is set up there may be nobody above, and that is no fault', async () => {
  w.roster = {};
  const grants = [
    { site: '*', role: 'administrator' },
    { site: 'sit_lake', role: 'site-director' },
  ];
  const joined = ofStaff('joined', 'stf_new', { grants, told: ['joined'] }, 'system:admin');
  await w.hear(joined);
  expect(w.queue).toEqual([]);
  // Told again when there is somebody, it is no news to them.
  w.roster['* group-manager'] = [holder('gm')];
  await w.hear(joined);
  expect(await w.list('stf_gm')).toEqual([]);
});
