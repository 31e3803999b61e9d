/** What became of a copy: sent to the terminal (which may still ignore it), or why not. */
export type CopyOutcome =
  | { readonly copied: true; readonly bytes: number; readonly via: 'terminal' | 'tmux' }
  | { readonly copied: false; readonly reason: string };

/** Bytes of text that every terminal with a clipboard takes: 100,000 bytes of Base64 with their frame. */
const CLIPBOARD_LIMIT = 74_994;

/** The sequence that puts text on the clipboard (OSC 52), and what will become of it. `env` tells of multiplexers. */
export function copySequence(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): { readonly sequence: string; readonly outcome: CopyOutcome } {
  const bytes = Buffer.byteLength(text);
  if (bytes > CLIPBOARD_LIMIT) {
    const reason = `${bytes} bytes are more than terminals take (${CLIPBOARD_LIMIT})`;
    return { sequence: '', outcome: { copied: false, reason } };
  }
  const sequence = `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;
  if (env['TMUX']) {
    // The plain form serves `set-clipboard on`, the wrapped one `allow-passthrough on`.
    const wrapped = `\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`;
    return { sequence: sequence + wrapped, outcome: { copied: true, bytes, via: 'tmux' } };
  }
  if (env['STY']) {
    const reason = 'GNU screen keeps the clipboard from programs';
    return { sequence: '', outcome: { copied: false, reason } };
  }
  return { sequence, outcome: { copied: true, bytes, via: 'terminal' } };
}
