/** A dialog over the pane: finished lines, and one of Ink's inputs where something is typed or picked. */
import { Box, Text } from 'ink';
import SelectInput from 'ink-select-input';
import TextInput from 'ink-text-input';
import type { DialogModel } from './model.ts';

/** What the inputs of a dialog tell. */
export interface DialogEvents {
  readonly onText: (value: string) => void;
  readonly onPick: (value: string) => void;
}

/** Lines are padded to the full width: what an absolute box does not draw shines through. */
export function Dialog(props: { readonly model: DialogModel; readonly events: DialogEvents }) {
  const { rect, lines, input } = props.model;
  const { events } = props;
  return (
    <Box position="absolute" marginLeft={rect.x} marginTop={rect.y} flexDirection="column">
      {lines.map((line, i) => (
        <Text key={i} wrap="truncate">
          {line}
        </Text>
      ))}
      {input && (
        <Box position="absolute" marginLeft={input.x} marginTop={input.y} width={input.width}>
          {input.kind === 'text' ? (
            <TextInput key={input.revision} value={input.value} onChange={events.onText} />
          ) : (
            <SelectInput
              key={input.revision}
              items={input.options.map(({ id, label }) => ({ key: id, label, value: id }))}
              initialIndex={Math.max(
                0,
                input.options.findIndex(({ id }) => id === input.value),
              )}
              limit={input.limit}
              indicatorComponent={Pointer}
              itemComponent={Choice}
              onHighlight={({ value }) => events.onPick(value)}
            />
          )}
        </Box>
      )}
    </Box>
  );
}

const Pointer = ({ isSelected = false }: { readonly isSelected?: boolean }) => (
  <Text>{isSelected ? '▸ ' : '  '}</Text>
);

const Choice = ({
  isSelected = false,
  label,
}: {
  readonly isSelected?: boolean;
  readonly label: string;
}) => (
  <Text inverse={isSelected} wrap="truncate">
    {label}
  </Text>
);
