import { describe, expect, it } from 'vitest';
import { numberFlag, parseCommandLine, unknown, UsageError } from '../../../src/cli/args.ts';
import { COMMANDS, FLAGS } from '../../../src/cli/flags.ts';
import { usage } from '../../../src/cli/usage.ts';

describe('parseCommandLine', () => {
  it('is the user interface without a command', () => {
    expect(parseCommandLine(['-n', 'shop', '--readonly'])).toEqual({
      command: 'ui',
      flags: { namespace: 'shop', readonly: true },
      args: [],
    });
  });

  it('keeps what follows get, and flags that may be repeated', () => {
    const { command, flags, args } = parseCommandLine([
      'get',
      'pods',
      'api-1',
      '-A',
      '-o',
      'json',
      '--region',
      'eu-west-1',
      '--region',
      'eu-central-1',
    ]);
    expect(command).toBe('get');
    expect(args).toEqual(['pods', 'api-1']);
    expect(flags).toEqual({
      'all-namespaces': true,
      output: 'json',
      region: ['eu-west-1', 'eu-central-1'],
    });
  });

  it.each([
    [['gett', 'pods'], "unknown command 'gett'; did you mean 'get'?"],
    [['--regoin', 'x'], "unknown flag '--regoin'; did you mean '--region'?"],
    [['get', 'pods', '--context'], '--context needs a value'],
    [['--namespace', '--readonly'], "--namespace needs a value, and '--readonly' is a flag"],
    [['-n', '-A'], "--namespace needs a value, and '-A' is a flag"],
    [['--readonly=yes'], "flag '--readonly' does not take an argument"],
    [['--to-string'], "unknown flag '--to-string'; see ekscope --help"],
    [['get', 'pods', '-c', ':pods'], "--command belongs to 'ekscope' and 'ekscope demo'"],
    [['get', 'pods', 'a', 'b'], "'b' is one word too many"],
    [['demo', 'extra'], "'extra' is one word too many"],
    [['--seed', '4'], "--seed belongs to 'ekscope demo'"],
  ])('%j says what is wrong', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});

it.each([[['--sort-by', '-cpu']], [['--sort-by=-cpu']]])(
  'a value may begin with a dash: %j',
  (words) => {
    expect(parseCommandLine(['get', 'pods', ...words]).flags).toEqual({ 'sort-by': '-cpu' });
  },
);

it('takes no flag out of what follows a bare --', () => {
  expect(parseCommandLine(['get', 'pods', '--', '-n']).args).toEqual(['pods', '-n']);
});

describe('numberFlag', () => {
  it('refuses what is no number or too small', () => {
    expect(numberFlag({ fps: '15' }, 'fps', 1)).toBe(15);
    expect(numberFlag({}, 'fps', 1)).toBeUndefined();
    expect(() => numberFlag({ fps: 'fast' }, 'fps', 1)).toThrow("not 'fast'");
    expect(() => numberFlag({ fps: '0' }, 'fps', 1)).toThrow('at least 1');
  });
});

it('the usage text names every command and flag and fits 100 columns', () => {
  const text = usage();
  for (const name of Object.keys(COMMANDS))
    if (name !== 'ui') expect(text).toContain(`ekscope ${name}`);
  for (const name of Object.keys(FLAGS)) expect(text).toContain(`--${name}`);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

describe('a name that is not known', () => {
  it.each([
    [['one', 'two'], "unknown context 'x'; known: one, two"],
    [[], "unknown context 'x': there is none"],
  ])('among %j', (known, message) => {
    expect(unknown('context', 'x', known)).toBe(message);
  });
});
