/** The frame around the panes, drawn by Ink from finished lines. */
import { Box, Text } from 'ink';
import { memo, useCallback, useLayoutEffect, useSyncExternalStore } from 'react';
import type { App } from '../app.ts';
import { Dialog } from '../dialog/dialog.tsx';

const Line = memo(function Line({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** The whole screen but the body of the pane, which is painted over the blank that is left for it. */
export function Chrome({ app }: { readonly app: App }) {
  const subscribe = useCallback(
    (listener: () => void) => app.drawing.changes.subscribe(listener),
    [app],
  );
  const model = useSyncExternalStore(subscribe, () => app.drawing.chrome);
  const { layout, above, top, bottom, flash, cursor, dialog } = model;
  // In the turn of the commit: frame, body and cursor come in one write.
  useLayoutEffect(() => {
    const { screen } = app.terminal;
    screen.setCutouts(dialog ? [dialog.rect] : []);
    screen.setCursor(dialog ? dialog.cursor : cursor);
  }, [app, dialog, cursor]);
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.rows} overflow="hidden">
      {above.map((text, i) => (
        <Line key={i} text={text} />
      ))}
      {!layout.tooSmall && (
        <>
          <Line text={top} />
          <Box height={layout.body.height} flexShrink={0} />
          <Line text={bottom} />
          <Line text={flash} />
        </>
      )}
      {dialog && <Dialog model={dialog} events={app.overlays} />}
    </Box>
  );
}
