import type { App } from '../catalog/app.ts';
import { omit } from '../world/omit.ts';
import type { Scenario } from './scenario.ts';

/**
 * Nothing happens but what one does oneself: no releases, no Spot interruptions, load that does not
 * move autoscalers, and nothing that crashes. For tests, and for looking at one change alone.
 */
export const still: Scenario = {
  name: 'still',
  adapt: (apps) =>
    apps.map((app): App => {
      const behaviour = omit(app.profile.behaviour, 'crash');
      const load = { ...app.profile.load, swing: 0 };
      return { ...app, profile: { ...app.profile, behaviour, load } };
    }),
};
