import { describe, expect, it } from 'vitest';
import { masked } from '../../../src/core/mask.ts';

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const object = (fields: object) => ({ kind: 'Pod', metadata: { name: 'x' }, ...fields });

/** Fields of an object, and what is shown of them. */
const CASES: readonly (readonly [what: string, fields: object, shown: object])[] = [
  [
    'variables',
    {
      env: [
        { name: 'DB_PASSWORD', value: 'hunter2' },
        { name: 'DATABASE_URL', value: 'postgres://app:hunter2@db/shop' },
        { name: 'PASSWORD_FILE', value: '/run/secrets/db' },
        { name: 'LEVEL', value: 'info' },
      ],
    },
    {
      env: [
        { name: 'DB_PASSWORD', value: '••• (7 bytes)' },
        { name: 'DATABASE_URL', value: 'postgres://app:•••@db/shop' },
        { name: 'PASSWORD_FILE', value: '/run/secrets/db' },
        { name: 'LEVEL', value: 'info' },
      ],
    },
  ],
  [
    'arguments, each a word of its own',
    { args: ['serve', '--password', 'hunter2', '--token=abc', '--user', 'me', '--token', '--x'] },
    {
      args: [
        'serve',
        '--password',
        '••• (7 bytes)',
        '--token=•••',
        '--user',
        'me',
        '--token',
        '--x',
      ],
    },
  ],
  [
    'options of programs, where the command stands apart',
    { command: ['/usr/bin/redis-cli'], args: ['-h', 'cache', '-a', 'hunter2'] },
    { command: ['/usr/bin/redis-cli'], args: ['-h', 'cache', '-a', '•••'] },
  ],
  [
    'a password that is attached, and one behind its user',
    { a: { command: ['mysql', '-phunter2'] }, b: { command: ['curl', '-u', 'me:hunter2'] } },
    { a: { command: ['mysql', '-p•••'] }, b: { command: ['curl', '-u', 'me:•••'] } },
  ],
  [
    'JSON in annotations, which keeps its form without secrets',
    { metadata: { name: 'x', annotations: { a: '{"token": "abc", "n": 1}', b: '{"n": 1}' } } },
    {
      metadata: {
        name: 'x',
        annotations: { a: '{"token":"••• (3 bytes)","n":1}', b: '{"n": 1}' },
      },
    },
  ],
  [
    'what was applied, variables and arguments in it included',
    {
      metadata: {
        name: 'x',
        annotations: {
          [APPLIED]: JSON.stringify({
            spec: { env: [{ name: 'API_TOKEN', value: 'abc' }], args: ['--password', 'hunter2'] },
          }),
        },
      },
    },
    {
      metadata: {
        name: 'x',
        annotations: {
          [APPLIED]: JSON.stringify({
            spec: {
              env: [{ name: 'API_TOKEN', value: '••• (3 bytes)' }],
              args: ['--password', '••• (7 bytes)'],
            },
          }),
        },
      },
    },
  ],
  [
    'fields of any kind, but no switches and references',
    {
      spec: {
        password: 'hunter2',
        secretName: 'db',
        automountServiceAccountToken: true,
        token: '$(T)',
      },
    },
    {
      spec: {
        password: '••• (7 bytes)',
        secretName: 'db',
        automountServiceAccountToken: true,
        token: '$(T)',
      },
    },
  ],
  [
    'files in a config map',
    {
      data: {
        'app.yaml': 'db:\n  password: hunter2\n  host: db\n',
        DB_PASSWORD: 'x',
        url: 'http://h',
      },
    },
    {
      data: {
        'app.yaml': 'db:\n  password: •••\n  host: db\n',
        DB_PASSWORD: '••• (1 bytes)',
        url: 'http://h',
      },
    },
  ],
  [
    'the login of a registry',
    { data: { config: JSON.stringify({ auths: { h: { auth: base64('me:hunter2') } } }) } },
    { data: { config: '{"auths":{"h":{"auth":"••• (16 bytes)"}}}' } },
  ],
  [
    'secrets in a list',
    { items: [{ kind: 'Secret', data: { a: base64('hunter2') }, stringData: { b: 'größe' } }] },
    {
      items: [{ kind: 'Secret', data: { a: '••• (7 bytes)' }, stringData: { b: '••• (7 bytes)' } }],
    },
  ],
  [
    'words of an event',
    { message: 'pull failed: https://me:hunter2@registry/x: 401' },
    { message: 'pull failed: https://me:•••@registry/x: 401' },
  ],
];

describe('what is masked of an object', () => {
  it.each(CASES)('%s', (_, fields, shown) => {
    expect(masked(object(fields))).toEqual(object(shown));
    // Once more changes nothing.
    expect(masked(masked(object(fields)))).toEqual(object(shown));
  });

  it('is nothing of a field that is called like what every object has', () => {
    const container = { command: ['run'], args: ['fast'], constructor: 'x', toString: 'y' };
    expect(masked(container)).toEqual(container);
  });

  it('is all there is, where it nests deeper than objects do', () => {
    const deep = `${'['.repeat(200)}{"password":"hunter2"}${']'.repeat(200)}`;
    expect(JSON.stringify(masked(object({ a: deep })))).not.toContain('hunter2');
    const deeper = '['.repeat(200_000);
    expect(masked(object({ a: deeper }))).toEqual(object({ a: deeper }));
  });
});
