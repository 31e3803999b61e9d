import type { AnyAction } from '../actions/engine/define.ts';
import type { Operations } from '../actions/engine/view.ts';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../core/clock.ts';
import type { Faults } from '../core/faults.ts';
import type { Log } from '../ports/log.ts';
import type { Memory } from '../ports/memory.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Painter } from '../theme/index.ts';
import type { SignIns, UiSession } from './session.ts';
import type { Terminal } from './terminal/index.ts';

/** What the UI is made of. */
export interface UiOptions {
  readonly session: UiSession;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly config: Config;
  readonly actions: readonly AnyAction[];
  /** The resources there are, by name. */
  readonly resources: ResourceRegistry;
  /** All that runs and ran. */
  readonly operations: Operations;
  readonly signIns: SignIns;
  /** Loads a theme by name. @throws ThemeError */
  readonly painter: (theme: string) => Painter;
  /** Folder that saved files go to. */
  readonly saves: string;
  /** Paths that a typed one may go on as; absent: none is suggested. */
  readonly completePath?: (typed: string) => Promise<readonly string[]>;
  /** As typed behind `:`; empty: where the session stands. */
  readonly command: string;
  /** Where this is, for the header: `demo`. Empty or absent: where the connection says. */
  readonly place?: string;
  /** Where errors arrive that nobody caught. */
  readonly faults?: Faults;
  /** The program's own log; absent: none is written. */
  readonly log?: Log | undefined;
  /** What is remembered from one run to the next; absent: nothing. */
  readonly memory?: Memory | undefined;
  /** A namespace was asked for, or all: what is remembered does not count. */
  readonly inNamespace?: boolean;
  /** What turns out to be wrong with how the program was started; empty: nothing. */
  readonly trouble?: Promise<string>;
}
