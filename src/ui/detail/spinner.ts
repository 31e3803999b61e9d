import type { Clock } from '../../core/clock.ts';
import type { Cell } from '../../core/styled.ts';
import type { Stop } from '../../ports/sink.ts';

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 120;
/** What is there sooner is not announced: a word that only flashes by is noise. */
const QUIET_MS = 250;

/** Says that something is awaited, if that takes a while. Call what it returns when it is over. */
export function spin(clock: Clock, text: string, show: (cell: Cell | null) => void): Stop {
  let frame = 0;
  const next = (): void => {
    show([[`${FRAMES[frame++ % FRAMES.length] ?? ''} ${text}`, 'info']]);
    cancel = clock.after(FRAME_MS, next);
  };
  let cancel = clock.after(QUIET_MS, next);
  return () => {
    cancel();
    show(null);
  };
}
