import { sanitize, TAB } from './text.ts';

/** Longer lines are shown without the colours that their program gave them (UTF-16 units). */
const LONGEST_STYLED = 16 * 1024;
/** In longer lines tabs are replaced at once, not at every look. */
const LONGEST_TABBED = 4096;

/** What a terminal would show of a line. */
export interface LogText {
  /** Without control characters but tabs. */
  readonly text: string;
  /** With its colours (SGR); null where it has none. */
  readonly styled: string | null;
}

/**
 * What a terminal shows of a line that a container wrote, in the end: of a progress bar that is
 * drawn over and over with carriage returns, its last state.
 */
export function readLogText(raw: string): LogText {
  const last = lastState(raw);
  const tab = last.length > LONGEST_TABBED ? TAB : '\t';
  const text = sanitize(last, { tab });
  if (text === last || last.length > LONGEST_STYLED || !last.includes('\x1b[')) {
    return { text, styled: null };
  }
  const styled = sanitize(last, { keepSgr: true });
  return { text, styled: styled.includes('\x1b') ? styled : null };
}

/** The last part between carriage returns that draws anything. */
function lastState(raw: string): string {
  if (!raw.includes('\r')) return raw;
  for (let end = raw.length; end > 0;) {
    const start = raw.lastIndexOf('\r', end - 1) + 1;
    const part = raw.slice(start, end);
    if (sanitize(part).trim() !== '') return part;
    end = start - 1;
  }
  return '';
}
