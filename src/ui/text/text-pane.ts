/** A pane that shows a text which a source provides: at once, later, or again and again. */
import type { Cell } from '../../core/styled.ts';
import type { Stop } from '../../ports/sink.ts';
import { paintMessage } from '../message.ts';
import { Notifier } from '../../core/notifier.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneHost,
  PaneTitle,
  PromptTarget,
  TitlePart,
} from '../pane.ts';
import type { Member } from '../resource/cluster-part.ts';
import type { UiConnection } from '../session.ts';
import { TextView } from './text-view.ts';

/** A line that leads elsewhere. */
export interface TextPlace {
  /** Its index. */
  readonly line: number;
  readonly open: () => void;
}

/** Where a source puts what it has. */
export interface TextSink {
  /**
   * The text; where one scrolled to, and what one searched, stays.
   * @param places lines that lead elsewhere, from above; one of them is marked
   */
  text(lines: readonly Cell[], places?: readonly TextPlace[]): void;
  /** Said in place of a text while there is none: why, and what to do. */
  notice(lines: readonly Cell[]): void;
  /** Said at the right of the title; null: nothing. */
  badge(cell: Cell | null): void;
  /** Said of the text as a whole, at the right of the title; null: nothing. */
  note(cell: Cell | null): void;
}

/** Provides the text of a pane. */
export interface TextSource {
  /** Begins to provide; called each time the pane comes onto the screen. Returns how to stop. */
  start(sink: TextSink): Stop;
  /** Commands of its own. False: not mine. */
  run?(command: string): boolean;
}

/** The keys of what a text is about. */
export interface TextKeys {
  /** Keymap layers that come before those of texts, and behind them. */
  readonly before: readonly string[];
  readonly behind: readonly string[];
  /** Commands of these layers that make no sense here. */
  readonly unavailable: ReadonlySet<string>;
  /** False: not mine. */
  run(command: string): boolean;
  commands(): readonly PaneCommand[];
}

/** What a text pane is called, and where its text comes from. */
export interface TextOptions {
  readonly host: PaneHost;
  /** `Describe`, `YAML`, `Help`. */
  readonly title: string;
  /** What it is about, in the title's brackets; empty for nothing. */
  readonly subject: string;
  readonly crumb: string;
  readonly connection: UiConnection | null;
  /** The clusters that it is about together; then `connection` is null. */
  readonly clusters?: readonly Member[];
  /** Keymap layers before that of texts. */
  readonly layers?: readonly string[];
  /** Absent: it is about nothing that has keys of its own. */
  readonly keys?: TextKeys;
  /** Name of the file that it is saved to. */
  readonly file: string;
  /** What `c` copies; absent: the whole text. */
  readonly copies?: () => readonly CopyChoice[];
  readonly source: TextSource;
}

export class TextPane implements Pane {
  readonly crumb: string;
  readonly connection: UiConnection | null;
  readonly clusters: readonly Member[] | undefined;
  readonly #options: TextOptions;
  readonly #view = new TextView();
  readonly #notifier = new Notifier();
  #notice: readonly Cell[] = [];
  #places: readonly TextPlace[] = [];
  /** Which of them is marked. */
  #place = 0;
  #badge: Cell | null = null;
  #note: Cell | null = null;
  #stop: Stop | null = null;

  constructor(options: TextOptions) {
    this.#options = options;
    this.crumb = options.crumb;
    this.connection = options.connection;
    this.clusters = options.clusters;
  }

  get layers(): readonly string[] {
    const places = this.#places.length > 0 ? ['places'] : [];
    const { layers = [], keys } = this.#options;
    return [...places, ...layers, ...(keys?.before ?? []), 'text', ...(keys?.behind ?? [])];
  }

  get unavailable(): ReadonlySet<string> | undefined {
    return this.#options.keys?.unavailable;
  }

  title(): PaneTitle {
    const { title, subject } = this.#options;
    const view = this.#view;
    const left: TitlePart[] = [
      {
        cell: [
          [title, 'title'],
          [subject === '' ? '' : `(${subject})`, 'muted'],
        ],
        keep: 9,
      },
    ];
    if (view.query !== '') {
      left.push({
        cell: [
          [`/${view.query}`, 'accent'],
          [` ${view.matchCount}`, 'muted'],
        ],
        keep: 7,
      });
    }
    if (!view.wraps) left.push({ cell: [['long lines cut', 'muted']], keep: 2 });
    const right: TitlePart[] = [];
    if (this.#badge !== null) right.push({ cell: this.#badge, keep: 9 });
    if (this.#note !== null) right.push({ cell: this.#note, keep: 8 });
    if (view.length > 0) right.push({ cell: [[view.position, 'muted']], keep: 3 });
    return { left, right };
  }

  paint(size: BodySize): PaneFrame {
    const { painter } = this.#options.host;
    if (this.#notice.length > 0) return { lines: paintMessage(this.#notice, size, painter) };
    // One blank on either side: text that touches the border is hard to read.
    const inner = { columns: size.columns - 2, rows: size.rows };
    const lines = this.#view.paint(inner, painter);
    const place = this.#places[this.#place];
    const marked = place === undefined ? -1 : this.#view.rowOf(place.line);
    const mark = painter.tone('▌', 'accent');
    return { lines: lines.map((line, i) => `${i === marked ? mark : ' '}${line}`) };
  }

  run(command: string, key: { readonly chord: string }): boolean {
    const { source, host, file } = this.#options;
    if (source.run?.(command)) return true;
    if (this.#view.run(command) || this.#runPlace(command)) return true;
    if (command === 'save') {
      host.save(file, this.#view.text);
      return true;
    }
    if (command === 'back' && key.chord === 'esc' && this.#view.query !== '') {
      this.#view.search('');
      return true;
    }
    return this.#options.keys?.run(command) ?? false;
  }

  /** False: not a command of lines that lead elsewhere. */
  #runPlace(command: string): boolean {
    const count = this.#places.length;
    if (command === 'place.open') {
      const place = this.#places[this.#place];
      if (place === undefined) this.#options.host.flash('nothing to open here', 'muted');
      else place.open();
      return true;
    }
    const step = { 'place.next': 1, 'place.previous': -1 }[command];
    if (step === undefined) return false;
    if (count > 0) this.#place = (this.#place + step + count) % count;
    const place = this.#places[this.#place];
    if (place !== undefined) this.#view.reveal(place.line);
    return true;
  }

  prompt(): PromptTarget {
    const before = this.#view.query;
    return {
      mark: '/',
      initial: before,
      history: 'search',
      change: (text) => this.#view.search(text),
      accept: () => undefined,
      cancel: () => this.#view.search(before),
    };
  }

  copyChoices(): readonly CopyChoice[] {
    const { text } = this.#view;
    if (this.#options.copies) return this.#options.copies();
    return text === '' ? [] : [{ label: this.#options.title.toLowerCase(), text }];
  }

  commands(): readonly PaneCommand[] {
    return this.#options.keys?.commands() ?? [];
  }

  show(): void {
    const change = (apply: () => void): void => {
      apply();
      this.#notifier.notify();
    };
    this.#stop = this.#options.source.start({
      text: (lines, places = []) =>
        change(() => {
          this.#notice = [];
          this.#places = places;
          this.#place = Math.min(this.#place, Math.max(0, places.length - 1));
          this.#view.set(lines);
        }),
      notice: (lines) => change(() => (this.#notice = lines)),
      badge: (cell) => change(() => (this.#badge = cell)),
      note: (cell) => change(() => (this.#note = cell)),
    });
  }

  hide(): void {
    this.#stop?.();
    this.#stop = null;
  }

  close(): void {
    this.hide();
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }
}
