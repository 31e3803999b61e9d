/** What Ink draws around the panes: the frame's lower border, dialogs, and the blank that is painted over. */
import { Box, Text } from 'ink';
import { memo, useLayoutEffect } from 'react';
import { Dialog, type DialogEvents } from '../dialog/dialog.tsx';
import type { ChromeModel } from './model.ts';

const Line = memo(function Line({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

interface ChromeProps {
  readonly model: ChromeModel;
  /** What is typed and picked in a dialog. */
  readonly events: DialogEvents;
  /** Called when Ink has rendered the model. */
  readonly onRendered: (model: ChromeModel) => void;
}

/** The whole screen but what is painted over the blank that is left for it. */
export function Chrome({ model, events, onRendered }: ChromeProps) {
  const { layout, bottom, dialog } = model;
  useLayoutEffect(() => {
    onRendered(model);
  }, [onRendered, model]);
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.rows} overflow="hidden">
      {!layout.tooSmall && (
        <>
          <Box height={layout.body.y + layout.body.height} flexShrink={0} />
          <Line text={bottom} />
          <Line text="" />
        </>
      )}
      {dialog && <Dialog model={dialog} events={events} />}
    </Box>
  );
}
