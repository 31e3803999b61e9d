import type { LogSession } from '../../session/index.ts';
import type { LogScroll } from './scroll.ts';

/** Shown lines [from, to) as a file holds them: stamp, stream where there are several, text. */
export function linesText(
  { buffer, sources }: LogSession,
  scroll: LogScroll,
  from = 0,
  to = scroll.length,
): string {
  const several = sources.length > 1;
  let text = '';
  for (let i = from; i < to; i++) {
    const line = buffer.at(scroll.seqAt(i));
    if (line === undefined) continue;
    const source = sources[line.source];
    const who = several && source !== undefined ? `${source.pod}/${source.container} ` : '';
    const stamp = line.time === '' ? '' : `${line.time} `;
    text += `${stamp}${who}${line.text}\n`;
  }
  return text;
}
