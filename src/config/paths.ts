/** Where files of ours live, by the XDG base directory rules. */
import { isAbsolute, join } from 'node:path';

/** Environment variables, passed in so that only main reads the process's own. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Absolute paths of the program's own files. */
export interface Paths {
  readonly config: string;
  readonly themes: string;
  /** JSON lines, one before and one after each change. */
  readonly audit: string;
  readonly log: string;
  /** A file for each cluster: how it was left. */
  readonly memory: string;
  /** What is written in editors, until it is sent. */
  readonly edits: string;
  /** Saved logs and texts. */
  readonly saves: string;
  /** Code as V8 compiled it. */
  readonly compileCache: string;
}

/** @param home the user's home directory */
export function pathsOf(env: Env, home: string): Paths {
  const at = (variable: string, fallback: string) => {
    const set = env[variable] ?? '';
    // By the rules a relative one counts for nothing: it would be another one in each folder.
    return join(isAbsolute(set) ? set : join(home, fallback), 'ekscope');
  };
  const config = at('XDG_CONFIG_HOME', '.config');
  const state = at('XDG_STATE_HOME', '.local/state');
  return {
    config: join(config, 'config.yaml'),
    themes: join(config, 'themes'),
    audit: join(state, 'audit.jsonl'),
    log: join(state, 'ekscope.log'),
    memory: join(state, 'clusters'),
    edits: join(state, 'edits'),
    saves: join(state, 'saves'),
    compileCache: join(at('XDG_CACHE_HOME', '.cache'), 'compiled'),
  };
}
