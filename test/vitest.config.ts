import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'node',
    // No test is about time: these only end what hangs, however busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Two cores: the end-to-end tests start real programs and must not starve each other.
    maxWorkers: 2,
    // Most of a suite of small files would be spent on evaluating the same modules again for each.
    // What a test changes for all is changed back: it is the next file's too.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    // A poll is over as soon as what it waits for is so, and that may take long on a busy machine.
    expect: { poll: { interval: 5, timeout: 120_000 } },
    // Where there is no terminal Ink runs `tput` for each frame, unless these say its size.
    env: { FORCE_COLOR: '3', TZ: 'UTC', NO_COLOR: '', COLUMNS: '80', LINES: '24' },
  },
});
