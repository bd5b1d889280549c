import { expect, test } from 'vitest';
import { evaluate, type Scope } from './intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ Name: 'huiyin', List: ['a', 'b'], 'AWS::NoValue': undefined })[name],
  att: (id, attribute) => `${id}/${attribute}`,
  condition: (name) => name === 'Yes',
  imported: (name) => `imported ${name}`,
  mapping: (...keys) => keys.join('.'),
};
const of = (value: unknown) => evaluate(value, scope);

test('values are put together', () => {
  expect(of({ 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1]] })).toBe('a-huiyin-1');
  expect(of({ 'Fn::Join': [',', { Ref: 'List' }] })).toBe('a,b');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  expect(of({ 'Fn::Sub': '${Name}/${Table.Arn}/${!Literal}' })).toBe('huiyin/Table/Arn/${Literal}');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholders
  expect(of({ 'Fn::Sub': ['${x}+${Name}', { x: { Ref: 'Name' } }] })).toBe('huiyin+huiyin');
  expect(of({ 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b'] }] })).toBe('b');
  expect(of({ 'Fn::GetAtt': ['Table', 'StreamArn'] })).toBe('Table/StreamArn');
  expect(of({ 'Fn::GetAtt': 'Table.StreamArn' })).toBe('Table/StreamArn');
  expect(of({ 'Fn::ImportValue': { 'Fn::Join': [':', ['Base', 'Bus']] } })).toBe('imported Base:Bus');
  expect(of({ 'Fn::FindInMap': ['Regions', { Ref: 'Name' }, 'bus'] })).toBe('Regions.huiyin.bus');
});

test('conditions choose, and only the chosen side is looked at', () => {
  expect(of({ 'Fn::If': ['Yes', 'here', { 'Fn::Unknown': 1 }] })).toBe('here');
  expect(of({ 'Fn::Equals': [{ Ref: 'Name' }, 'huiyin'] })).toBe(true);
  expect(of({ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] })).toBe(true);
  expect(of({ 'Fn::Or': [{ Condition: 'No' }, { 'Fn::Equals': ['a', 'b'] }] })).toBe(false);
});

test('AWS::NoValue leaves a property or an item out', () => {
  expect(of({ a: { Ref: 'AWS::NoValue' }, b: [1, { 'Fn::If': ['No', 2, { Ref: 'AWS::NoValue' }] }] })).toEqual({
    b: [1],
  });
});

test("a policy's own Condition is no function", () => {
  expect(of({ Condition: { StringLike: { key: { Ref: 'Name' } } } })).toEqual({
    Condition: { StringLike: { key: 'huiyin' } },
  });
});

test('unknown functions and what is no text are refused', () => {
  expect(() => of({ 'Fn::Transform': {} })).toThrow('Fn::Transform is not known here');
  expect(() => of({ 'Fn::Join': ['', [{ a: 1 }]] })).toThrow(/is no text/);
  expect(() => of({ 'Fn::Select': [5, ['a']] })).toThrow(/nothing at 5/);
});
