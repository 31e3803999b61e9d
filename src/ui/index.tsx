/** The entry of the UI: Ink draws the chrome of an {@link App} into the terminal. */
import { render } from 'ink';
import { App } from './app.ts';
import { Chrome } from './chrome/chrome.tsx';
import type { ChromeModel } from './chrome/model.ts';
import type { UiOptions } from './options.ts';
import { inkOptions, InkStdin, InkStdout } from './terminal/index.ts';

export type { UiOptions } from './options.ts';
export type { UiConnection, UiSession } from './session.ts';

/** Runs the UI on an open terminal until the user quits. */
export async function startUi(options: UiOptions): Promise<void> {
  const app = new App(options);
  const stdout = new InkStdout(options.terminal);
  const stdin = new InkStdin();
  const onRendered = (model: ChromeModel): void => app.drawing.rendered(model);
  const chrome = () => (
    <Chrome model={app.drawing.chrome} events={app.overlays} onRendered={onRendered} />
  );
  const ink = render(chrome(), inkOptions(stdout, stdin));
  // Ink renders before this returns: frame and body come in one write.
  app.drawing.changes.subscribe(() => ink.rerender(chrome()));
  stdin.connect(() => ink.waitUntilRenderFlush());
  app.overlays.connect(stdin);
  // Only what breaks the chrome itself ends this; that the user quits is for the app to tell.
  const broken = new Promise<never>((_, reject) => void ink.waitUntilExit().catch(reject));
  try {
    await Promise.race([app.run(), broken]);
  } finally {
    ink.unmount();
  }
}
