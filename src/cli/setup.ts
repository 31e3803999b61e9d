/** What the command line, the environment and the configuration file say together. */
import { detectChartMarks, type ChartMarks } from '../config/chart-marks.ts';
import { loadConfig } from '../config/load.ts';
import { pathsOf, type Env, type Paths } from '../config/paths.ts';
import { configSchema, type Config } from '../config/schema.ts';
import type { Log } from '../ports/log.ts';
import { numberFlag, unknown, UsageError, type Flags } from './args.ts';

/** Everything a command starts from. */
export interface Setup {
  readonly env: Env;
  readonly home: string;
  readonly flags: Flags;
  readonly paths: Paths;
  readonly config: Config;
  readonly version: string;
  /** The program's own log; absent: none is written. */
  readonly log?: Log | undefined;
}

/**
 * Puts flags over the configuration file.
 * @throws UsageError or ConfigError
 */
export function setUp(flags: Flags, env: Env, home: string, version: string): Setup {
  const paths = pathsOf(env, home);
  const file = loadConfig(flags.config ?? paths.config);
  const fps = numberFlag(flags, 'fps', 1);
  const requestTimeout = numberFlag(flags, 'request-timeout', 1);
  if (flags.readonly === true && flags.write === true) {
    throw new UsageError('--readonly and --write exclude each other');
  }
  const config: Config = {
    ...file,
    ...(flags.theme === undefined ? {} : { theme: flags.theme }),
    ...(flags.color === undefined ? {} : { color: colorOf(flags.color) }),
    ...(fps === undefined ? {} : { fps: Math.min(60, Math.round(fps)) }),
    ...(requestTimeout === undefined ? {} : { requestTimeout }),
    ...(flags.profile === undefined ? {} : { profiles: [...flags.profile] }),
    ...(flags.region === undefined ? {} : { regions: [...flags.region] }),
  };
  return { env, home, flags, paths, config, version };
}

/** What charts are drawn with: what the configuration says, or the terminal. */
export const chartMarksOf = ({ env, config }: Pick<Setup, 'env' | 'config'>): ChartMarks =>
  config.chartMarks === 'auto' ? detectChartMarks(env) : config.chartMarks;

function colorOf(text: string): Config['color'] {
  const result = configSchema.shape.color.safeParse(text);
  if (result.success) return result.data;
  throw new UsageError(unknown('colour depth', text, configSchema.shape.color.unwrap().options));
}
