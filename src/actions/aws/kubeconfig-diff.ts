/** What changes in a kubeconfig, without what its other entries hold: keys, tokens, variables. */
import { lineDiff, type DiffLine } from '../../core/line-diff.ts';
import { redact } from '../../core/redact.ts';
import { MASK } from '../../core/secret-names.ts';
import { sanitize } from '../../core/text.ts';
import { yamlText } from '../../core/yaml-splice.ts';
import type { KubeconfigEntries } from '../../domain/eks-kubeconfig.ts';

/** Lines are shown up to this length: certificates are one line. */
const LONGEST_LINE = 120;

/** Keys whose values lead to a cluster and let nobody in. */
const OPEN = new Set([
  ...['apiVersion', 'kind', 'name', 'cluster', 'user', 'context', 'namespace', 'server'],
  ...['current-context', 'command', 'certificate-authority', 'certificate-authority-data'],
  ...['tls-server-name', 'insecure-skip-tls-verify', 'interactiveMode', 'provideClusterInfo'],
]);

/**
 * The lines that come and go, and those around them. Of lines that are not of our entries only such
 * values are shown that are known to be no secrets: what a secret looks like, nobody knows.
 * @param entries what is written; null where all lines are the user's
 */
export function kubeconfigDiff(
  before: string,
  after: string,
  entries: KubeconfigEntries | null,
): readonly DiffLine[] {
  const { cluster, user, context } = entries ?? {};
  const ours = new Set(
    [cluster, user, context].flatMap((entry) =>
      entry === undefined
        ? []
        : yamlText([entry])
            .split('\n')
            .map((line) => line.trim()),
    ),
  );
  return lineDiff(before, after).map(({ mark, text }) => {
    const line = text.replace(/\r$/, '');
    const safe = sanitize(ours.has(line.trim()) ? line : withoutValue(line));
    return {
      mark,
      text: safe.length > LONGEST_LINE ? `${safe.slice(0, LONGEST_LINE - 1)}…` : safe,
    };
  });
}

function withoutValue(line: string): string {
  const [, begin = '', key = '', value = ''] =
    /^(\s*(?:- +)*["']?([\w.-]+)["']?:)(?=\s|$)\s*(.*)$/.exec(line) ?? [];
  // Brackets alone, and what begins a text of several lines: it says nothing itself.
  if (/^[\s[\]{},|>+-]*$/.test(begin === '' ? line : value)) return line;
  if (/^\s*#/.test(line)) return redact(line);
  if (OPEN.has(key) && !/^[[{&*!]/.test(value)) return redact(line);
  return begin === '' ? `${/^\s*(?:- +)*/.exec(line)?.[0] ?? ''}${MASK}` : `${begin} ${MASK}`;
}
