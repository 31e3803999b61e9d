import type { App } from '../app.ts';

export function openNotices(app: App): void {
  app.flash('notices');
}
