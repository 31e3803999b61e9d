import type { App } from '../app.ts';

export function openHelp(app: App): void {
  app.flash('help');
}
