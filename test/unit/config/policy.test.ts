import { describe, expect, it } from 'vitest';
import { changePolicy } from '../../../src/config/policy.ts';

const PROD = ['prod-eu', 'ops@prod', 'arn:aws:eks:eu-central-1:111122223333:cluster/prod-eu'];
const LAB = ['lab', 'https://127.0.0.1:6443'];

const readonly = (
  config: { readonly?: boolean | string[]; protected?: string[] },
  flags: { readonly?: boolean; write?: boolean } = {},
): readonly boolean[] => {
  const policy = changePolicy({ readonly: false, protected: [], ...config }, flags);
  return [PROD, LAB].map((names) => policy.isReadonly(names));
};

describe('read-only', () => {
  it('is said for all clusters, or for some by whatever they are known by', () => {
    expect(readonly({})).toEqual([false, false]);
    expect(readonly({ readonly: true })).toEqual([true, true]);
    expect(readonly({ readonly: ['^prod'] })).toEqual([true, false]);
    expect(readonly({ readonly: ['111122223333'] })).toEqual([true, false]);
    expect(readonly({ readonly: ['127.0.0.1'] })).toEqual([false, true]);
    expect(readonly({ readonly: [] })).toEqual([false, false]);
  });

  it('is lifted by --write, but not where a cluster is protected', () => {
    expect(readonly({ readonly: true }, { write: true })).toEqual([false, false]);
    const config = { readonly: true, protected: ['cluster/prod'] };
    expect(readonly(config, { write: true })).toEqual([true, false]);
    // Protection alone asks for a name; it does not forbid.
    expect(readonly({ protected: ['prod'] }, { write: true })).toEqual([false, false]);
  });

  it('is for all clusters where the command line says so', () => {
    expect(readonly({}, { readonly: true })).toEqual([true, true]);
  });
});

describe('protected', () => {
  it('is a cluster that any of its names tells of', () => {
    const policy = changePolicy({ readonly: false, protected: ['^ops@'] }, {});
    expect([PROD, LAB].map((names) => policy.isProtected(names))).toEqual([true, false]);
  });
});

it('a pattern that is none names the key that holds it', () => {
  expect(() => changePolicy({ readonly: ['('], protected: [] }, {})).toThrow(
    'configuration: readonly: Invalid regular expression',
  );
  expect(() => changePolicy({ readonly: false, protected: ['('] }, {})).toThrow(
    'configuration: protected: Invalid regular expression',
  );
});
