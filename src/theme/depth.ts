/** How many colours a terminal shows: none, 16, 256 or all of them. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** Terminals that show all colours but may not say so in COLORTERM. */
const TRUECOLOR = /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|wezterm|contour)|-direct$/;
const FORCED: Readonly<Record<string, ColorDepth>> = {
  '0': 'none',
  '1': '16',
  '2': '256',
  '3': 'truecolor',
  true: '16',
};

/**
 * The colour depth that environment variables suggest: NO_COLOR (no-color.org) first, then
 * FORCE_COLOR, then what the terminal says of itself in COLORTERM and TERM.
 */
export function detectDepth(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): ColorDepth {
  if (env['NO_COLOR']) return 'none';
  const forced = FORCED[env['FORCE_COLOR'] ?? ''];
  if (forced !== undefined) return forced;
  const term = env['TERM'] ?? '';
  if (!isTTY || term === 'dumb') return 'none';
  if (/^(?:truecolor|24bit)$/.test(env['COLORTERM'] ?? '')) return 'truecolor';
  if (TRUECOLOR.test(term) || env['WT_SESSION'] || env['TERM_PROGRAM'] === 'iTerm.app') {
    return 'truecolor';
  }
  return term.includes('256color') || env['TERM_PROGRAM'] === 'Apple_Terminal' ? '256' : '16';
}
