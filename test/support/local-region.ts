import { writeEnvironment } from '../../src/simulator/environment.ts';
import { readOptions } from '../../src/simulator/options.ts';
import { serveRegion } from '../../src/simulator/serve.ts';

/** A region that is served by the process of the test. */
export interface LocalRegion {
  /** What clients find it by. */
  readonly env: Readonly<Record<string, string>>;
  /** Has some minutes pass there: what takes its time is over, and nobody waited for it. */
  readonly pass: (minutes: number) => void;
  readonly close: () => Promise<void>;
}

/**
 * Serves a region where nothing happens by itself, and time goes no faster than on the wall unless
 * the test lets it {@link LocalRegion.pass}.
 *
 * @param args flags of the simulator
 */
export async function localRegion(...args: readonly string[]): Promise<LocalRegion> {
  const served = await serveRegion(readOptions(['--scenario', 'still', ...args]));
  const { env, remove } = writeEnvironment(served, null);
  return {
    env,
    pass: (minutes) => served.simulation.clock.advance(minutes * 60_000),
    async close() {
      await served.close();
      remove();
    },
  };
}
