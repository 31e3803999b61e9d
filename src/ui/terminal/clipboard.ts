/** What became of a copy: sent to the terminal (which may still ignore it), or why not. */
export type CopyOutcome =
  | { readonly copied: true; readonly bytes: number; readonly via: 'terminal' | 'tmux' }
  | { readonly copied: false; readonly reason: string };
