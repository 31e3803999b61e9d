import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: the end-to-end tests start real programs and must not starve each other.
    maxWorkers: 2,
    env: { FORCE_COLOR: '3', TZ: 'UTC', NO_COLOR: '' },
  },
});
