/**
 * The only owner of the terminal.
 *
 * Two layers, one writer. Ink draws whole frames into {@link InkStdout}; the scrolled bodies are plain
 * styled lines put into rectangles over that frame; {@link Screen} merges both and writes the difference.
 *
 * ```ts
 * const terminal = new Terminal({ stdin: process.stdin, stdout: process.stdout, env: { TMUX } });
 * installExitGuards(terminal, { onFatal: (error) => log.fatal(error) });
 * terminal.open();
 * const stdin = new InkStdin();
 * const stdout = new InkStdout(terminal);
 * const app = render(<App />, inkOptions(stdout, stdin));
 * stdin.connect(() => app.waitUntilRenderFlush());
 * terminal.onKey((key) => dispatcher.handle(key));       // decoded, one key at a time
 * terminal.onResize(({ columns, rows }) => store.resized(columns, rows)); // or Ink's useWindowSize
 *
 * // A pane, on every change of its window; all calls of one turn become one write:
 * terminal.screen.setViewports([{ rect, lines }]);
 * // An open dialog, from a layout effect, so that it lands in the same write as Ink's frame:
 * terminal.screen.setCutouts([dialogRect]);
 * terminal.screen.setCursor({ x, y });                   // the prompt; null hides it
 *
 * await terminal.handOver(() => runEditor());            // leaves the screen to a child, comes back
 * await terminal.suspend();                              // ctrl-z
 * terminal.restore();                                    // at the end; idempotent and synchronous
 * ```
 *
 * Lines hold printable text and SGR sequences (`ESC [ … m`) only: foreign text goes through
 * `sanitize` of core/text first. A line shorter than its rectangle is blank to its right.
 */
export { Screen } from './screen.ts';
export type { Rect, Viewport } from './geometry.ts';
export type { Point, ScreenOutput } from './screen.ts';
export { Terminal } from './terminal.ts';
export type { TerminalOptions } from './terminal.ts';
export type { Size, TtyInput, TtyOutput } from './tty.ts';
export { InkStdout } from './ink-stdout.ts';
export { InkStdin, toInkInput } from './ink-stdin.ts';
export { inkOptions } from './ink-options.ts';
export { installExitGuards } from './exit-guards.ts';
export type { EndReason, ExitHooks } from './exit-guards.ts';
export type { CopyOutcome } from './clipboard.ts';
