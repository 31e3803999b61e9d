/** The log pane: follows a {@link LogSession}, paints its buffer, and takes the keys of logs. */
import type { Stop } from '../../ports/sink.ts';
import { LogSession, type LogTarget, type Since } from '../../session/index.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneHost,
  PaneTitle,
  PromptTarget,
} from '../pane.ts';
import type { UiConnection } from '../session.ts';
import { emptyLines } from './empty.ts';
import { paintLine, prefixesOf, type LineStyle } from './line-painter.ts';
import { LogLens } from './lens.ts';
import { compilePattern } from './pattern.ts';
import { linesText } from './lines-text.ts';
import { LogScroll } from './scroll.ts';
import type { LogSettings } from './settings.ts';
import { logTitle } from './title.ts';

const SHIFT_STEP = 20;
const SINCE: Readonly<Record<string, Since>> = {
  'logs.tail': 'tail',
  'logs.all': 'all',
  'logs.1m': 60,
  'logs.5m': 300,
  'logs.15m': 900,
  'logs.1h': 3600,
};

export class LogPane implements Pane {
  readonly layers = ['logs', 'text', 'global'] as const;
  readonly crumb: string;
  readonly connection: UiConnection;
  readonly #host: PaneHost;
  readonly #session: LogSession;
  readonly #scroll: LogScroll;
  readonly #lens: LogLens;
  readonly #release: Stop;
  #wrap: boolean;
  #timestamps: boolean;
  #shift = 0;
  /** As last painted. */
  #shown: readonly string[] = [];
  #size: BodySize = { columns: 80, rows: 18 };

  constructor(host: PaneHost, connection: UiConnection, target: LogTarget, settings: LogSettings) {
    this.#host = host;
    this.connection = connection;
    this.crumb = target.previous ? 'logs (previous)' : 'logs';
    this.#wrap = settings.wrap;
    this.#timestamps = settings.timestamps;
    this.#release = connection.need(['pods']);
    this.#session = new LogSession({
      query: connection.store,
      kube: connection.kube,
      clock: host.clock,
      target,
      since: target.previous ? 'all' : 'tail',
      capacity: settings.buffer,
    });
    this.#scroll = new LogScroll(this.#session.buffer);
    this.#lens = new LogLens(this.#session.buffer, this.#scroll);
  }

  // The session goes on behind other panes: lines must not be lost while one looks elsewhere.
  show(): void {}
  hide(): void {}

  close(): void {
    this.#session.close();
    this.#release();
  }

  subscribe(listener: () => void): Stop {
    return this.#session.subscribe(listener);
  }

  title(): PaneTitle {
    return logTitle(this.#session, this.#lens, this.#scroll, this.#host.clock.now());
  }

  paint(size: BodySize): PaneFrame {
    this.#size = size;
    this.#lens.filter?.advance();
    if (this.#scroll.length === 0) {
      return {
        lines: emptyLines(this.#session, this.#lens.filter !== null, this.#host.painter, size),
      };
    }
    // What is paused stays on the screen though the buffer had to let it go; the title counts.
    if (this.#scroll.isTopDropped && this.#shown.length === size.rows)
      return { lines: this.#shown };
    const style = this.#style();
    const from = this.#scroll.topIndex(size.rows);
    const down = this.#scroll.following ? [] : this.#paintDown(from, style);
    // The end of the log never leaves the screen half empty.
    this.#shown = down.length < size.rows ? this.#paintUp(style) : down;
    return { lines: this.#shown };
  }

  /** From a line on, as far as the screen goes. */
  #paintDown(from: number, style: LineStyle): readonly string[] {
    const { rows } = this.#size;
    const lines: string[] = [];
    for (let i = from; lines.length < rows && i < this.#scroll.length; i++) {
      lines.push(...this.#lineAt(i, style));
    }
    return lines.slice(0, rows);
  }

  /** So that the newest line ends at the bottom. */
  #paintUp(style: LineStyle): readonly string[] {
    const { rows } = this.#size;
    const blocks: (readonly string[])[] = [];
    let height = 0;
    for (let i = this.#scroll.length - 1; i >= 0 && height < rows; i--) {
      const block = this.#lineAt(i, style);
      blocks.push(block);
      height += block.length;
    }
    return blocks.reverse().flat().slice(-rows);
  }

  #lineAt(index: number, style: LineStyle): readonly string[] {
    const line = this.#session.buffer.at(this.#scroll.seqAt(index));
    if (line === undefined) return [];
    return paintLine(line, this.#lens.isContext(index), style);
  }

  #style(): LineStyle {
    const { columns } = this.#size;
    const { settings, painter } = this.#host;
    return {
      columns,
      wrap: this.#wrap,
      timestamps: this.#timestamps ? (settings.time === 'utc' ? 'utc' : 'local') : 'off',
      shift: this.#shift,
      prefixes: prefixesOf(this.#session.sources, columns),
      highlight: this.#lens.pattern?.highlight ?? null,
      painter,
    };
  }

  run(command: string): boolean {
    const since = SINCE[command];
    if (since !== undefined) {
      this.#scroll.follow();
      this.#session.restart(since, this.#session.previous);
      this.#lens.refresh();
      return true;
    }
    return this.#move(command) || this.#look(command) || this.#keep(command);
  }

  #move(command: string): boolean {
    const { rows } = this.#size;
    const top = this.#scroll.topIndex(rows);
    switch (command) {
      case 'scroll.up':
        this.#scroll.goTo(top - 1);
        return true;
      case 'scroll.down':
        if (!this.#scroll.following) this.#scroll.goTo(top + 1);
        return true;
      case 'scroll.pageUp':
        this.#scroll.goTo(top - (rows - 1));
        return true;
      case 'scroll.pageDown':
        if (this.#scroll.following) return true;
        if (top + 2 * rows - 1 >= this.#scroll.length) this.#scroll.follow();
        else this.#scroll.goTo(top + rows - 1);
        return true;
      case 'scroll.top':
        this.#scroll.goTo(0);
        return true;
      case 'scroll.bottom':
        this.#scroll.follow();
        return true;
      case 'scroll.left':
        this.#shift = Math.max(0, this.#shift - SHIFT_STEP);
        return true;
      case 'scroll.right':
        if (!this.#wrap) this.#shift += SHIFT_STEP;
        return true;
      case 'match.next':
        return this.#jump(1);
      case 'match.previous':
        return this.#jump(-1);
      default:
        return false;
    }
  }

  #look(command: string): boolean {
    switch (command) {
      case 'logs.follow':
        if (this.#scroll.following) this.#scroll.pause(this.#size.rows);
        else this.#scroll.follow();
        return true;
      case 'wrap':
        this.#wrap = !this.#wrap;
        this.#shift = 0;
        return true;
      case 'logs.timestamps':
        this.#timestamps = !this.#timestamps;
        return true;
      case 'logs.hide':
        this.#lens.toggleHides();
        return true;
      case 'logs.context':
        this.#lens.nextContext();
        return true;
      case 'logs.problems':
        this.#lens.toggleProblems();
        return true;
      case 'logs.previous':
        this.#scroll.follow();
        this.#session.restart(this.#session.previous ? 'tail' : 'all', !this.#session.previous);
        this.#lens.refresh();
        return true;
      case 'logs.clear':
        this.#session.buffer.clear();
        this.#lens.refresh();
        return true;
      case 'back':
        return this.#lens.clear();
      default:
        return false;
    }
  }

  #keep(command: string): boolean {
    if (command !== 'save') return false;
    const { title } = this.#session.target;
    this.#host.save(
      `${title.replaceAll(/[^\w.-]+/g, '-')}.log`,
      linesText(this.#session, this.#scroll),
    );
    return true;
  }

  copyChoices(): readonly CopyChoice[] {
    const from = this.#scroll.topIndex(this.#size.rows);
    const to = Math.min(this.#scroll.length, from + this.#size.rows);
    if (to === from) return [];
    return [
      { label: 'the lines on the screen', text: linesText(this.#session, this.#scroll, from, to) },
      { label: 'all lines shown', text: linesText(this.#session, this.#scroll) },
    ];
  }

  commands(): readonly PaneCommand[] {
    return [];
  }

  prompt(): PromptTarget {
    const before = this.#lens.pattern;
    return {
      mark: '/',
      initial: before?.source ?? '',
      history: 'logs',
      change: (text) => {
        const pattern = compilePattern(text);
        if (pattern !== null && 'error' in pattern) return pattern.error;
        this.#lens.setPattern(pattern);
        return '';
      },
      accept: () => undefined,
      cancel: () => this.#lens.setPattern(before),
    };
  }

  /** To the next line that matches, from the top of the screen on. */
  #jump(step: 1 | -1): boolean {
    const pattern = this.#lens.pattern;
    if (pattern === null) {
      this.#host.flash('nothing to look for: / takes a pattern', 'muted');
      return true;
    }
    const start = this.#scroll.topIndex(this.#size.rows);
    for (let i = start + step; i >= 0 && i < this.#scroll.length; i += step) {
      const line = this.#session.buffer.at(this.#scroll.seqAt(i));
      if (line !== undefined && pattern.match(line)) {
        this.#scroll.goTo(i);
        return true;
      }
    }
    this.#host.flash(step > 0 ? 'no match below' : 'no match above', 'muted');
    return true;
  }
}
