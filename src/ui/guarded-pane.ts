/** A pane whose mistakes stay its own: what it throws is shown in its place, and other panes go on. */
import { apart } from '../core/apart.ts';
import { faultText } from '../core/faults.ts';
import { plain } from '../core/styled.ts';
import { truncate } from '../core/text.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import type { Log } from '../ports/log.ts';
import type { Stop } from '../ports/sink.ts';
import { wrapCell } from './message.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneTitle,
  PromptTarget,
  TitlePart,
} from './pane.ts';
import type { Member } from './resource/cluster-part.ts';
import type { UiConnection } from './session.ts';
import type { Listing } from './table/listing.ts';

export class GuardedPane implements Pane {
  readonly #pane: Pane;
  readonly #tell: (error: unknown) => void;
  /** What was told last. */
  #told = '';
  /** Why it could not be shown; empty: it could. */
  #failure = '';

  /** @param tell hears what is thrown, once as long as it is the same */
  constructor(pane: Pane, tell: (error: unknown) => void = () => undefined) {
    this.#pane = pane;
    this.#tell = tell;
  }

  get layers(): readonly string[] {
    return this.#pane.layers;
  }

  get crumb(): string {
    return this.#pane.crumb;
  }

  get connection(): UiConnection | null {
    return this.#pane.connection;
  }

  get clusters(): readonly Member[] | undefined {
    return this.#pane.clusters;
  }

  get marked(): readonly ClusterKey[] {
    return this.#try(() => this.#pane.marked) ?? [];
  }

  get lists(): string | undefined {
    return this.#pane.lists;
  }

  get unavailable(): ReadonlySet<string> {
    return this.#try(() => this.#pane.unavailable) ?? NONE;
  }

  listing(): Listing | undefined {
    return this.#try(() => this.#pane.listing?.());
  }

  title(): PaneTitle {
    const failed: PaneTitle = {
      left: [{ cell: [[this.crumb, 'title']], keep: 9 }],
      right: [{ cell: [['✗ failed', 'bad']], keep: 9 }],
    };
    return this.#try(() => this.#pane.title()) ?? failed;
  }

  advice(): readonly string[] {
    return this.#try(() => this.#pane.advice?.()) ?? [];
  }

  remark(): readonly TitlePart[] {
    return this.#try(() => this.#pane.remark?.()) ?? [];
  }

  paint(size: BodySize): PaneFrame {
    if (this.#failure !== '') return broken(this.#failure, size);
    try {
      return this.#pane.paint(size);
    } catch (error) {
      return broken(this.#note(error), size);
    }
  }

  run(command: string, key: KeyEvent): boolean {
    return this.#pane.run(command, key);
  }

  prompt(): PromptTarget | null {
    const target = this.#try(() => this.#pane.prompt());
    if (!target) return null;
    return {
      ...target,
      // Typed text is applied in a turn of its own.
      change: (text) => {
        try {
          return target.change(text);
        } catch (error) {
          return faultText(error);
        }
      },
    };
  }

  copyChoices(): readonly CopyChoice[] {
    return this.#pane.copyChoices();
  }

  commands(): readonly PaneCommand[] {
    return this.#try(() => this.#pane.commands()) ?? [];
  }

  show(): void {
    this.#failure = '';
    try {
      this.#pane.show();
    } catch (error) {
      this.#failure = this.#note(error);
    }
  }

  tick(): void {
    apart(() => this.#pane.tick?.());
  }

  hide(): void {
    apart(() => this.#pane.hide());
  }

  close(): void {
    apart(() => this.#pane.close());
  }

  subscribe(listener: () => void): Stop {
    return this.#try(() => this.#pane.subscribe(listener)) ?? (() => undefined);
  }

  #note(error: unknown): string {
    const text = faultText(error);
    if (text !== this.#told) this.#tell(error);
    this.#told = text;
    return text;
  }

  /** Undefined where it throws: painting tells what is wrong. */
  #try<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch {
      return undefined;
    }
  }
}

/** Guards panes; what they throw is told the log. */
export const guarded =
  (log: Log | undefined) =>
  (pane: Pane): Pane =>
    new GuardedPane(pane, (error) => log?.('error', 'pane', { pane: pane.crumb, error }));

const NONE: ReadonlySet<string> = new Set();

/** Why a pane shows nothing, and what to do. */
function broken(failure: string, { columns, rows }: BodySize): PaneFrame {
  const width = Math.max(1, columns - 2);
  const lines = [`this pane cannot be drawn: ${failure}`, ADVICE].flatMap((text) =>
    wrapCell(text, width).map((cell) => ` ${truncate(plain(cell), width)}`),
  );
  return { lines: lines.slice(0, rows) };
}

const ADVICE =
  'It tries anew whenever something changes; esc leaves it, and other panes go on. ' +
  'Please report it with what `ekscope info` prints and a log (--log-level debug).';
