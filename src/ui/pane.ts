/**
 * What a pane is: a painted body, a title, and the commands it takes. Panes know nothing of React;
 * the frame around them is drawn from what they tell here (chrome/), their body is painted straight
 * into the terminal (viewport.ts).
 */
import type { Clock } from '../core/clock.ts';
import type { Cell, Tone } from '../core/styled.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KeyEvent } from '../keys/key-event.ts';
import type { Keymap } from '../keys/keymap.ts';
import type { Stop } from '../ports/sink.ts';
import type { Operations } from '../actions/engine/view.ts';
import type { Member } from './resource/cluster-part.ts';
import type { UiConnection, UiSession } from './session.ts';
import type { Painter } from '../theme/index.ts';
import type { Choosing } from './state-overlay.ts';
import type { Listing } from './table/listing.ts';

/** The room a pane has for its body, in cells. */
export interface BodySize {
  readonly columns: number;
  readonly rows: number;
}

/** A part of a pane's title. Where the line is too short, parts with the lowest `keep` go first. */
export interface TitlePart {
  readonly cell: Cell;
  /** The same in fewer cells: tried before anything is dropped. */
  readonly short?: Cell;
  /** 0 is dropped first; 9 is never dropped, only cut. */
  readonly keep: number;
}

/** The line in a pane's upper border: what it shows on the left, how true it is on the right. */
export interface PaneTitle {
  readonly left: readonly TitlePart[];
  readonly right: readonly TitlePart[];
}

/** What a pane's body looks like now. */
export interface PaneFrame {
  /** At most `rows` lines of printable text and SGR sequences, none wider than `columns`. */
  readonly lines: readonly string[];
  /** How many lines at the top stay when the others scroll: column heads. Absent: none. */
  readonly fixed?: number;
}

/** Something a pane lets the user type into the prompt line, applied at every key. */
export interface PromptTarget {
  /** Shown in front of the input, e.g. `/`. */
  readonly mark: string;
  readonly initial: string;
  /** Under which name past inputs are kept, e.g. `filter`. */
  readonly history: string;
  /** Called at every change. What is wrong with the text, or empty; the pane then keeps what it had. */
  readonly change: (text: string) => string;
  /** Enter: the text stays. */
  readonly accept: (text: string) => void;
  /** Esc: back to how it was before. */
  readonly cancel: () => void;
}

/** One thing that `c` can put on the clipboard. */
export interface CopyChoice {
  readonly label: string;
  readonly text: string;
}

/** A command of the palette that only this pane knows. */
export interface PaneCommand {
  readonly id: string;
  readonly title: string;
  /** Why it cannot be done now; empty: it can. */
  readonly disabled: string;
  /** Asks whether the user may: why not, or empty. Absent: nobody has to be asked. */
  readonly denied?: () => Promise<string>;
}

/** One pane of the stack. Everything is synchronous: what takes time goes on behind and notifies. */
export interface Pane {
  /** Keymap layers that its keys are looked up in, nearest first, e.g. `pane:pods`, `table`. */
  readonly layers: readonly string[];
  /** Its word in the crumbs. */
  readonly crumb: string;
  /** The connection it belongs to; null for what belongs to none (clusters, help). */
  readonly connection: UiConnection | null;
  /** The clusters that it shows together; then `connection` is null. Absent: it shows one, or none. */
  readonly clusters?: readonly Member[] | undefined;
  /** Clusters that are marked in it. */
  readonly marked?: readonly ClusterKey[];
  /** The AWS profile of what is selected in it; absent: that of its connection, if anything. */
  readonly profile?: string | undefined;
  /** The id of the resource that it lists, where it lists all that there is in its scope. */
  readonly lists?: string | undefined;
  /** Commands of its layers that make no sense here: not offered in hints, help and palette. */
  readonly unavailable?: ReadonlySet<string> | undefined;
  /** How it lists what it lists; absent: it lists nothing. */
  listing?(): Listing | undefined;
  title(): PaneTitle;
  /**
   * What can be done about what is wrong with what it shows, for the line at the bottom: texts that
   * share it; none: nothing is.
   */
  advice?(): readonly string[];
  /** What is selected and cannot be shown whole, for the line at the bottom when nothing else stands there. */
  remark?(): readonly TitlePart[];
  paint(size: BodySize): PaneFrame;
  /** Runs a command of its layers; false: not mine, the next layer may take it. */
  run(command: string, key: KeyEvent): boolean;
  /** What `/` edits here: a filter or a search; null where there is nothing to look through. */
  prompt(): PromptTarget | null;
  /** Choices of `c`, the most likely first; empty: nothing to copy. */
  copyChoices(): readonly CopyChoice[];
  /** Commands that depend on what is selected (links, actions), for hints and palette. */
  commands(): readonly PaneCommand[];
  /** It is on the screen from now on: follow what it shows. */
  show(): void;
  /** A second has passed while it is on the screen; the frame is drawn afterwards in any case. */
  tick?(): void;
  /** It is covered by another pane or left: stop what only the screen needs. */
  hide(): void;
  /** It will not come back. */
  close(): void;
  /** Calls back when body or title changed, at a pace fit for a screen. */
  subscribe(listener: () => void): Stop;
}

/** How all panes show things; changed by keys, the same everywhere. */
export interface ViewSettings {
  readonly wide: boolean;
  readonly time: 'age' | 'local' | 'utc';
}

/** What a pane may ask of the program around it. */
export interface PaneHost {
  readonly clock: Clock;
  readonly session: UiSession;
  /** All that runs and ran, whatever the cluster. */
  readonly operations: Operations;
  /** Of the theme in force: ask at every paint, themes are switched live. */
  readonly painter: Painter;
  readonly settings: ViewSettings;
  /** For what a pane says of its keys: they can be remapped. */
  readonly keymap: Pick<Keymap, 'keyOf'>;
  readonly overlays: Choosing;
  /** Says something in the line at the bottom. */
  flash(text: string, tone?: Tone): void;
  /** Puts a pane on top of this one. */
  open(pane: Pane): void;
  /** Leaves the pane on top. */
  back(): void;
  /** Puts text on the clipboard and says so; `what` names it, e.g. `pod name`. */
  copy(text: string, what: string): void;
  /** Writes a file into the folder for saved files and says where, or why not. */
  save(name: string, text: string): void;
}
