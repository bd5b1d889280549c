import { expect, test } from 'vitest';
import { letterInHand } from '../testing.ts';
import { byDoor } from './delivery-route.ts';

test('letters are carried out building by building and door by door, numbers in the order of their value', () => {
  const doors = ['10幢 101', '2幢 1201', '2幢 302', '2幢 B1-118', '2幢 B1-9'];
  const units = new Map(
    doors.map((door) => {
      const [building = '', number = ''] = door.split(' ');
      return [door, { building, number }];
    }),
  );
  const letters = doors.map((unit) => {
    const { state } = letterInHand({ accounts: [{ account: 'acc_1-1', unit, debts: [] }] });
    return { unit, state };
  });
  const order = byDoor(letters, units).map(({ unit }) => unit);
  expect(order).toEqual(['2幢 302', '2幢 1201', '2幢 B1-9', '2幢 B1-118', '10幢 101']);
});
