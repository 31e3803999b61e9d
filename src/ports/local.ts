import type { LocalCopies, LocalFiles } from './local-files.ts';

/** How a program of this machine ended: by its exit code, or by a signal. */
export interface ProgramEnd {
  readonly code: number | null;
  /** e.g. `SIGKILL`; empty where it ended by itself. */
  readonly signal: string;
}

/** A text that is written in an editor, and what it was made of. */
export interface Draft {
  readonly text: string;
  /** What the one who began it has to know to go on with it; never shown in the editor. */
  readonly origin: string;
}

/**
 * Texts that the user writes in an editor of his own. Each is a private file (readable by us alone)
 * that stays until it is dropped: whatever happens, what was written is there.
 */
export interface Drafts {
  /**
   * Begins a text. Rejects with a sentence where it cannot be written.
   * @param name the file's, e.g. `deployment-api.yaml`: editors go by its ending
   * @returns its path
   */
  keep(name: string, draft: Draft): Promise<string>;
  /** The text as it is now; null where it is not there. Rejects with a sentence. */
  read(path: string): Promise<Draft | null>;
  replace(path: string, draft: Draft): Promise<void>;
  /**
   * Leaves the terminal to the user's editor on it, as kubectl chooses it. Rejects with a sentence
   * where that cannot be started or did not end well.
   */
  edit(path: string): Promise<void>;
  drop(path: string): Promise<void>;
  /** The path as people read it: `~` is the home folder. */
  shown(path: string): string;
}

/** A file that objects are described in. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The machine that we run on, as actions may use it: its programs, with our terminal, and the
 * user's files.
 */
export interface LocalPort {
  readonly drafts: Drafts;
  /** The absolute path that a typed one means: a shell does not know our working folder. */
  readonly absolute: (path: string) => string;
  /**
   * Reads a file, or the YAML and JSON files of a folder in the order of their names. Rejects with a
   * sentence where there are none, and for what is no regular file, too large or too many.
   * @param path `~` is the home folder; a relative one is of the working folder
   * @param options.recursive also of the folders below
   */
  readonly manifests: (
    path: string,
    options: { readonly recursive: boolean },
  ) => Promise<readonly ManifestFile[]>;
  /**
   * Where a command is found on PATH, as an absolute path; null where it is not installed.
   * @throws a sentence where it would be found in the working folder, where anybody may have put it
   */
  readonly find: (command: string) => string | null;
  /**
   * Leaves the terminal to a program until it ends; the screen comes back whole afterwards. No shell
   * is between. Rejects with a sentence where it is not there or cannot be started.
   * @param env added to the environment of ours
   * @param hear hears what it writes to its standard error, which goes to the terminal as well
   */
  readonly run: (
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
    hear?: (text: string) => void,
  ) => Promise<ProgramEnd>;
  readonly files: LocalFiles;
  readonly copies: LocalCopies;
  /** What tells `aws eks update-kubeconfig` where to write, as we were started. */
  readonly kubeconfig: {
    /** Absolute paths, in the order in which the aws CLI looks at them; one or more. */
    readonly paths: readonly string[];
    /** The profile that the variables name, else empty. */
    readonly profile: string;
  };
}
