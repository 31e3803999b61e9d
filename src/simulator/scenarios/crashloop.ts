import type { App } from '../catalog/app.ts';
import type { Scenario } from './scenario.ts';
import { startDay } from './steady.ts';

const ILL = new Set(['cart', 'session-api', 'search-api', 'orders-events']);

/** A bad morning: a shared library has a bug, and four services crash again and again. */
export const crashloop: Scenario = {
  name: 'crashloop',
  start: startDay,
  adapt: (apps) =>
    apps.map((app): App => {
      if (!ILL.has(app.name)) return app;
      const crash = { after: [6, 45], exitCode: 1, reason: 'Error', share: 0.6 } as const;
      return {
        ...app,
        age: Math.min(app.age, 2.4),
        profile: { ...app.profile, behaviour: { ...app.profile.behaviour, crash } },
      };
    }),
};
