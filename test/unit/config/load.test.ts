import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, parseConfig } from '../../../src/config/load.ts';
import { pathsOf } from '../../../src/config/paths.ts';

describe('parseConfig', () => {
  it('fills what is not given', () => {
    const config = parseConfig('theme: light\nlogs:\n  wrap: true\n', 'c.yaml');
    expect(config.theme).toBe('light');
    expect(config.logs).toEqual({ buffer: 50_000, wrap: true, timestamps: false, fold: true });
    expect(config.fps).toBe(10);
  });

  it('an empty file is the default configuration', () => {
    expect(parseConfig('', 'c.yaml')).toEqual(loadConfig('does/not/exist.yaml'));
  });

  it.each([
    ['them: dark', "c.yaml: unknown key 'them'; did you mean 'theme'?"],
    ['logs:\n  bufer: 5', "unknown key 'logs.bufer'; did you mean 'buffer'?"],
    ['fps: fast', 'c.yaml: fps: '],
    ['favorites: [UPPER]', 'favorites.0: is not a namespace name'],
    ['a: [', 'c.yaml line 1 is not valid YAML'],
  ])('%j says what is wrong and where', (text, message) => {
    expect(() => parseConfig(text, 'c.yaml')).toThrow(ConfigError);
    expect(() => parseConfig(text, 'c.yaml')).toThrow(message);
  });
});

it('paths follow the XDG variables', () => {
  const paths = pathsOf({ XDG_CONFIG_HOME: '/c' }, '/home/me');
  expect(paths.config).toBe('/c/ekscope/config.yaml');
  expect(paths.audit).toBe('/home/me/.local/state/ekscope/audit.jsonl');
});
