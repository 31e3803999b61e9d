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
