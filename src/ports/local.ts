/** How a program of this machine ended: by its exit code, or by a signal. */
export interface ProgramEnd {
  readonly code: number | null;
  /** e.g. `SIGKILL`; empty where it ended by itself. */
  readonly signal: string;
}

/** The machine that we run on, as actions may use it: its programs, with our terminal. */
export interface LocalPort {
  /**
   * Where a command is found on PATH, as an absolute path; null where it is not installed.
   * @throws a sentence where it would be found in the working folder, where anybody may have put it
   */
  readonly find: (command: string) => string | null;
  /**
   * Leaves the terminal to a program until it ends; the screen comes back whole afterwards. No shell
   * is between. Rejects with a sentence where it is not there or cannot be started.
   * @param env added to the environment of ours
   */
  readonly run: (
    command: string,
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<ProgramEnd>;
}
