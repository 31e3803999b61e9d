import { COMMANDS, FLAGS } from './flags.ts';

/** The text of `--help`, from the declarations. */
export function usage(): string {
  const commands = Object.entries(COMMANDS).flatMap(([name, { args, help }]) => [
    commandLine([name === 'ui' ? '' : name, args], help),
    ...(name === 'demo' ? [commandLine(['demo', '--serve'], "only that region's servers")] : []),
  ]);
  const flags = Object.entries(FLAGS).map(([name, flag]) => {
    const short = 'short' in flag ? `-${flag.short}, ` : '    ';
    const value = 'value' in flag ? ` ${flag.value}` : '';
    const only = 'of' in flag && !(flag.of as readonly string[]).includes('ui');
    return `  ${short}${`--${name}${value}`.padEnd(26)} ${flag.help}${only ? ` (${flag.of.join(', ')})` : ''}`;
  });
  return `ekscope: a live cockpit for Amazon EKS in the terminal

${commands.join('\n')}

${flags.join('\n')}

exit codes: 0 ok · 1 the answer is no · 2 usage or configuration · 3 cannot reach or not allowed
`;
}

const commandLine = (words: readonly string[], help: string): string =>
  `  ${['ekscope', ...words].filter(Boolean).join(' ').padEnd(31)} ${help}`;
