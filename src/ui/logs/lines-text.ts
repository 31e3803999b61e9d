import { sanitize } from '../../core/text.ts';
import type { LogSession } from '../../session/index.ts';
import type { LogMember } from './member.ts';
import type { LogScroll } from './scroll.ts';

/** Shown lines [from, to) as a file holds them: stamp, cluster and stream where there are several, text. */
export function linesText(
  { buffer, sources }: LogSession,
  beside: readonly LogMember[],
  scroll: LogScroll,
  from = 0,
  to = scroll.length,
): string {
  const names = new Map(beside.map(({ cluster, name }) => [cluster, name]));
  const several = sources.length > 1 || beside.length > 0;
  const heads = sources.map(({ cluster, pod, container }) => {
    const name = names.get(cluster);
    const whose = `${name === undefined ? '' : `${name} `}${pod}/${container} `;
    return several ? sanitize(whose) : '';
  });
  let text = '';
  for (let i = from; i < to; i++) {
    const line = buffer.at(scroll.seqAt(i));
    if (line === undefined) continue;
    const stamp = line.time === '' ? '' : `${line.time} `;
    text += `${stamp}${heads[line.source] ?? ''}${line.text}\n`;
  }
  return text;
}
