/** A file of the user, as it was read. */
export interface LocalFile {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Null where there is no such file. */
  readonly bytes: Uint8Array | null;
  /** Why it cannot be replaced, in a clause; empty where it can. */
  readonly locked: string;
}

/** Files of this machine that are the user's and not ours: what is read is written by their leave. */
export interface LocalFiles {
  /**
   * Reads a regular file whole.
   * @param most bytes; one that is larger is refused
   * @throws with a sentence where it cannot be read
   */
  readonly read: (path: string, most: number) => Promise<LocalFile>;
  /**
   * Puts other content in the place of what was read, in one step; null removes the file. Mode and
   * owner stay; a new file and its folders are the user's alone (0600, 0700). A symbolic link of the
   * user's own stays: what it leads to is written.
   * @throws with a sentence where it is not as it was read any more, or cannot be written
   */
  readonly replace: (file: LocalFile, bytes: Uint8Array | null) => Promise<void>;
  /**
   * What stood in a file before `replace` wrote what is in it now; undefined where somebody else
   * wrote it, or an earlier run.
   */
  readonly former: (file: LocalFile) => Uint8Array | null | undefined;
}

/** What there is under a path of this machine. */
export interface LocalPlace {
  /** Absolute. */
  readonly path: string;
  readonly kind: 'none' | 'file' | 'folder' | 'link' | 'other';
  /** Of a file (bytes). */
  readonly size: number;
  /** When it was last changed (ms): with the size, whether it is another one. */
  readonly changed: number;
  /** Room on the disk (bytes). */
  readonly free: number;
}

/** A file of a {@link LocalTree}. */
export interface LocalEntry {
  /** Below the tree's own place; none for that itself. */
  readonly names: readonly string[];
  readonly kind: 'file' | 'folder';
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Exactly `size` bytes; rejects where there are others by now. */
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** A file, or a folder with all that is in it, folders before what is in them. */
export interface LocalTree {
  readonly entries: readonly LocalEntry[];
  /** What is left out: links, devices, sockets. */
  readonly leftOut: readonly string[];
}

/**
 * Something that is received beside its place, and put there in one step once it is whole. Nothing
 * is written anywhere else, whatever its parts are called.
 */
export interface Landing {
  /** @throws where it is there already, or its own folder is not */
  readonly folder: (names: readonly string[]) => Promise<void>;
  /** @throws where there is such a file already, its folder is not, or the names lead elsewhere */
  readonly file: (
    names: readonly string[],
    mode: number,
    bytes: AsyncIterable<Uint8Array>,
  ) => Promise<void>;
  /** Puts it in its place. @throws where something else is there than was looked at */
  readonly land: () => Promise<void>;
  /** Leaves nothing of it behind. */
  readonly drop: () => Promise<void>;
}

/** Files that are copied to and from this machine. */
export interface LocalCopies {
  /** @param path `~/…` is in the home folder, a relative one in the working folder */
  readonly look: (path: string) => Promise<LocalPlace>;
  /** What there is to send. @throws with a sentence */
  readonly tree: (path: string) => Promise<LocalTree>;
  /** @param place where nothing is, or the file that is to be replaced */
  readonly receive: (place: LocalPlace) => Promise<Landing>;
}
